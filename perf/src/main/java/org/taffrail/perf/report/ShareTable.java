// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How near each provider comes to the limit of the machine: a row for each thing measured. Where
 * the bare path was measured as well, its rate and each provider's share of that follow.
 */
public final class ShareTable {
    private static final String UNKNOWN = "-";

    private final List<String> names;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table without rows.
     *
     * @param names the providers
     */
    public ShareTable(List<String> names) {
        this.names = List.copyOf(names);
    }

    /**
     * Adds a row.
     *
     * @param label what was measured
     * @param limit the most there can be
     * @param bare what the bare path makes of it; empty where that was not measured
     * @param figures a figure for each provider, in their order; empty where the limit may be
     *     another one
     */
    public void row(String label, double limit, OptionalDouble bare, List<OptionalDouble> figures) {
        List<String> cells = new ArrayList<>();
        cells.add(label);
        add(cells, limit, figures);
        bare.ifPresent(rate -> add(cells, rate, figures));
        rows.add(cells);
    }

    private static void add(List<String> cells, double most, List<OptionalDouble> figures) {
        cells.add(String.format(Locale.ROOT, "%,.0f", most));
        for (OptionalDouble figure : figures) {
            cells.add(
                    figure.isPresent()
                            ? String.format(
                                    Locale.ROOT, "%.1f %%", figure.getAsDouble() / most * 100)
                            : UNKNOWN);
        }
    }

    private List<String> header() {
        List<String> header = new ArrayList<>();
        header.add("share of what this machine allows, median of the runs");
        header.add("limit");
        header.addAll(names);
        if (rows.stream().anyMatch(row -> row.size() > header.size())) {
            header.add("bare path");
            header.addAll(names);
        }
        return header;
    }

    @Override
    public String toString() {
        TextTable table = new TextTable();
        table.row(header());
        rows.forEach(table::row);
        return table.toString();
    }
}
