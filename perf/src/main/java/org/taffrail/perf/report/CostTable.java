// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import org.taffrail.perf.machine.Cost;
import org.taffrail.perf.machine.Costs;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What messages cost: a row for each thing measured and each provider, a column for each cost. */
public final class CostTable {
    private static final String UNKNOWN = "-";

    private final TextTable table = new TextTable();

    /** A table without rows. */
    public CostTable() {
        List<String> header = new ArrayList<>();
        header.add("costs a message, median of the runs");
        header.add("of");
        for (Cost cost : Cost.values()) {
            header.add(cost.title());
        }
        table.row(header);
    }

    /**
     * Adds a row.
     *
     * @param label what was measured
     * @param name the provider
     * @param repetitions the costs of each repetition
     */
    public void row(String label, String name, List<Costs> repetitions) {
        List<String> cells = new ArrayList<>();
        cells.add(label);
        cells.add(name);
        for (Cost cost : Cost.values()) {
            List<Double> figures =
                    repetitions.stream()
                            .map(costs -> costs.figures().get(cost))
                            .filter(Objects::nonNull)
                            .toList();
            cells.add(figures.isEmpty() ? UNKNOWN : cost.print(Spread.of(figures).median()));
        }
        table.row(cells);
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
