// SPDX-License-Identifier: Apache-2.0

/**
 * A tide-table service that is asked over messages: requests and replies, as services were built
 * before HTTP took over, and still are where several instances shall share the work. It knows
 * {@code jakarta.jms} and {@code javax.naming} and no provider.
 *
 * <p>Read {@link org.taffrail.samples.requestreply.TideDay} first: it is the course of events. Then
 * {@code TideService} and the two clients, {@code TemporaryQueueClient} and {@code
 * FixedQueueClient}.
 */
package org.taffrail.samples.requestreply;
