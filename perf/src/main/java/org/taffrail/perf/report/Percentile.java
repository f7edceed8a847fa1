// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import org.HdrHistogram.Histogram;

/** A percentile that tables show. */
public enum Percentile {
    /** The median. */
    P50("p50", 50),
    /** 9 of 10. */
    P90("p90", 90),
    /** 99 of 100. */
    P99("p99", 99),
    /** 999 of 1,000. */
    P99_9("p99.9", 99.9),
    /** 9,999 of 10,000. */
    P99_99("p99.99", 99.99),
    /** The worst. */
    MAX("max", 100);

    private static final double NS_PER_US = 1_000.0;

    private final String title;
    private final double percent;

    Percentile(String title, double percent) {
        this.title = title;
        this.percent = percent;
    }

    /**
     * The percentile's name in tables.
     *
     * @return for instance {@code p99.9}
     */
    public String title() {
        return title;
    }

    /**
     * The percentile as a share: one message in so many is slower.
     *
     * @return 2 and more; infinite for the worst
     */
    double oneIn() {
        return this == MAX ? Double.POSITIVE_INFINITY : Math.rint(100 / (100 - percent));
    }

    /**
     * The percentile of a histogram.
     *
     * @param histogram times in nanoseconds
     * @return the time in microseconds
     */
    public double us(Histogram histogram) {
        return (this == MAX ? histogram.getMaxValue() : histogram.getValueAtPercentile(percent))
                / NS_PER_US;
    }
}
