// SPDX-License-Identifier: Apache-2.0
/**
 * Clients that others wrote, unmodified, over TCP against a broker in a process of its own: Spring,
 * pooled-jms and Camel. Start with {@link org.taffrail.compat.clients.SpringIT}; {@link
 * org.taffrail.compat.clients.PlainJms} checks what they did.
 */
package org.taffrail.compat.clients;
