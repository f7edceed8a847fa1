// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.taffrail.compat.load.Ledger;
import org.taffrail.compat.load.Load;
import org.taffrail.compat.process.BrokerProcess;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A real broker is killed with SIGKILL at random moments under load and started again on the same
 * folder. Whatever it told its clients must have been true: see {@link Ledger}.
 *
 * <p>{@code -Dtaffrail.kills=N} kills that often with each durability, several hundred times if you
 * like; {@code -Dtaffrail.seed=N} repeats the random choices (not the timing).
 */
class CrashIT {
    private static final int KILLS_SHORT = 3;
    private static final int KILLS_FULL = 150;
    private static final int OPERATIONS_MAX = 800;
    private static final long QUIET_MS = 1500;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"force", "page-cache"})
    @Timeout(value = 120, unit = TimeUnit.MINUTES)
    void whatClientsWereToldIsTrueAfterKills(String durability) throws Exception {
        long seed = Long.getLong("taffrail.seed", System.nanoTime());
        Random random = new Random(seed);
        Ledger ledger = new Ledger();
        // Small segments that retire at once, frequent snapshots and little memory for
        // transactions: kills meet rolling, publishing, retiring, deleting and staging too.
        try (BrokerProcess broker =
                new BrokerProcess(
                        folder,
                        durability,
                        "--set",
                        "journal.segmentBytes=32MiB",
                        "--set",
                        "journal.snapshotBytes=1MiB",
                        "--set",
                        "journal.youngBytes=0",
                        "--set",
                        "memory.transactionBytes=1KiB")) {
            broker.start();
            Load load = new Load(broker::connectionFactory, broker::awaitServing, ledger, seed);
            load.subscribe();
            load.start();
            StoreFiles files = new StoreFiles(folder.resolve("data"));
            for (int kill = 0; kill < kills(); kill++) {
                load.awaitProgress(1 + random.nextInt(OPERATIONS_MAX));
                broker.kill();
                files.look();
                broker.start();
                assertEquals(
                        List.of(), ledger.violationsSoFar(), () -> explain(seed, ledger, broker));
            }
            load.awaitProgress(OPERATIONS_MAX);
            load.stop();
            load.drain(QUIET_MS);
            files.look();
            assertEquals(List.of(), ledger.violations(), () -> explain(seed, ledger, broker));
            files.checkThatTheJournalMoved();
            System.out.println(
                    durability + ", " + kills() + " kills: " + ledger.summary() + ", " + files);
        }
    }

    private static String explain(long seed, Ledger ledger, BrokerProcess broker) {
        return "seed " + seed + ", " + ledger.summary() + "\n" + broker.log();
    }

    private static int kills() {
        boolean full = "full".equals(System.getProperty("taffrail.tests"));
        return Integer.getInteger("taffrail.kills", full ? KILLS_FULL : KILLS_SHORT);
    }
}
