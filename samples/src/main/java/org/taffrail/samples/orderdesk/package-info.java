// SPDX-License-Identifier: Apache-2.0

/**
 * The order desk of a ship chandler: a small application as it may have run on a message queue for
 * years. It knows {@code jakarta.jms} and {@code javax.naming} and no provider; which one it runs
 * on is a matter of its {@code jndi.properties}.
 *
 * <p>Read {@link org.taffrail.samples.orderdesk.OrderDesk} first: it is the course of a day. Then
 * {@code OrderClerk}, the transacted worker, and {@link
 * org.taffrail.samples.orderdesk.DeskSummary}, which says what must be true in the evening.
 */
package org.taffrail.samples.orderdesk;
