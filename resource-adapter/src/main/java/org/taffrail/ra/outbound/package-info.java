// SPDX-License-Identifier: Apache-2.0
/**
 * Connections that applications look up in their server. Read {@link
 * org.taffrail.ra.outbound.JmsManagedConnection} first, what the server keeps in its pool; {@link
 * org.taffrail.ra.outbound.ConnectionFactoryHandle} is where an application begins. Handles hold
 * nothing of their own: each call goes to the physical session that the transaction of the moment
 * wants.
 */
package org.taffrail.ra.outbound;
