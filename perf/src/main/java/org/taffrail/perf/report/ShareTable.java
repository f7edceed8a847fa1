// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** How near each provider comes to the limit of the machine: a row for each thing measured. */
public final class ShareTable {
    private static final String UNKNOWN = "-";

    private final TextTable table = new TextTable();

    /**
     * A table without rows.
     *
     * @param names the providers
     */
    public ShareTable(List<String> names) {
        List<String> header = new ArrayList<>();
        header.add("share of what this machine allows, median of the runs");
        header.add("limit");
        header.addAll(names);
        table.row(header);
    }

    /**
     * Adds a row.
     *
     * @param label what was measured
     * @param limit the most there can be
     * @param figures a figure for each provider, in their order; empty where the limit may be
     *     another one
     */
    public void row(String label, double limit, List<OptionalDouble> figures) {
        List<String> cells = new ArrayList<>();
        cells.add(label);
        cells.add(String.format(Locale.ROOT, "%,.0f", limit));
        for (OptionalDouble figure : figures) {
            cells.add(
                    figure.isPresent()
                            ? String.format(
                                    Locale.ROOT, "%.1f %%", figure.getAsDouble() / limit * 100)
                            : UNKNOWN);
        }
        table.row(cells);
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
