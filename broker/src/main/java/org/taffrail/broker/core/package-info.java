// SPDX-License-Identifier: Apache-2.0
/**
 * The delivery core: destinations, groups, consumers, settlement and transactions as one
 * deterministic state machine. It is told the time, sees no file, socket, thread, clock or logger,
 * and is owned by one thread.
 *
 * <p>Read {@link org.taffrail.broker.core.Core} first (what goes in, what comes out), then {@link
 * org.taffrail.broker.core.Event} (all that is remembered) and {@link
 * org.taffrail.broker.core.Position} (what a group knows of one partition).
 */
package org.taffrail.broker.core;
