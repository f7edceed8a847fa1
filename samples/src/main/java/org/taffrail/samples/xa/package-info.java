// SPDX-License-Identifier: Apache-2.0

/**
 * Messages and a database in one transaction: a payment is taken from a queue, booked as a row, and
 * answered with a receipt on another queue, all or nothing, while the process that does it is
 * killed in the two worst moments. The transaction manager is Narayana, the database H2; of the
 * messaging provider only {@code jakarta.jms} is known.
 *
 * <p>Read {@code BookingProcess} first: it is the application. {@link
 * org.taffrail.samples.xa.PaymentsDay} starts it, kills it, and counts in the end.
 */
package org.taffrail.samples.xa;
