// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.core.Counts;
import org.taffrail.broker.loop.LoopFigures;

/**
 * What a broker says of itself as a whole.
 *
 * @param incarnation the number of its start
 * @param connections how many connections there are
 * @param connectionsMax how many there may be
 * @param turns how many turns the broker's thread has made
 * @param turnNs how long they took together, ns
 * @param recentBytes how many bytes of recent records are in memory
 * @param recentBytesMax how many may be
 * @param loop what its loop and its store say
 * @param totals what has happened to the messages of all destinations
 */
public record BrokerFigures(
        int incarnation,
        int connections,
        int connectionsMax,
        long turns,
        long turnNs,
        long recentBytes,
        long recentBytesMax,
        LoopFigures loop,
        Counts totals) {}
