// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** How many times the least possible a send took: a row for each rate. */
public final class FloorTable {
    private static final String UNKNOWN = "-";

    private final double leastUs;
    private final TextTable table = new TextTable();

    /**
     * A table without rows.
     *
     * @param leastUs what any send takes at least, in microseconds
     * @param names the providers
     */
    public FloorTable(double leastUs, List<String> names) {
        this.leastUs = leastUs;
        List<String> header = new ArrayList<>();
        header.add(
                String.format(
                        Locale.ROOT,
                        "p50 of send-ack, lag off: times the least, %,.0f us",
                        leastUs));
        header.addAll(names);
        table.row(header);
    }

    /**
     * Adds a row.
     *
     * @param ratePerSecond the rate
     * @param mediansUs the time of each provider, in their order; empty where it is not known, or
     *     not what the least is
     */
    public void row(long ratePerSecond, List<OptionalDouble> mediansUs) {
        List<String> cells = new ArrayList<>();
        cells.add(String.format(Locale.ROOT, "%,d messages/s", ratePerSecond));
        for (OptionalDouble medianUs : mediansUs) {
            cells.add(
                    medianUs.isPresent()
                            ? String.format(Locale.ROOT, "%.2f", medianUs.getAsDouble() / leastUs)
                            : UNKNOWN);
        }
        table.row(cells);
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
