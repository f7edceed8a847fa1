// SPDX-License-Identifier: Apache-2.0
/**
 * What gives the broker its thread, its clock and its ways in: start with {@link
 * org.taffrail.broker.transport.BrokerThread}. {@link org.taffrail.broker.transport.TcpListener}
 * brings clients over a network, {@link org.taffrail.broker.transport.LocalChannel} those in the
 * same JVM.
 */
package org.taffrail.broker.transport;
