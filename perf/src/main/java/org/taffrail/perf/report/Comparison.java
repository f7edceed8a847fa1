// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table of one kind of figure: a row for each thing measured, and for each provider its figure,
 * or minimum, median and maximum where there were several repetitions. From the second provider on
 * there is the ratio of the medians, the first provider's divided by this one's.
 */
public final class Comparison {
    private static final String UNKNOWN = "-";

    private final List<String> names;
    private final boolean repeated;
    private final String format;
    private final TextTable table = new TextTable();

    /**
     * A table without rows.
     *
     * @param title what stands above the first column
     * @param names the providers, the first being the one the others are compared with
     * @param repeated whether there were several repetitions
     * @param format how to print a figure, as {@link String#format} takes it
     */
    public Comparison(String title, List<String> names, boolean repeated, String format) {
        this.names = List.copyOf(names);
        this.repeated = repeated;
        this.format = format;
        List<String> header = new ArrayList<>();
        header.add(title);
        for (String name : names) {
            if (repeated) {
                header.addAll(List.of(name + ": min", "median", "max"));
            } else {
                header.add(name);
            }
        }
        for (String name : names.subList(1, names.size())) {
            header.add(names.get(0) + "/" + name);
        }
        table.row(header);
    }

    /**
     * Adds a row.
     *
     * @param label what was measured
     * @param spreads a figure for each provider, in their order; {@link Spread#UNKNOWN} is shown as
     *     a dash
     */
    public void row(String label, List<Spread> spreads) {
        if (spreads.size() != names.size()) {
            throw new IllegalArgumentException(
                    spreads.size() + " figures for " + names.size() + " providers");
        }
        List<String> cells = new ArrayList<>();
        cells.add(label);
        for (Spread spread : spreads) {
            if (repeated) {
                cells.add(figure(spread.min()));
                cells.add(figure(spread.median()));
                cells.add(figure(spread.max()));
            } else {
                cells.add(figure(spread.median()));
            }
        }
        double first = spreads.get(0).median();
        for (Spread other : spreads.subList(1, spreads.size())) {
            double ratio = first / other.median();
            cells.add(Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : UNKNOWN);
        }
        table.row(cells);
    }

    private String figure(double value) {
        return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, format, value);
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
