// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.taffrail.samples.orderdesk.LatencySink;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Send and end-to-end latencies, kept in two histograms and printed as a small table in
 * microseconds. Latencies may be handed in by any thread; the table is read when all is done.
 */
final class LatencyTable implements LatencySink {
    private static final long NANOS_MAX = TimeUnit.HOURS.toNanos(1);
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

    private final Histogram sent = new ConcurrentHistogram(NANOS_MAX, SIGNIFICANT_DIGITS);
    private final Histogram received = new ConcurrentHistogram(NANOS_MAX, SIGNIFICANT_DIGITS);

    @Override
    public void sent(long nanos) {
        record(sent, nanos);
    }

    @Override
    public void received(long nanos) {
        record(received, nanos);
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.max(0, Math.min(nanos, NANOS_MAX)));
    }

    /** The table: a heading and a line for each of send and end to end. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "  %-12s  %9s %9s %9s %9s %9s %9s%n",
                        "microseconds",
                        "count",
                        "p50",
                        "p90",
                        "p99",
                        "p99.9",
                        "max"));
        append(text, "send", sent);
        append(text, "end to end", received);
        return text.toString();
    }

    private static void append(StringBuilder text, String label, Histogram histogram) {
        text.append(String.format(Locale.ROOT, "  %-12s  %9d", label, histogram.getTotalCount()));
        for (double percentile : PERCENTILES) {
            text.append(micros(histogram.getValueAtPercentile(percentile)));
        }
        text.append(micros(histogram.getMaxValue())).append(System.lineSeparator());
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, " %9.1f", nanos / 1_000.0);
    }
}
