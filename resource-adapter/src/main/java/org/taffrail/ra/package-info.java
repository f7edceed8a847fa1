// SPDX-License-Identifier: Apache-2.0
/**
 * Taffrail in an application server, as Jakarta Connectors 2.1 has it. Read {@link
 * org.taffrail.ra.TaffrailResourceAdapter} first, what the server starts; then {@link
 * org.taffrail.ra.TaffrailActivationSpec}, what a message-driven bean says of itself, and {@link
 * org.taffrail.ra.TaffrailManagedConnectionFactory}, what a resource of the server is configured
 * with. What they set in motion is in {@code inbound} and {@code outbound}.
 */
package org.taffrail.ra;
