// SPDX-License-Identifier: Apache-2.0
/**
 * Clients that others wrote, unmodified, over TCP against a server in a process of its own: Spring,
 * pooled-jms and Camel, and the transaction managers Narayana and Atomikos. Start with {@link
 * org.taffrail.compat.clients.ServerUnderTest}; {@link org.taffrail.compat.clients.Witness} checks
 * what the clients did.
 *
 * <p>A test on {@code ServerUnderTest} does not know the provider, and can be tried on another one:
 * {@code -Dtaffrail.compat.provider=artemis}.
 */
package org.taffrail.compat.clients;
