// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.WireException;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Looks for the first history in which a planted fault is found. */
final class PlantSearch {
    private PlantSearch() {}

    /**
     * Looks, and fails if there is none. The short form of the tests begins shortly before the
     * history that is known to find a rare one, the long form with the first.
     *
     * @param name the fault's
     * @param breaks the promises one of which it breaks; empty where the broker itself refuses it,
     *     which it may also do where records are gone from files
     * @param range where in the short form to begin, and how many histories are allowed
     */
    static void find(
            Object name, Supplier<Plant> plant, Medium medium, Set<Invariant> breaks, Range range) {
        Set<Object> others = new HashSet<>();
        boolean full = "full".equals(System.getProperty("taffrail.tests"));
        long first = full ? 1 : range.first;
        for (long seed = first; seed <= range.last; seed++) {
            try {
                Simulation.run(seed, medium, plant.get());
            } catch (Violation violation) {
                if (breaks.contains(violation.invariant())) {
                    System.out.println(
                            name + " found by seed " + seed + ": " + violation.invariant());
                    return;
                }
                others.add(violation.invariant());
            } catch (IllegalStateException | WireException refused) {
                if (breaks.isEmpty() || medium == Medium.FILES) {
                    System.out.println(name + " refused with seed " + seed);
                    return;
                }
                others.add(refused.getClass());
            }
        }
        fail(name + " broke only " + others + " in histories " + first + " to " + range.last);
    }

    /**
     * Which histories to look at.
     *
     * @param first the first of the short form
     * @param last the last
     */
    record Range(long first, long last) {}
}
