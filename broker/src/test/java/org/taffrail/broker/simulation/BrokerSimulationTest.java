// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.TimeUnit;

/**
 * Thousands of random histories, each from one seed. {@code -Dtaffrail.seed=N} runs that one alone,
 * {@code -Dtaffrail.histories=N} so many, {@code -Dtaffrail.tests=full} very many. {@code
 * -Dtaffrail.trace=N} prints that many of the last lines of a history that failed.
 */
class BrokerSimulationTest {
    private static final int TRACE_LINES = Integer.getInteger("taffrail.trace", 60);
    private static final int HISTORIES = 3_000;
    private static final int HISTORIES_FULL = 100_000;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyHistoryKeepsWhatClientsWereTold() {
        Long only = Long.getLong("taffrail.seed");
        if (only != null) {
            run(only);
            return;
        }
        boolean full = "full".equals(System.getProperty("taffrail.tests"));
        int histories = Integer.getInteger("taffrail.histories", full ? HISTORIES_FULL : HISTORIES);
        for (long seed = 1; seed <= histories; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        try {
            Simulation.run(seed, Plant.NONE);
        } catch (Violation | RuntimeException e) {
            fail(
                    "history "
                            + seed
                            + " (again with -Dtaffrail.seed="
                            + seed
                            + ") broke a promise: "
                            + e.getMessage()
                            + "\n"
                            + Simulation.trace(seed, Plant.NONE, TRACE_LINES),
                    e);
        }
    }
}
