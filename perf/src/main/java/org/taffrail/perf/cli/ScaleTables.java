// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.report.Comparison;
import org.taffrail.perf.report.Spread;
import org.taffrail.perf.report.TextTable;
import org.taffrail.perf.scale.Figures;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of a scenario as tables: rates and times with and without the backlog, the ratio
 * being 1 where they are alike and above it where the backlog makes it worse; and all others.
 */
final class ScaleTables {
    private static final String RATE = "/s";
    private final Figures figures;

    ScaleTables(Figures figures) {
        this.figures = figures;
    }

    @Override
    public String toString() {
        Comparison rates = table("rate", List.of("empty", "loaded"));
        Comparison times = table("time", List.of("loaded", "empty"));
        TextTable others = new TextTable();
        boolean anyRate = false;
        boolean anyTime = false;
        for (Map.Entry<String, List<Double>> each : figures.all().entrySet()) {
            String name = each.getKey();
            if (name.startsWith(Figures.WARM_UP)) {
                continue;
            }
            String plain = name.substring(name.indexOf('.') + 1);
            List<Double> empty = figures.all().get(Figures.EMPTY + plain);
            List<Double> loaded = figures.all().get(Figures.LOADED + plain);
            if (empty == null || loaded == null) {
                others.row(List.of(name, text(each.getValue())));
            } else if (name.startsWith(Figures.EMPTY) && name.endsWith(RATE)) {
                rates.row(plain, List.of(Spread.of(empty), Spread.of(loaded)));
                anyRate = true;
            } else if (name.startsWith(Figures.EMPTY)) {
                times.row(plain, List.of(Spread.of(loaded), Spread.of(empty)));
                anyTime = true;
            }
        }
        return (anyRate ? rates.toString() : "") + (anyTime ? times.toString() : "") + others;
    }

    private static Comparison table(String title, List<String> names) {
        return new Comparison(title, names, true, "%,.0f");
    }

    private static String text(List<Double> values) {
        Spread spread = Spread.of(values);
        return values.size() == 1
                ? String.format(Locale.ROOT, "%,.1f", spread.median())
                : String.format(
                        Locale.ROOT,
                        "%,.1f to %,.1f, median %,.1f",
                        spread.min(),
                        spread.max(),
                        spread.median());
    }
}
