// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Thousands of random histories, each from one seed. {@code -Dtaffrail.seed=N} runs that one alone,
 * {@code -Dtaffrail.histories=N} so many of each kind, {@code -Dtaffrail.minutes=N} as many as so
 * many minutes allow, with seeds that were never used before, {@code -Dtaffrail.tests=full} very
 * many. {@code -Dtaffrail.trace=N} prints that many of the last lines of a history that failed.
 */
@Timeout(value = 100, unit = TimeUnit.DAYS)
class BrokerSimulationTest {
    private static final int TRACE_LINES = Integer.getInteger("taffrail.trace", 60);
    private static final int IN_MEMORY = 2_500;
    private static final int ON_FILES = 1_000;
    private static final int IN_MEMORY_FULL = 100_000;
    private static final int ON_FILES_FULL = 50_000;

    @Test
    void everyHistoryInMemoryKeepsWhatClientsWereTold() {
        run(Medium.MEMORY, IN_MEMORY, IN_MEMORY_FULL);
    }

    @Test
    void everyHistoryOnFilesKeepsWhatClientsWereTold() {
        run(Medium.FILES, ON_FILES, ON_FILES_FULL);
    }

    private static void run(Medium medium, int shortly, int fully) {
        Long only = Long.getLong("taffrail.seed");
        if (only != null) {
            run(only, medium);
            return;
        }
        long begunNs = System.nanoTime();
        Long minutes = Long.getLong("taffrail.minutes");
        long ran;
        if (minutes != null) {
            long endNs = begunNs + TimeUnit.MINUTES.toNanos(minutes);
            ran =
                    Histories.run(
                            System.currentTimeMillis() << 20,
                            () -> System.nanoTime() < endNs,
                            seed -> run(seed, medium));
        } else {
            boolean full = "full".equals(System.getProperty("taffrail.tests"));
            int histories = Integer.getInteger("taffrail.histories", full ? fully : shortly);
            ran = Histories.run(1, atMost(histories), seed -> run(seed, medium));
        }
        long tookMs = Math.max(1, (System.nanoTime() - begunNs) / 1_000_000);
        System.out.println(ran + " histories, " + medium + ", " + ran * 1000L / tookMs + "/s");
    }

    private static BooleanSupplier atMost(int histories) {
        AtomicLong left = new AtomicLong(histories);
        return () -> left.getAndDecrement() > 0;
    }

    private static void run(long seed, Medium medium) {
        try {
            Simulation.run(seed, medium, Plant.NONE);
        } catch (Violation | RuntimeException e) {
            throw new AssertionError(
                    "history "
                            + seed
                            + ", "
                            + medium
                            + " (again with -Dtaffrail.seed="
                            + seed
                            + ") broke a promise: "
                            + e.getMessage()
                            + "\n"
                            + Simulation.trace(seed, medium, Plant.NONE, TRACE_LINES),
                    e);
        }
    }
}
