// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

/**
 * What all sessions of a broker are granted.
 *
 * @param connectionsMax how many connections there may be
 * @param messageBytesMax the largest message
 * @param windowMessages how many sends of a connection may be unanswered
 * @param windowBytes how many bytes of sends of a connection may be unanswered
 * @param handshakeMs how long a client may take to be let in
 * @param outputBytesMax how many bytes may wait for a client that does not read
 * @param product name and version of the broker
 */
public record SessionSettings(
        int connectionsMax,
        int messageBytesMax,
        int windowMessages,
        int windowBytes,
        int handshakeMs,
        long outputBytesMax,
        String product) {}
