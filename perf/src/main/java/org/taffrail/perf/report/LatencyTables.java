// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import org.HdrHistogram.Histogram;
import org.taffrail.perf.load.Series;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The tables of latency runs. */
public final class LatencyTables {
    private static final String US = "%,.1f";

    private LatencyTables() {}

    /**
     * The table of one run: a row per series, a column per percentile.
     *
     * @param histograms the run's histograms, in nanoseconds
     * @return the table, in microseconds
     */
    public static String ofOneRun(Map<Series, Histogram> histograms) {
        TextTable table = new TextTable();
        table.row(
                Stream.concat(
                                Stream.of("microseconds"),
                                Stream.of(Percentile.values()).map(Percentile::title))
                        .toList());
        for (Series series : Series.values()) {
            List<String> cells = new ArrayList<>();
            cells.add(series.title());
            for (Percentile percentile : Percentile.values()) {
                cells.add(String.format(Locale.ROOT, US, percentile.us(histograms.get(series))));
            }
            table.row(cells);
        }
        return table.toString();
    }

    /**
     * The tables of several runs: one per series, a row per percentile, providers side by side.
     *
     * @param names the providers
     * @param runs for each provider the histograms of each of its repetitions, in nanoseconds
     * @param shown the series
     * @return the tables, in microseconds
     */
    public static String ofRuns(
            List<String> names, List<List<Map<Series, Histogram>>> runs, List<Series> shown) {
        StringBuilder text = new StringBuilder();
        for (Series series : shown) {
            Comparison comparison =
                    new Comparison(series.title() + ", us", names, runs.get(0).size() > 1, US);
            for (Percentile percentile : Percentile.values()) {
                List<Spread> spreads = new ArrayList<>();
                for (List<Map<Series, Histogram>> repetitions : runs) {
                    spreads.add(
                            Spread.of(
                                    repetitions.stream()
                                            .map(run -> percentile.us(run.get(series)))
                                            .toList()));
                }
                comparison.row(percentile.title(), spreads);
            }
            text.append(comparison).append('\n');
        }
        return text.toString();
    }
}
