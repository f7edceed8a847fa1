// SPDX-License-Identifier: Apache-2.0

/**
 * Small real applications that know only {@code jakarta.jms} and {@code javax.naming}.
 *
 * <p>Read {@link org.taffrail.samples.Quickstart} first; it runs {@link
 * org.taffrail.samples.orderdesk.OrderDesk}. {@link org.taffrail.samples.Main} runs that one and
 * the others, each of which has a package: {@code requestreply}, {@code xa} and {@code replay}.
 */
package org.taffrail.samples;
