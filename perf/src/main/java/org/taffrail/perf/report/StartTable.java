// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long brokers take from their start to the first message, side by side. A provider whose
 * broker was not started has a dash.
 */
public final class StartTable {
    /** What a broker finds when it is started. */
    public enum Start {
        /** Nothing: its folder is not there. */
        FIRST("on an empty folder"),
        /** What it left when it was used and stopped. */
        SECOND("again, after an orderly stop");

        private final String words;

        Start(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private final List<String> names;
    private final boolean repeated;
    private final Map<Start, List<List<Double>>> times = new EnumMap<>(Start.class);

    /**
     * A table without figures.
     *
     * @param names the providers
     * @param repeated whether there were several repetitions
     */
    public StartTable(List<String> names, boolean repeated) {
        this.names = List.copyOf(names);
        this.repeated = repeated;
        for (Start start : Start.values()) {
            List<List<Double>> each = new ArrayList<>();
            names.forEach(name -> each.add(new ArrayList<>()));
            times.put(start, each);
        }
    }

    /**
     * Adds a figure.
     *
     * @param start which start
     * @param provider the provider's number, from 0
     * @param ms from the start of the broker's process to the message, in milliseconds
     */
    public void add(Start start, int provider, double ms) {
        times.get(start).get(provider).add(ms);
    }

    /**
     * Whether there is no figure.
     *
     * @return true if no broker was started
     */
    public boolean isEmpty() {
        return times.values().stream().flatMap(List::stream).allMatch(List::isEmpty);
    }

    @Override
    public String toString() {
        Comparison table =
                new Comparison("start to the first message, ms", names, repeated, "%,.0f");
        times.forEach(
                (start, each) ->
                        table.row(
                                start.toString(), each.stream().map(StartTable::spread).toList()));
        return table.toString();
    }

    private static Spread spread(List<Double> figures) {
        return figures.isEmpty() ? Spread.UNKNOWN : Spread.of(figures);
    }
}
