// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.Optional;
import java.util.Properties;

/**
 * What came of a throughput run.
 *
 * @param messages how many messages were measured
 * @param elapsedNs how long they took
 * @param verdict what verification found, warm-up included
 * @param times of requests, how long they took each; empty for all else
 */
public record ThroughputOutcome(
        long messages, long elapsedNs, Verdict verdict, Optional<Times> times) {
    private static final String MEDIAN = "exchange.median.ns";
    private static final String P99 = "exchange.p99.ns";

    /**
     * How long single exchanges took.
     *
     * @param medianNs half of them took no longer
     * @param p99Ns 99 of 100 took no longer
     */
    public record Times(long medianNs, long p99Ns) {}

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
        times.ifPresent(
                known -> {
                    properties.setProperty(MEDIAN, Long.toString(known.medianNs));
                    properties.setProperty(P99, Long.toString(known.p99Ns));
                });
        return properties;
    }

    /**
     * Reads what a measuring process wrote.
     *
     * @param properties the contents of its {@code outcome.properties}
     * @return the outcome
     */
    public static ThroughputOutcome of(Properties properties) {
        Optional<Times> times =
                Optional.ofNullable(properties.getProperty(MEDIAN))
                        .map(
                                median ->
                                        new Times(
                                                Long.parseLong(median),
                                                Long.parseLong(properties.getProperty(P99))));
        return new ThroughputOutcome(
                Long.parseLong(properties.getProperty("messages")),
                Long.parseLong(properties.getProperty("elapsed.ns")),
                VerdictProperties.read(properties),
                times);
    }
}
