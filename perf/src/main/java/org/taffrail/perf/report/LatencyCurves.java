// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import org.HdrHistogram.Histogram;
import org.taffrail.perf.load.Series;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Makes the plots of a latency report. */
final class LatencyCurves {
    /** Points of a curve between one power of ten and the next. */
    private static final int POINTS_A_DECADE = 24;

    private static final double NS_PER_US = 1_000.0;

    private LatencyCurves() {}

    /**
     * The plot of a series at one rate: time by percentile.
     *
     * @param id a name that no other plot of the page has
     * @param series the series
     * @param level what was measured at the rate; has the series
     * @return the plot
     */
    static Plot byPercentile(String id, Series series, LatencyReport.Level level) {
        LogAxis percentiles = LogAxis.ofPercentiles();
        List<Curve> curves = new ArrayList<>();
        for (LatencyReport.Measured measured : level.with(series)) {
            List<Histogram> runs = measured.runs().stream().map(run -> run.of(series)).toList();
            List<Curve.Mark> marks = new ArrayList<>();
            for (Percentile percentile : Percentile.values()) {
                double oneIn = percentile.oneIn();
                if (oneIn <= percentiles.max() && oneIn <= leastCount(runs)) {
                    Spread us = measured.us(series, percentile);
                    String text = measured.name() + " " + percentile.title() + ": " + text(us);
                    marks.add(new Curve.Mark(new Curve.Point(oneIn, us), text, false));
                }
            }
            curves.add(
                    new Curve(
                            measured.name(), measured.provider(), line(percentiles, runs), marks));
        }
        return new Plot(
                id,
                String.format(
                        Locale.ROOT,
                        "%s by percentile at %,d messages/s",
                        series.title(),
                        level.ratePerSecond()),
                description(curves),
                percentiles,
                microseconds(curves.stream()),
                curves);
    }

    /** The line goes as far as there are messages: beyond one in all of them there is none. */
    private static List<Curve.Point> line(LogAxis percentiles, List<Histogram> runs) {
        double last = Math.max(percentiles.min(), Math.min(percentiles.max(), leastCount(runs)));
        double decades = Math.log10(last / percentiles.min());
        int steps = Math.max(1, (int) Math.ceil(decades * POINTS_A_DECADE));
        List<Curve.Point> points = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            double oneIn = percentiles.min() * Math.pow(10, decades * step / steps);
            double percent = 100 - 100 / oneIn;
            points.add(
                    new Curve.Point(
                            oneIn,
                            Spread.of(
                                    runs.stream()
                                            .map(run -> run.getValueAtPercentile(percent))
                                            .map(ns -> ns / NS_PER_US)
                                            .toList())));
        }
        return points;
    }

    private static long leastCount(List<Histogram> runs) {
        return runs.stream().mapToLong(Histogram::getTotalCount).min().orElse(0);
    }

    /**
     * The plots of a report with several rates: time by the rate that was achieved.
     *
     * @param series the series
     * @param report the report
     * @param percentiles of which percentiles
     * @return a plot for each, all with the same axes
     */
    static List<Plot> byRate(Series series, LatencyReport report, List<Percentile> percentiles) {
        List<List<Curve>> all =
                percentiles.stream().map(each -> byRate(series, report, each)).toList();
        LogAxis microseconds = microseconds(all.stream().flatMap(List::stream));
        List<Double> rates =
                all.stream()
                        .flatMap(List::stream)
                        .flatMap(curve -> curve.points().stream())
                        .map(Curve.Point::x)
                        .toList();
        Spread range = Spread.of(rates);
        LogAxis across = LogAxis.ofRates(range.min(), range.max());
        List<Plot> plots = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String title = percentiles.get(i).title();
            plots.add(
                    new Plot(
                            "rates-" + i,
                            title + " of " + series.title() + ", by rate",
                            description(all.get(i)),
                            across,
                            microseconds,
                            all.get(i)));
        }
        return plots;
    }

    private static List<Curve> byRate(Series series, LatencyReport report, Percentile percentile) {
        List<Curve> curves = new ArrayList<>();
        for (int provider = 0; provider < report.providers().size(); provider++) {
            int number = provider;
            String name = report.providers().get(provider).name();
            List<Curve.Point> points = new ArrayList<>();
            List<Curve.Mark> marks = new ArrayList<>();
            for (LatencyReport.Level level : report.levels()) {
                level.with(series).stream()
                        .filter(measured -> measured.provider() == number)
                        .forEach(
                                measured -> {
                                    Curve.Point point =
                                            new Curve.Point(
                                                    measured.achieved().median(),
                                                    measured.us(series, percentile));
                                    points.add(point);
                                    marks.add(mark(name, percentile, measured, point));
                                });
            }
            if (!points.isEmpty()) {
                curves.add(new Curve(name, provider, points, marks));
            }
        }
        return curves;
    }

    private static Curve.Mark mark(
            String name,
            Percentile percentile,
            LatencyReport.Measured measured,
            Curve.Point point) {
        String text =
                String.format(
                        Locale.ROOT,
                        "%s at %,.0f messages/s%s, %s: %s",
                        name,
                        point.x(),
                        measured.missedRate() ? " (rate missed)" : "",
                        percentile.title(),
                        text(point.y()));
        return new Curve.Mark(point, text, measured.missedRate());
    }

    private static LogAxis microseconds(Stream<Curve> curves) {
        List<Double> all = new ArrayList<>();
        curves.flatMap(curve -> curve.points().stream())
                .forEach(
                        point -> {
                            all.add(point.y().min());
                            all.add(point.y().max());
                        });
        Spread range = Spread.of(all);
        return LogAxis.ofMicroseconds(range.min(), range.max());
    }

    private static String description(List<Curve> curves) {
        return String.join(
                "; ",
                curves.stream()
                        .flatMap(curve -> curve.marks().stream())
                        .map(Curve.Mark::text)
                        .toList());
    }

    private static String text(Spread us) {
        return us.min() == us.max()
                ? String.format(Locale.ROOT, "%,.1f \u00b5s", us.median())
                : String.format(
                        Locale.ROOT,
                        "%,.1f \u00b5s (%,.1f to %,.1f)",
                        us.median(),
                        us.min(),
                        us.max());
    }
}
