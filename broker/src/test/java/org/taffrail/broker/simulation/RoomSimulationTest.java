// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.broker.simulation.Violation.Invariant;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * The histories of {@link BrokerSimulationTest} on a disk that is short of room again and again, or
 * full. {@code -Dtaffrail.seed=N} runs that one alone.
 */
class RoomSimulationTest {
    private static final int TRACE_LINES = Integer.getInteger("taffrail.trace", 60);
    private static final int HISTORIES = 600;
    private static final int HISTORIES_FULL = 50_000;
    private static final int PLANTED_HISTORIES_MAX = 2_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyHistoryKeepsWhatClientsWereTold(boolean refuses) {
        Long only = Long.getLong("taffrail.seed");
        boolean full = "full".equals(System.getProperty("taffrail.tests"));
        long last = only != null ? only : full ? HISTORIES_FULL : HISTORIES;
        for (long seed = only != null ? only : 1; seed <= last; seed++) {
            run(seed, refuses);
        }
    }

    private static void run(long seed, boolean refuses) {
        try {
            Simulation.run(seed, Medium.MEMORY, new RoomWeather(seed, refuses));
        } catch (Violation | RuntimeException e) {
            RoomWeather again = new RoomWeather(seed, refuses);
            fail(
                    "history "
                            + seed
                            + " (again with -Dtaffrail.seed="
                            + seed
                            + ") broke a promise: "
                            + e.getMessage()
                            + "\n"
                            + Simulation.trace(seed, Medium.MEMORY, again, TRACE_LINES),
                    e);
        }
    }

    /** The faults. */
    enum Fault {
        SETTLEMENT_WAITS(RoomPlants.SettlementWaits::new, Invariant.NOTHING_STUCK),
        ROLLBACK_WAITS(RoomPlants.RollbackWaits::new, Invariant.NOTHING_STUCK),
        WAITING_SEND_CONFIRMED(
                RoomPlants.WaitingSendConfirmed::new,
                Invariant.NO_ACKNOWLEDGED_SEND_LOST,
                Invariant.NOTHING_STUCK),
        ROOM_FORGOTTEN(RoomPlants.RoomForgotten::new, Invariant.NOTHING_STUCK);

        private final LongFunction<Plant> plant;
        private final Set<Invariant> breaks;

        Fault(LongFunction<Plant> plant, Invariant... breaks) {
            this.plant = plant;
            this.breaks = Set.of(breaks);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(300)
    void aPlantedFaultIsFound(Fault fault) {
        Set<Invariant> others = new HashSet<>();
        for (long seed = 1; seed <= PLANTED_HISTORIES_MAX; seed++) {
            try {
                Simulation.run(seed, Medium.MEMORY, fault.plant.apply(seed));
            } catch (Violation violation) {
                if (fault.breaks.contains(violation.invariant())) {
                    return;
                }
                others.add(violation.invariant());
            }
        }
        fail(fault + " broke only " + others);
    }
}
