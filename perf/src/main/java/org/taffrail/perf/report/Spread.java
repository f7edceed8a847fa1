// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import java.util.Arrays;
import java.util.Collection;

/**
 * The same figure of several repetitions.
 *
 * @param min the smallest
 * @param median the middle one, or the mean of the two in the middle
 * @param max the largest
 */
public record Spread(double min, double median, double max) {
    /** Of what was not measured. */
    public static final Spread UNKNOWN = new Spread(Double.NaN, Double.NaN, Double.NaN);

    /**
     * Whether there is a figure.
     *
     * @return false of {@link #UNKNOWN}
     */
    public boolean isKnown() {
        return !Double.isNaN(median);
    }

    /**
     * The spread of some figures.
     *
     * @param figures at least one
     * @return their spread
     */
    public static Spread of(Collection<Double> figures) {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("No figures");
        }
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        double median = (sorted[last / 2] + sorted[(last + 1) / 2]) / 2;
        return new Spread(sorted[0], median, sorted[last]);
    }
}
