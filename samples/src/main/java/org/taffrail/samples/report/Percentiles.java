// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.report;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Durations of several kinds, kept in histograms and printed as a small table in microseconds.
 * Durations may be handed in by any thread; the table is read when all is done.
 */
public final class Percentiles {
    private static final long NANOS_MAX = TimeUnit.HOURS.toNanos(1);
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

    private final Map<String, Histogram> histograms = new LinkedHashMap<>();

    /**
     * An empty table.
     *
     * @param labels the kinds of durations, in the order of the rows
     */
    public Percentiles(List<String> labels) {
        for (String label : labels) {
            histograms.put(label, new ConcurrentHistogram(NANOS_MAX, SIGNIFICANT_DIGITS));
        }
    }

    /**
     * Takes a duration in.
     *
     * @param label one of those named at the start
     * @param nanos in nanoseconds; less than 0 counts as 0 and more than an hour as an hour
     */
    public void record(String label, long nanos) {
        histograms.get(label).recordValue(Math.max(0, Math.min(nanos, NANOS_MAX)));
    }

    /**
     * Returns the table.
     *
     * @return a heading, and a line for each kind
     */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "  %-" + width() + "s  %9s %9s %9s %9s %9s %9s",
                        "microseconds",
                        "count",
                        "p50",
                        "p90",
                        "p99",
                        "p99.9",
                        "max"));
        histograms.forEach((label, histogram) -> lines.add(row(label, histogram)));
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private int width() {
        return histograms.keySet().stream().mapToInt(String::length).reduce(12, Math::max);
    }

    private String row(String label, Histogram histogram) {
        StringBuilder row =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "  %-" + width() + "s  %9d",
                                label,
                                histogram.getTotalCount()));
        for (double percentile : PERCENTILES) {
            row.append(micros(histogram.getValueAtPercentile(percentile)));
        }
        return row.append(micros(histogram.getMaxValue())).toString();
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, " %9.1f", nanos / 1_000.0);
    }
}
