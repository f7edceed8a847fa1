// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.core.policy.Policies;
import org.taffrail.wire.frame.FrameLayout;

/**
 * The core's limits; frozen when the broker starts.
 *
 * @param policies what is decided for destinations by their names
 * @param nameBytesMax the longest name of a destination, subscription or client id, in UTF-8 bytes
 * @param destinationsMax how many destinations there may be before no more are made for clients;
 *     where messages are moved to that have died or expired is made all the same
 * @param consumersMax how many consumers one connection may have
 * @param transactions what transactions may use
 * @param releasesMax how many held messages are given back in one step; the rest follows in later
 *     ones
 * @param keysMax how many keys a queue or subscription remembers of which nothing is held or waits
 *     after a failure
 * @param messageBytesMax the largest message
 * @param recordBytesMax the largest record; a message that is larger comes in parts
 * @param windowBytes how many bytes of recent records are kept in memory
 * @param volatileBytesMax how many bytes one temporary destination may hold
 * @param producers what is remembered of clients
 */
public record Limits(
        Policies policies,
        int nameBytesMax,
        int destinationsMax,
        int consumersMax,
        TransactionLimits transactions,
        int releasesMax,
        int keysMax,
        int messageBytesMax,
        int recordBytesMax,
        long windowBytes,
        long volatileBytesMax,
        ProducerLimits producers) {
    /** How many held messages are given back in one step, where nothing else is said. */
    public static final int RELEASES_MAX = 2048;

    /** How many bytes the core asks for when records are no longer in memory. */
    static final int LOAD_BYTES = 256 * 1024;

    /** How many bytes it asks for when it goes on behind what it asked for last. */
    static final int LOAD_ON_BYTES = 1024 * 1024;

    /** How many bytes of parts of large messages are told, or asked for, in one step. */
    int partStepBytes() {
        return Math.max(1, recordBytesMax / 4);
    }

    /**
     * Returns the limits that hold where nothing else is configured.
     *
     * @return the defaults
     */
    public static Limits defaults() {
        return new Limits(
                Policies.defaultPolicies(),
                1024,
                100_000,
                10_000,
                TransactionLimits.defaults(),
                RELEASES_MAX,
                10_000,
                64 << 20,
                FrameLayout.RECORD_BYTES_MAX,
                64L << 20,
                64L << 20,
                ProducerLimits.defaults());
    }
}
