// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.Properties;

/**
 * What came of a latency run, but for its histograms.
 *
 * @param ratePerSecond the rate that was asked for
 * @param achievedPerSecond the rate at which messages were really sent, warm-up included
 * @param sent messages sent in all, warm-up included
 * @param unsent messages that were never sent, because the run gave up on catching up
 * @param overrunNs how long after the end of the measured span the last send returned
 * @param verdict what verification found
 */
public record LatencyOutcome(
        long ratePerSecond,
        double achievedPerSecond,
        long sent,
        long unsent,
        long overrunNs,
        Verdict verdict) {
    /** Less than this part of the rate means that the rate was missed. */
    public static final double RATE_SHARE_MIN = 0.99;

    /**
     * Whether the provider could not keep up with the rate, so that the latencies say how long the
     * queue of unsent messages was, and little of the provider at that rate.
     *
     * @return whether the rate was missed
     */
    public boolean missedRate() {
        return unsent > 0 || achievedPerSecond < ratePerSecond * RATE_SHARE_MIN;
    }

    /**
     * The outcome as properties, for the process that waits for it.
     *
     * @return what {@link #of} reads
     */
    public Properties toProperties() {
        Properties properties = VerdictProperties.of(verdict);
        properties.setProperty("rate.wanted", Long.toString(ratePerSecond));
        properties.setProperty("rate.achieved", Double.toString(achievedPerSecond));
        properties.setProperty("sent", Long.toString(sent));
        properties.setProperty("unsent", Long.toString(unsent));
        properties.setProperty("overrun.ns", Long.toString(overrunNs));
        return properties;
    }

    /**
     * Reads what a measuring process wrote.
     *
     * @param properties the contents of its {@code outcome.properties}
     * @return the outcome
     */
    public static LatencyOutcome of(Properties properties) {
        return new LatencyOutcome(
                Long.parseLong(properties.getProperty("rate.wanted")),
                Double.parseDouble(properties.getProperty("rate.achieved")),
                Long.parseLong(properties.getProperty("sent")),
                Long.parseLong(properties.getProperty("unsent")),
                Long.parseLong(properties.getProperty("overrun.ns")),
                VerdictProperties.read(properties));
    }
}
