// SPDX-License-Identifier: Apache-2.0

/**
 * Orders in JTA transactions with Quarkus: a pool of XA connections as a bean, a method that takes
 * an order and sends its confirmation in one transaction. Read {@link
 * org.taffrail.samples.quarkus.Clerk} first.
 */
package org.taffrail.samples.quarkus;
