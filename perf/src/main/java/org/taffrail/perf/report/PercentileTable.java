// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import org.taffrail.perf.load.Series;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The percentiles of a series at one rate: a row for each, providers side by side. */
final class PercentileTable {
    private static final int US_DECIMALS = 1;

    private final List<LatencyReport.Measured> measured;
    private final Series series;

    /**
     * The table of what has the series.
     *
     * @param level what was measured at the rate
     * @param series the series
     */
    PercentileTable(LatencyReport.Level level, Series series) {
        this.measured = level.with(series);
        this.series = series;
    }

    void appendTo(StringBuilder html) {
        List<String> headings = new ArrayList<>(List.of("percentile"));
        measured.forEach(each -> headings.add(each.name()));
        List<LatencyReport.Measured> others = measured.subList(1, measured.size());
        others.forEach(each -> headings.add("\u00f7 " + each.name()));
        HtmlTable table = new HtmlTable(caption(), headings);
        for (Percentile percentile : Percentile.values()) {
            List<String> cells = new ArrayList<>(List.of(percentile.title()));
            for (LatencyReport.Measured each : measured) {
                cells.add(HtmlTable.cell(each.us(series, percentile), US_DECIMALS));
            }
            double first = measured.get(0).us(series, percentile).median();
            for (LatencyReport.Measured each : others) {
                cells.add(ratio(first, each.us(series, percentile).median()));
            }
            table.row(cells);
        }
        table.appendTo(html);
    }

    private String caption() {
        String unit = series.title() + ", \u00b5s: median, minimum to maximum";
        return measured.size() == 1
                ? unit
                : unit + "; \u00f7: the median of " + measured.get(0).name() + " divided by it";
    }

    private static String ratio(double first, double other) {
        return other == 0 ? "\u2013" : String.format(Locale.ROOT, "%.2f", first / other);
    }
}
