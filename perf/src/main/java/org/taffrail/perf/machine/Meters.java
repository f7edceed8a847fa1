// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The meters of a run, which are all read when a span begins and when it ends. One that fails is
 * left out for good, with a note of why: a run does not fail for want of its costs.
 *
 * <p>Used by one thread.
 */
public final class Meters {
    private interface Step {
        void carryOut(Meter<?> meter) throws IOException;
    }

    private final Map<Cost, Meter<?>> meters = new EnumMap<>(Cost.class);
    private final List<Cost> order = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** No meters. */
    public Meters() {}

    /**
     * Adds a meter. What reading it uses is measured by those that were added before, so the most
     * delicate one comes last.
     *
     * @param cost what it measures
     * @param meter the meter
     */
    public void add(Cost cost, Meter<?> meter) {
        meters.put(cost, meter);
        order.add(cost);
    }

    /**
     * Says why something is not measured.
     *
     * @param note a sentence
     */
    public void note(String note) {
        notes.add(note);
    }

    /** A span begins. */
    public void begin() {
        read(order, Meter::begin);
    }

    /** The span ends. */
    public void end() {
        List<Cost> inwards = new ArrayList<>(order);
        Collections.reverse(inwards);
        read(inwards, Meter::end);
    }

    private void read(List<Cost> costs, Step step) {
        for (Cost cost : List.copyOf(costs)) {
            try {
                step.carryOut(meters.get(cost));
            } catch (IOException | RuntimeException e) {
                // a proxy of a management bean wraps what it can't declare
                meters.remove(cost);
                order.remove(cost);
                notes.add("no figures for " + cost.title() + ": " + e);
            }
        }
    }

    /**
     * What was used within all spans so far.
     *
     * @return a total for each meter that has not failed
     */
    public Map<Cost, Long> totals() {
        Map<Cost, Long> totals = new EnumMap<>(Cost.class);
        meters.forEach((cost, meter) -> totals.put(cost, meter.total()));
        return totals;
    }

    /**
     * Why something is missing.
     *
     * @return sentences
     */
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
