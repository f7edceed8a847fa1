// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A logarithmic axis of a plot: what it counts, the values it spans, and where it has lines.
 *
 * @param title what it counts, with the unit
 * @param min the value at its beginning, above 0
 * @param max the value at its end, above {@code min}
 * @param ticks its lines, from the smallest to the largest
 */
record LogAxis(String title, double min, double max, List<Tick> ticks) {
    /**
     * A line across the plot.
     *
     * @param value where
     * @param label what is written beside it; empty for nothing
     */
    record Tick(double value, String label) {}

    private static final int[] STEPS = {1, 2, 5};

    /** Up to so many steps of 1, 2, 5 each has a label; of more, only the powers of ten. */
    private static final int LABELS_MAX = 10;

    /** A value on the grid may be off it by a rounding. */
    private static final double NEARLY_ONE = 1 + 1e-9;

    /** What a zero is drawn as, in microseconds: the logarithm has no place for it. */
    private static final double US_MIN = 0.1;

    /**
     * The axis of percentiles: a percentile p is at 1/(1-p), which is the N of "one message in N is
     * slower", so that each further nine has as much room as the one before.
     *
     * @return the axis from 50 % to 99.99 %
     */
    static LogAxis ofPercentiles() {
        return new LogAxis(
                "percentile of the messages",
                2,
                10_000,
                List.of(
                        new Tick(2, "50 %"),
                        new Tick(10, "90 %"),
                        new Tick(100, "99 %"),
                        new Tick(1_000, "99.9 %"),
                        new Tick(10_000, "99.99 %")));
    }

    /**
     * An axis of times that has room for some.
     *
     * @param minUs the smallest, in microseconds
     * @param maxUs the largest
     * @return the axis, which begins and ends at 1, 2 or 5 times a power of ten
     */
    static LogAxis ofMicroseconds(double minUs, double maxUs) {
        return around(
                "latency, \u00b5s",
                Math.max(US_MIN, minUs),
                Math.max(US_MIN, maxUs),
                LogAxis::number);
    }

    /**
     * An axis of rates that has room for some.
     *
     * @param min the smallest, in messages per second
     * @param max the largest
     * @return the axis, which begins and ends at 1, 2 or 5 times a power of ten
     */
    static LogAxis ofRates(double min, double max) {
        return around("messages/s sent", Math.max(1, min), Math.max(1, max), LogAxis::thousands);
    }

    private static LogAxis around(
            String title, double min, double max, DoubleFunction<String> labels) {
        int step = STEPS.length * (int) Math.floor(Math.log10(min));
        while (grid(step + 1) <= min * NEARLY_ONE) {
            step++;
        }
        List<Double> values = new ArrayList<>(List.of(grid(step)));
        do {
            step++;
            values.add(grid(step));
        } while (grid(step) * NEARLY_ONE < max);
        List<Tick> ticks = new ArrayList<>();
        for (double value : values) {
            boolean labelled = values.size() <= LABELS_MAX || isPowerOfTen(value);
            ticks.add(new Tick(value, labelled ? labels.apply(value) : ""));
        }
        return new LogAxis(title, values.get(0), grid(step), List.copyOf(ticks));
    }

    /** The steps of the grid are numbered; 1 is number 0, 2 is number 1, 10 is number 3. */
    private static double grid(int step) {
        return STEPS[Math.floorMod(step, STEPS.length)]
                * Math.pow(10, Math.floorDiv(step, STEPS.length));
    }

    private static boolean isPowerOfTen(double value) {
        double exponent = Math.log10(value);
        return Math.abs(exponent - Math.rint(exponent)) < NEARLY_ONE - 1;
    }

    private static String number(double value) {
        return value >= 1
                ? String.format(Locale.ROOT, "%,d", Math.round(value))
                : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String thousands(double value) {
        return value >= 1_000 ? number(value / 1_000) + "k" : number(value);
    }

    /**
     * Where a value is on the axis.
     *
     * @param value the value
     * @return 0 at its beginning, 1 at its end; what lies outside is put at the near end
     */
    double at(double value) {
        double within = Math.min(max, Math.max(min, value));
        return Math.log(within / min) / Math.log(max / min);
    }
}
