// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * What is remembered of clients.
 *
 * @param windowMessages how many sends of a client may be unanswered: of so many it is known what
 *     became of them
 * @param keptMs how long a client is remembered whose connection was lost
 * @param lostMax how many clients are remembered whose connection was lost; of more the longest
 *     lost are forgotten
 */
public record ProducerLimits(int windowMessages, long keptMs, int lostMax) {
    /**
     * Returns the limits that hold where nothing else is configured.
     *
     * @return the defaults
     */
    public static ProducerLimits defaults() {
        return new ProducerLimits(2000, 600_000, 10_000);
    }
}
