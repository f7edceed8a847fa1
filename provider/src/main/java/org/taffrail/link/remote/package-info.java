// SPDX-License-Identifier: Apache-2.0
/**
 * Links over TCP, the only package that sees sockets. Start with {@link
 * org.taffrail.link.remote.RemoteConnector}.
 */
package org.taffrail.link.remote;
