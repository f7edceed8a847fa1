// SPDX-License-Identifier: Apache-2.0
/**
 * The resource adapter in real application servers, with the sample application and with a broker
 * that is killed. Read {@link org.taffrail.ra.servers.OrdersContract} first.
 */
package org.taffrail.ra.servers;
