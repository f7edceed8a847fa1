// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.CrashMatrixContract;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.tenured.TenuredSizes;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The machine stops everywhere in a script in which all is done that a store does with files: a
 * start on nothing, after a kill and after a clean end, rolling, snapshots, promotion into tenured
 * files, merging and compaction of these, and giving up of all kinds. What is found is compared
 * with the model.
 */
class CrashMatrixTest extends CrashMatrixContract {
    private static final int PARTITIONS = 4;

    private static final JournalOptions OPTIONS =
            JournalOptions.DEFAULT
                    .with(JournalOptions.ForceWay.INLINE)
                    .withSizes(1 << 15, 1 << 13)
                    .withTenure(0, new TenuredSizes(6 << 10, 12 << 10, 2));

    private final StoreModel model = new StoreModel(PARTITIONS);

    CrashMatrixTest() {
        super(100);
    }

    @Override
    protected CrashMatrixContract another() {
        return new CrashMatrixTest();
    }

    private static StoreDriver start(FaultyFolder where) throws StoreException {
        return new StoreDriver(new JournalStore(where, OPTIONS, Machine.callersThread(42))).start();
    }

    private void append(StoreDriver driver, Batches batch) throws StoreException {
        long sequence = driver.append(batch);
        Batch built = batch.build();
        model.appended.put(sequence, built);
        model.owners.put(sequence, driver.incarnation());
        poll(driver);
        if (!built.relaxed()) {
            model.promised = Math.max(model.promised, driver.completed.lastKey());
        }
    }

    private static void poll(StoreDriver driver) throws StoreException {
        driver.store().poll(driver);
        if (driver.failure() != null) {
            throw driver.failure();
        }
    }

    /** Publishes a snapshot of two parts, and lets what is not needed go and the rest move. */
    private void retire(StoreDriver driver, Map<Long, Long> neededFrom) throws StoreException {
        long last = driver.completed.lastKey();
        model.planned = last;
        driver.snapshot(Map.of(1L, last, 2L, last));
        poll(driver);
        neededFrom.forEach(model.needed::put);
        driver.store()
                .discard(
                        (partition, first, end) -> end >= model.needed.getOrDefault(partition, 0L));
        for (int polls = 0; polls < 3; polls++) {
            poll(driver);
        }
    }

    @Override
    protected void script() throws StoreException {
        StoreDriver first = start(folder);
        append(first, Batches.at(1).event("a").stage(1, 2, "s".repeat(3000)));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 8; i++) {
                append(first, Batches.at(1).event("b").run(i % 2, "r".repeat(3500)));
            }
            retire(first, Map.of(0L, 2L * round));
        }
        append(first, Batches.relaxedAt(1).run(3, "volatile"));
        folder.release();

        StoreDriver afterKill = start(folder);
        append(afterKill, Batches.at(1).commit(1).run(2, "after"));
        append(afterKill, Batches.at(1).stage(2, 1, "t".repeat(2000)));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 8; i++) {
                append(afterKill, Batches.at(1).run(i % 3, "q".repeat(3000), "p"));
            }
            retire(afterKill, Map.of(0L, 16L, 1L, 8L * round));
        }
        append(afterKill, Batches.at(1).abort(2));
        afterKill.store().close();

        StoreDriver afterEnd = start(folder);
        for (int i = 0; i < 8; i++) {
            append(afterEnd, Batches.at(1).run(0, "z".repeat(3000)));
        }
        retire(afterEnd, Map.of(0L, 1000L, 1L, 1000L, 2L, 1000L, 3L, 1000L));
        retire(afterEnd, Map.of());
        afterEnd.store().close();
    }

    @Test
    void theScriptDoesAllThatAStoreDoesWithFiles() throws StoreException {
        script();

        Map<String, Integer> kinds = new TreeMap<>(folder.kindsOfOperations());
        for (String file :
                new String[] {
                    "segment.journal.tmp",
                    "segment.index",
                    "snapshot",
                    "tenured.log",
                    "manifest.tmp",
                    "epoch.tmp"
                }) {
            for (String operation : new String[] {"create ", "write ", "force "}) {
                assertTrue(kinds.getOrDefault(operation + file, 0) > 1, operation + file + kinds);
            }
        }
        for (String deleted :
                new String[] {"segment.journal", "segment.index", "snapshot", "tenured.log"}) {
            assertTrue(kinds.getOrDefault("delete " + deleted, 0) > 1, deleted + kinds);
        }
        for (String renamed : new String[] {"segment.journal.tmp", "manifest.tmp", "epoch.tmp"}) {
            assertTrue(kinds.getOrDefault("rename " + renamed, 0) > 1, renamed + kinds);
        }
        // a segment that is written to where it was prepared is known by its first name
        assertTrue(kinds.get("write segment.journal") > 3, kinds.toString());
        assertTrue(kinds.get("force segment.journal.tmp") > 20, kinds.toString());
        assertTrue(kinds.get("create tenured.log") > 4, "promoted and merged: " + kinds);
    }

    @Override
    protected void goOn(FaultyFolder left, Function<FaultyFolder, FaultyFolder> crash)
            throws StoreException {
        StoreDriver after = start(left);
        model.check(after);
        append(after, Batches.at(1).event("next").run(0, "n"));
        assertNull(after.failure());
        StoreDriver again = start(crash.apply(left));
        model.check(again);
        assertEquals(model.appended.lastKey(), again.completed.lastKey());
    }
}
