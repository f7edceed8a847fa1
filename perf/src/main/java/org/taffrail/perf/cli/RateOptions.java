// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.load.Schedule;
import org.taffrail.perf.measure.SpanConverter;

import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** At which rates latency is measured, as options. */
final class RateOptions {
    private static final long RATE = 5_000;
    private static final long SWEEP_FROM = 1_000;
    private static final Duration P99_MAX = Duration.ofMillis(100);

    @Option(
            names = "--rate",
            paramLabel = "N",
            split = ",",
            description =
                    "messages per second of all producers together; several, with commas, are"
                            + " measured one after another (default "
                            + RATE
                            + ")")
    private List<Long> rates = new ArrayList<>();

    @Option(
            names = "--sweep",
            description =
                    "double the rate, from --rate (default "
                            + SWEEP_FROM
                            + "), for each provider until it misses the rate or --p99-max")
    private boolean sweep;

    @Option(
            names = "--p99-max",
            paramLabel = "SPAN",
            converter = SpanConverter.class,
            description =
                    "of --sweep: the most that p99 may take end to end, the timer's lag off: 20ms,"
                            + " 1s (default 100ms)")
    private Duration p99Max;

    /**
     * The rates these options ask for.
     *
     * @param providers how many providers are measured
     * @return the first rate is the next
     * @throws IllegalArgumentException if they contradict each other or are out of bounds
     */
    RateSteps steps(int providers) {
        check();
        if (sweep) {
            long first = rates.isEmpty() ? SWEEP_FROM : rates.get(0);
            return RateSteps.doubling(first, p99Max != null ? p99Max : P99_MAX, providers);
        }
        return RateSteps.of(rates.isEmpty() ? List.of(RATE) : rates, providers);
    }

    /** Whether it is one rate, so that the report has one of everything. */
    boolean single() {
        return !sweep && rates.size() < 2;
    }

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if they contradict each other or are out of bounds
     */
    void check() {
        for (long rate : rates) {
            if (rate < 1 || rate > Schedule.RATE_MAX) {
                throw new IllegalArgumentException(
                        "The rate is 1 to "
                                + Schedule.RATE_MAX
                                + " messages per second, not "
                                + rate);
            }
        }
        if (rates.stream().distinct().count() < rates.size()) {
            throw new IllegalArgumentException("--rate names a rate twice");
        }
        if (sweep && rates.size() > 1) {
            throw new IllegalArgumentException("--sweep begins at one --rate, not at several");
        }
        if (!sweep && p99Max != null) {
            throw new IllegalArgumentException("--p99-max is for --sweep");
        }
    }
}
