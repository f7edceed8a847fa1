// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.metrics;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * What one timer's percentiles were lately: its histogram now without what it was a while ago. As
 * exact as its buckets, which are a fifth apart. Owned by whoever samples; read by anybody.
 */
public final class Percentiles {
    /** How many samples are looked back. */
    private static final int SAMPLES = 12;

    /** How far they are apart. */
    private static final int APART_MS = 4500;

    private final String name;
    private final Timer timer;
    private final ArrayDeque<double[]> before = new ArrayDeque<>();
    private long keptMs;
    private volatile Lately lately = new Lately(0, 0, 0, 0, 0, 0);

    /**
     * What was measured within the last samples.
     *
     * @param count how often
     * @param p50 the median, in microseconds, as the others
     * @param p90 of ten, nine took no longer
     * @param p99 of a hundred, one took longer
     * @param p999 of a thousand, one took longer
     * @param max the longest, within the timer's own window
     */
    public record Lately(long count, double p50, double p90, double p99, double p999, double max) {}

    Percentiles(String name, Timer timer) {
        this.name = name;
        this.timer = timer;
    }

    /**
     * Returns what is measured.
     *
     * @return one word
     */
    public String name() {
        return name;
    }

    /**
     * Returns the last result.
     *
     * @return all 0 before there is one
     */
    public Lately lately() {
        return lately;
    }

    /**
     * Looks at the timer at a time; what is looked back upon are moments that are some seconds
     * apart.
     */
    void sample(long nowMs) {
        CountAtBucket[] buckets = timer.takeSnapshot().histogramCounts();
        double[] now = new double[buckets.length];
        for (int i = 0; i < buckets.length; i++) {
            now[i] = buckets[i].count();
        }
        boolean whole = before.size() == SAMPLES;
        double[] then = whole ? before.peekFirst() : new double[buckets.length];
        if (nowMs - keptMs >= APART_MS) {
            keptMs = nowMs;
            before.addLast(now);
            if (whole) {
                before.removeFirst();
            }
        }
        double count = now.length == 0 ? 0 : now[now.length - 1] - then[now.length - 1];
        lately =
                new Lately(
                        (long) count,
                        at(buckets, now, then, 0.5 * count),
                        at(buckets, now, then, 0.9 * count),
                        at(buckets, now, then, 0.99 * count),
                        at(buckets, now, then, 0.999 * count),
                        timer.max(TimeUnit.MICROSECONDS));
    }

    /** Returns below what so many are, between the ends of their bucket in proportion. */
    private static double at(CountAtBucket[] buckets, double[] now, double[] then, double rank) {
        double below = 0;
        double lower = 0;
        for (int i = 0; i < buckets.length; i++) {
            double upTo = now[i] - then[i];
            double upper = buckets[i].bucket(TimeUnit.MICROSECONDS);
            if (upTo >= rank && upTo > below) {
                return lower + (upper - lower) * (rank - below) / (upTo - below);
            }
            below = upTo;
            lower = upper;
        }
        return lower;
    }
}
