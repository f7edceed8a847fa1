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
     * Looks, and fails if there is none.
     *
     * @param name the fault's
     * @param breaks the promises one of which it breaks; empty where the broker itself refuses it,
     *     which it may also do where records are gone from files
     * @param historiesMax how many histories are allowed
     */
    static void find(
            Object name,
            Supplier<Plant> plant,
            Medium medium,
            Set<Invariant> breaks,
            int historiesMax) {
        Set<Object> others = new HashSet<>();
        for (long seed = 1; seed <= historiesMax; seed++) {
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
        fail(name + " broke only " + others + " in " + historiesMax + " histories");
    }
}
