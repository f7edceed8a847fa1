// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/**
 * The intended send times of an open-loop run: one global sequence at an even pace, dealt out to
 * the producers in turn, so that two producers never intend to send at the same moment.
 *
 * <p>A time depends on nothing but its number. Whatever happens to earlier sends, the next intended
 * time stays where it is; this is what keeps the measured latency free of coordinated omission.
 *
 * @param startNs the intended time of the very first message
 * @param ratePerSecond messages per second of all producers together, 1 to 10,000,000
 * @param producers how many producers share the rate, at least 1
 */
public record Schedule(long startNs, long ratePerSecond, int producers) {
    private static final long SECOND_NS = 1_000_000_000L;

    /** The highest rate a schedule takes, in messages per second. */
    public static final long RATE_MAX = 10_000_000L;

    /**
     * Checks the bounds.
     *
     * @param startNs see the record
     * @param ratePerSecond see the record
     * @param producers see the record
     * @throws IllegalArgumentException if one is out of bounds
     */
    public Schedule {
        if (ratePerSecond < 1 || ratePerSecond > RATE_MAX) {
            throw new IllegalArgumentException(
                    "The rate is 1 to " + RATE_MAX + " messages per second, not " + ratePerSecond);
        }
        if (producers < 1) {
            throw new IllegalArgumentException("At least one producer, not " + producers);
        }
    }

    /**
     * When a producer should send a message.
     *
     * @param producer the producer, from 0
     * @param sequence the number of the message among the producer's own, from 0
     * @return the intended send time
     */
    public long intendedNs(int producer, long sequence) {
        long index = sequence * producers + producer;
        // whole seconds apart from the rest: exact, and far from overflow
        return startNs
                + index / ratePerSecond * SECOND_NS
                + index % ratePerSecond * SECOND_NS / ratePerSecond;
    }

    /**
     * How many messages a producer should send whose intended time lies before the end of a span.
     *
     * @param producer the producer, from 0
     * @param durationNs the span from the start, in nanoseconds
     * @return the count
     */
    public long count(int producer, long durationNs) {
        long restNs = durationNs % SECOND_NS;
        long all =
                durationNs / SECOND_NS * ratePerSecond
                        + (restNs * ratePerSecond + SECOND_NS - 1) / SECOND_NS;
        return all <= producer ? 0 : (all - producer + producers - 1) / producers;
    }
}
