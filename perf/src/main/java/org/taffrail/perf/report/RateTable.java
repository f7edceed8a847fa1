// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import org.taffrail.perf.load.Series;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Some percentiles of a series by rate: a row per rate and provider, in HTML or as text. */
public final class RateTable {
    private static final String US = "%,.1f";
    private static final String RATE = "%,.0f";

    private final LatencyReport report;
    private final Series series;
    private final List<Percentile> percentiles;

    /**
     * The table of a report.
     *
     * @param report the report
     * @param series the series
     * @param percentiles its columns
     */
    public RateTable(LatencyReport report, Series series, List<Percentile> percentiles) {
        this.report = report;
        this.series = series;
        this.percentiles = List.copyOf(percentiles);
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>(List.of("messages/s wanted", "provider", "sent"));
        percentiles.forEach(each -> headings.add(each.title() + ", \u00b5s"));
        return headings;
    }

    void appendTo(StringBuilder html) {
        HtmlTable table = new HtmlTable(series.title() + " by rate", headings());
        for (LatencyReport.Level level : report.levels()) {
            for (LatencyReport.Measured measured : level.with(series)) {
                List<String> cells = new ArrayList<>();
                cells.add(wanted(level));
                cells.add(Markup.html(measured.name()));
                cells.add(HtmlTable.cell(measured.achieved(), 0) + missed(measured, "<br>"));
                percentiles.forEach(
                        each -> cells.add(HtmlTable.cell(measured.us(series, each), 1)));
                table.row(cells);
            }
        }
        table.appendTo(html);
    }

    private static String wanted(LatencyReport.Level level) {
        return String.format(Locale.ROOT, "%,d", level.ratePerSecond());
    }

    private static String missed(LatencyReport.Measured measured, String before) {
        return measured.missedRate() ? before + "missed" : "";
    }

    /**
     * The table as text: the medians.
     *
     * @return its lines
     */
    @Override
    public String toString() {
        TextTable table = new TextTable();
        table.row(headings().stream().map(heading -> heading.replace('\u00b5', 'u')).toList());
        for (LatencyReport.Level level : report.levels()) {
            for (LatencyReport.Measured measured : level.with(series)) {
                List<String> cells = new ArrayList<>();
                cells.add(wanted(level));
                cells.add(measured.name());
                cells.add(
                        String.format(Locale.ROOT, RATE, measured.achieved().median())
                                + missed(measured, ", "));
                for (Percentile each : percentiles) {
                    cells.add(String.format(Locale.ROOT, US, measured.us(series, each).median()));
                }
                table.row(cells);
            }
        }
        return table.toString();
    }
}
