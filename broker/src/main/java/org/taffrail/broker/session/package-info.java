// SPDX-License-Identifier: Apache-2.0
/**
 * Connections as state machines, without socket, thread or clock: {@link
 * org.taffrail.broker.session.Session} turns a client's bytes into commands and effects into bytes.
 * {@link org.taffrail.broker.session.Sessions} is all of them.
 */
package org.taffrail.broker.session;
