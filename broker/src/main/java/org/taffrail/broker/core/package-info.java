// SPDX-License-Identifier: Apache-2.0
/**
 * The deterministic heart of the broker: destinations, groups, transactions and schedules.
 * 
 * <p>It is told the time and sees no file, socket, thread, clock, logger or {@code jakarta.jms}.
 */
package org.taffrail.broker.core;
