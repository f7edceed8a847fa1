// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.tenured.TenuredSizes;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random histories of appends, snapshots, discards, kills, power losses, full disks and failing
 * forces on a faulty folder, compared with a model. A failure names the seed. Each method takes
 * some seconds, and a busy machine a minute.
 */
@Timeout(300)
class JournalHistoryTest {
    private static final int PARTITIONS = 4;
    private static final int NEVER = 1 << 30;

    private static final JournalOptions FORCED =
            JournalOptions.DEFAULT.with(JournalOptions.ForceWay.INLINE).withSizes(1 << 16, 1 << 14);

    private final StoreModel model = new StoreModel(PARTITIONS);
    private FaultyFolder folder = new FaultyFolder();
    private JournalOptions options = FORCED;
    private StoreDriver driver;
    private int crashes;

    @Test
    void keepsItsPromisesThroughKillsAndPowerLosses() {
        int crashesInAll = 0;
        for (long seed = 0; seed < 300; seed++) {
            crashesInAll += run(seed, FORCED, true);
        }
        assertTrue(crashesInAll > 600, crashesInAll + " crashes");
    }

    @Test
    void keepsItsPromisesThroughKillsWithoutForces() {
        JournalOptions pageCache = FORCED.with(JournalOptions.Durability.PAGE_CACHE);
        for (long seed = 0; seed < 100; seed++) {
            run(seed, pageCache, false);
        }
    }

    /** Segments retire at once, and tenured files are small, so that all is done all the time. */
    @Test
    void keepsItsPromisesWhileSegmentsRetire() {
        JournalOptions eager = FORCED.withTenure(0, new TenuredSizes(8 << 10, 32 << 10, 3));
        for (long seed = 1000; seed < 1200; seed++) {
            run(seed, eager, true);
        }
    }

    private static int run(long seed, JournalOptions options, boolean powerLoss) {
        JournalHistoryTest history = new JournalHistoryTest();
        // what was written just now is read from the file, from memory, or what is left of it
        history.options = options.withCopies((int) (seed % 3) * 1000);
        try {
            history.live(new Random(seed), powerLoss);
        } catch (AssertionError | RuntimeException | StoreException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
        return history.crashes;
    }

    private void live(Random random, boolean powerLoss) throws StoreException {
        recover();
        for (int life = 0; life < 5; life++) {
            if (random.nextInt(3) == 0) {
                folder.stopAfter(random.nextInt(60));
            } else if (random.nextInt(4) == 0) {
                folder.failForceAfter(random.nextInt(10));
            } else if (random.nextInt(4) == 0) {
                folder.room(folder.usedBytes() + random.nextInt(200_000));
            }
            try {
                for (int step = random.nextInt(40); step > 0; step--) {
                    step(random);
                }
                if (random.nextInt(3) == 0) {
                    driver.store().close();
                }
            } catch (StoreException e) {
                assertNotNull(e.getMessage());
            }
            do {
                crash(random, powerLoss);
                if (random.nextInt(3) == 0) {
                    folder.stopAfter(random.nextInt(20));
                }
            } while (!tryRecover());
        }
        driver.store().close();
    }

    private void step(Random random) throws StoreException {
        int choice = random.nextInt(12);
        if (choice == 0) {
            snapshot(random);
        } else if (choice == 1) {
            for (long partition = 0; partition < PARTITIONS; partition++) {
                model.needed.merge(partition, (long) random.nextInt(20), Long::sum);
            }
            driver.store().discard((partition, first, last) -> last >= model.needed.get(partition));
        } else {
            append(random);
        }
        driver.store().poll(driver);
        if (!driver.completed.isEmpty()) {
            promise();
        }
        if (driver.failure() != null) {
            throw driver.failure();
        }
    }

    private void append(Random random) throws StoreException {
        for (int i = random.nextInt(3); i >= 0; i--) {
            Batches batch = random.nextInt(4) == 0 ? Batches.relaxedAt(1) : Batches.at(1);
            batch.event("e".repeat(random.nextInt(100)));
            for (int run = random.nextInt(3); run > 0; run--) {
                batch.run(random.nextInt(PARTITIONS), "b".repeat(random.nextInt(4000)), "c");
            }
            if (!batch.build().relaxed() && random.nextBoolean()) {
                addSteps(random, batch);
            }
            try {
                long sequence = driver.append(batch);
                model.appended.put(sequence, batch.build());
                model.owners.put(sequence, driver.incarnation());
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.FULL) {
                    throw e;
                }
                folder.room(Long.MAX_VALUE);
            }
        }
    }

    private void addSteps(Random random, Batches batch) {
        TreeMap<Long, List<byte[]>> open = StagedModel.of(model.appended, model.owners).open();
        int choice = random.nextInt(8);
        if (choice < 5 || open.isEmpty()) {
            long staging =
                    open.isEmpty() || random.nextBoolean() ? model.nextStaging++ : open.lastKey();
            for (int run = random.nextInt(3); run >= 0; run--) {
                String body = "s".repeat(random.nextInt(4000));
                batch.stage(staging, random.nextInt(PARTITIONS), body, "t");
            }
            choice = random.nextInt(10);
            if (choice == 0) {
                batch.commit(staging);
            }
        } else if (choice < 7) {
            batch.commit(open.firstKey()).run(random.nextInt(PARTITIONS), "after");
        } else {
            batch.abort(open.firstKey());
        }
    }

    private void snapshot(Random random) throws StoreException {
        long last = driver.completed.isEmpty() ? 0 : driver.completed.lastKey();
        long lowest = Math.max(model.planned, last - random.nextInt(5));
        try {
            driver.snapshot(Map.of(1L, lowest, 2L, last));
            model.planned = lowest;
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.FULL) {
                throw e;
            }
            folder.room(Long.MAX_VALUE);
        }
    }

    /** Relaxed batches are promised only once a later one that was forced is. */
    private void promise() {
        for (long sequence : driver.completed.descendingKeySet()) {
            boolean relaxed =
                    options.durability() == JournalOptions.Durability.FORCE
                            && model.appended.get(sequence).relaxed();
            if (!relaxed) {
                model.promised = Math.max(model.promised, sequence);
                return;
            }
        }
    }

    private void crash(Random random, boolean powerLoss) {
        crashes++;
        FaultyFolder before = folder;
        folder =
                powerLoss && random.nextBoolean()
                        ? before.afterPowerLoss(random)
                        : before.afterKill();
        before.stopAfter(0);
        driver.store().close();
    }

    private boolean tryRecover() throws StoreException {
        try {
            recover();
            return true;
        } catch (StoreException e) {
            if (!folder.stopped()) {
                throw e;
            }
            return false;
        }
    }

    private void recover() throws StoreException {
        JournalStore store = new JournalStore(folder, options, Machine.callersThread(42));
        driver = new StoreDriver(store);
        driver.start();
        folder.stopAfter(NEVER);
        model.check(driver);
    }
}
