// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.Properties;

/**
 * What came of a throughput run.
 *
 * @param messages how many messages were measured
 * @param elapsedNs how long they took
 * @param verdict what verification found, warm-up included
 */
public record ThroughputOutcome(long messages, long elapsedNs, Verdict verdict) {
    /**
     * The figure.
     *
     * @return messages per second
     */
    public double perSecond() {
        return messages * 1e9 / elapsedNs;
    }

    /**
     * The outcome as properties, for the process that waits for it.
     *
     * @return what {@link #of} reads
     */
    public Properties toProperties() {
        Properties properties = VerdictProperties.of(verdict);
        properties.setProperty("messages", Long.toString(messages));
        properties.setProperty("elapsed.ns", Long.toString(elapsedNs));
        return properties;
    }

    /**
     * Reads what a measuring process wrote.
     *
     * @param properties the contents of its {@code outcome.properties}
     * @return the outcome
     */
    public static ThroughputOutcome of(Properties properties) {
        return new ThroughputOutcome(
                Long.parseLong(properties.getProperty("messages")),
                Long.parseLong(properties.getProperty("elapsed.ns")),
                VerdictProperties.read(properties));
    }
}
