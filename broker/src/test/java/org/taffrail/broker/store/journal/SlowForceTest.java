// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/** What waits for forces and other work on files, and what does not. */
class SlowForceTest {
    private final ArrayDeque<Runnable> forces = new ArrayDeque<>();
    private final ArrayDeque<Runnable> files = new ArrayDeque<>();
    private final FaultyFolder folder = new FaultyFolder();
    private StoreDriver driver;

    @BeforeEach
    void start() throws StoreException {
        Machine machine =
                new Machine(() -> 0, () -> 42, files::add, Runnable::run, forces::add, () -> {});
        JournalOptions options = JournalOptions.DEFAULT.with(JournalOptions.ForceWay.THREADS);
        driver = new StoreDriver(new JournalStore(folder, options, machine)).start();
    }

    private void forceOne() {
        forces.remove().run();
        driver.store().poll(driver);
    }

    @Test
    void relaxedBatchesAreCompleteWhenTheyAreWritten() throws StoreException {
        driver.append(Batches.at(1).run(1, "a"));
        driver.append(Batches.relaxedAt(1).run(2, "b"));
        driver.append(Batches.at(1).run(1, "c"));
        driver.append(Batches.relaxedAt(1).run(2, "d"));
        driver.store().poll(driver);
        assertEquals(List.of(2L, 4L), driver.completionOrder);

        forceOne();

        assertEquals(List.of(2L, 4L, 1L, 3L), driver.completionOrder);
    }

    @Test
    void batchesThatMustSurviveCompleteInOrderWithSeveralForcesUnderWay() throws StoreException {
        driver.append(Batches.at(1).run(1, "a"));
        driver.store().poll(driver);
        driver.append(Batches.at(1).run(1, "b"));
        driver.store().poll(driver);
        assertEquals(2, forces.size());
        Runnable first = forces.remove();

        forceOne();
        assertEquals(List.of(), driver.completionOrder);

        first.run();
        driver.store().poll(driver);
        assertEquals(List.of(1L, 2L), driver.completionOrder);
    }

    @Test
    void aSnapshotCountsOnceRelaxedBatchesThatItKnowsOfAreForced() throws StoreException {
        driver.append(Batches.at(1).event("a"));
        driver.store().poll(driver);
        forceOne();
        driver.append(Batches.relaxedAt(1).run(2, "b"));
        driver.store().poll(driver);
        driver.snapshot(Map.of(1L, 1L));
        driver.store().poll(driver);
        finishFiles();
        StoreDriver early = recover();
        assertEquals(Map.of(), early.parts);

        forceOne();
        finishFiles();

        assertEquals(Map.of(1L, "1 state1"), recover().parts);
    }

    @Test
    void bytesAreCountedFromASnapshotThatIsStillOnItsWay() throws StoreException {
        driver.append(Batches.at(1).event("a".repeat(10_000)));
        driver.store().poll(driver);
        forceOne();
        assertTrue(driver.store().bytesSinceSnapshot() >= 10_000);

        driver.snapshot(Map.of(1L, 1L));

        assertFalse(files.isEmpty());
        assertEquals(0, driver.store().bytesSinceSnapshot());
        driver.append(Batches.at(1).event("b".repeat(5_000)));
        assertEquals(5_000, driver.store().bytesSinceSnapshot());
        finishFiles();
        assertEquals(5_000, driver.store().bytesSinceSnapshot());
    }

    private void finishFiles() {
        while (!files.isEmpty()) {
            files.remove().run();
            driver.store().poll(driver);
        }
    }

    private StoreDriver recover() throws StoreException {
        JournalOptions options = JournalOptions.DEFAULT.with(JournalOptions.ForceWay.INLINE);
        return new StoreDriver(
                        new JournalStore(folder.afterKill(), options, Machine.callersThread(42)))
                .start();
    }
}
