// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.transport;

/**
 * How a listener treats its sockets.
 *
 * @param backlog how many connections the system may hold that are not accepted yet
 * @param connectionsMax how many sockets are kept open, those of refused clients included; more are
 *     closed without a word
 * @param lingerMs how long a connection that is at its end may take to deliver the last bytes
 * @param heartbeatMs what clients are told to be heard within; 0 for never
 */
public record TcpSettings(int backlog, int connectionsMax, int lingerMs, int heartbeatMs) {}
