// SPDX-License-Identifier: Apache-2.0

/**
 * Small real applications that know only {@code jakarta.jms} and {@code javax.naming}.
 *
 * <p>Read {@link org.taffrail.samples.Quickstart} first; it runs {@link
 * org.taffrail.samples.orderdesk.OrderDesk}.
 */
package org.taffrail.samples;
