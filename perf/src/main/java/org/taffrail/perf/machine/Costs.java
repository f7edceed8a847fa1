// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What the messages of one run cost.
 *
 * @param figures the costs that are known, each in the unit of its title
 * @param notes why others are not, in sentences
 */
public record Costs(Map<Cost, Double> figures, List<String> notes) {
    private static final String COST = "cost.";
    private static final String NOTE = "cost.note.";

    /**
     * Makes it immutable.
     *
     * @param figures see the record
     * @param notes see the record
     */
    public Costs {
        figures = Map.copyOf(figures);
        notes = List.copyOf(notes);
    }

    /**
     * The costs of what was measured in all.
     *
     * @param totals the sums of all slices: nanoseconds, bytes or counts
     * @param messages how many messages these slices had; 0 if none was measured
     * @param notes see the record
     * @return the costs, by message where that is their unit
     */
    public static Costs of(Map<Cost, Long> totals, long messages, List<String> notes) {
        Map<Cost, Double> figures = new EnumMap<>(Cost.class);
        if (messages > 0) {
            totals.forEach((cost, total) -> figures.put(cost, cost.figure(total, messages)));
        }
        return new Costs(figures, notes);
    }

    /**
     * Adds the costs to an outcome, for the process that waits for it.
     *
     * @param outcome the outcome
     */
    public void addTo(Properties outcome) {
        figures.forEach(
                (cost, figure) -> outcome.setProperty(COST + cost.id(), Double.toString(figure)));
        for (int i = 0; i < notes.size(); i++) {
            outcome.setProperty(NOTE + i, notes.get(i));
        }
    }

    /**
     * Reads what a measuring process wrote.
     *
     * @param outcome the contents of its {@code outcome.properties}
     * @return the costs
     */
    public static Costs of(Properties outcome) {
        Map<Cost, Double> figures = new EnumMap<>(Cost.class);
        for (Cost cost : Cost.values()) {
            String figure = outcome.getProperty(COST + cost.id());
            if (figure != null) {
                figures.put(cost, Double.valueOf(figure));
            }
        }
        List<String> notes = new ArrayList<>();
        while (outcome.containsKey(NOTE + notes.size())) {
            notes.add(outcome.getProperty(NOTE + notes.size()));
        }
        return new Costs(figures, notes);
    }
}
