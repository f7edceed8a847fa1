// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.wire.record.RunCheck;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The rules of {@link Store}, which every implementation passes. */
public abstract class StoreContract {
    static final int MEBIBYTE = 1 << 20;

    private final List<Store> opened = new ArrayList<>();

    /** The live owner. */
    protected StoreDriver driver;

    /** Opens one more store, unclaimed, over the medium of this test. */
    protected abstract Store open() throws StoreException;

    @BeforeEach
    void start() throws StoreException {
        driver = drive();
        driver.start();
    }

    @AfterEach
    void closeAll() {
        opened.forEach(Store::close);
    }

    private StoreDriver drive() throws StoreException {
        Store store = open();
        opened.add(store);
        return new StoreDriver(store);
    }

    /** Closes the live owner and lets the next one recover. */
    protected void restart() throws StoreException {
        driver.store().close();
        driver = drive();
        driver.start();
    }

    @Test
    void countsItsOwnersFromOne() throws StoreException {
        assertEquals(1, driver.incarnation());
        restart();
        assertEquals(2, driver.incarnation());
        restart();
        assertEquals(3, driver.incarnation());
    }

    @Test
    void hasNothingAtFirst() {
        assertTrue(driver.recovered.isEmpty());
        assertTrue(driver.parts.isEmpty());
        assertEquals(0, driver.store().bytesSinceSnapshot());
        assertEquals(List.of(), driver.read(1, 0, MEBIBYTE));
    }

    @Test
    void countsBatchesFromOneWithoutGaps() throws StoreException {
        assertEquals(1, driver.append(Batches.at(10).event("a")));
        assertEquals(2, driver.append(Batches.relaxedAt(10).run(1, "b")));
        assertEquals(3, driver.append(Batches.at(10).event("c").run(1, "d")));
        driver.awaitCompleted(3);
        restart();
        assertEquals(4, driver.append(Batches.at(11).event("e")));
    }

    @Test
    void completesInTheOrderOfTheSequences() throws StoreException {
        for (int i = 0; i < 100; i++) {
            driver.append(Batches.at(i).event("event" + i).run(i % 3, "body" + i));
        }
        driver.awaitCompleted(100);
        for (int i = 0; i < 100; i++) {
            assertEquals(i + 1L, driver.completionOrder.get(i));
        }
    }

    @Test
    void completesPatientBatchesWithLaterOnesAndWhenHurried() throws StoreException {
        driver.append(patient("first"));
        driver.append(patient("second"));
        driver.awaitCompleted(driver.append(Batches.at(10).event("third")));
        assertEquals(List.of(1L, 2L, 3L), driver.completionOrder);
        long last = driver.append(patient("fourth"));
        driver.store().hurry(last);
        driver.awaitCompleted(last);
        Map<Long, String> before = driver.completed;
        restart();
        assertEquals(before, driver.recovered);
    }

    private static Batches patient(String event) {
        Batches batch = Batches.at(10).event(event);
        batch.build().patient(true);
        return batch;
    }

    @Test
    void givesEachPartitionOffsetsFromZero() throws StoreException {
        Batch batch = Batches.at(10).run(1, "a", "b").run(2, "c").run(1, "d").build();
        driver.awaitCompleted(driver.store().append(batch));
        List<byte[]> runs = Batches.runsOf(batch);
        assertEquals(0, RunLayout.offset(runs.get(0), 0));
        assertEquals(0, RunLayout.offset(runs.get(1), 0));
        assertEquals(2, RunLayout.offset(runs.get(2), 0));
        Batch next = Batches.at(11).run(2, "e").run(1, "f").build();
        driver.awaitCompleted(driver.store().append(next));
        runs = Batches.runsOf(next);
        assertEquals(1, RunLayout.offset(runs.get(0), 0));
        assertEquals(3, RunLayout.offset(runs.get(1), 0));
    }

    @Test
    void stampsRunsWithTimeAndIncarnation() throws StoreException {
        restart();
        Batch batch = Batches.at(12345).run(9, "a").build();
        driver.awaitCompleted(driver.store().append(batch));
        byte[] run = Batches.runsOf(batch).get(0);
        RunCheck.check(run, 0, run.length);
        RunCheck.checkStamp(run, 0);
        assertEquals(9, RunLayout.partition(run, 0));
        assertEquals(12345, RunLayout.appendTimeMs(run, 0));
        assertEquals(2, RunLayout.incarnation(run, 0));
    }

    @Test
    void recoversWhatWasCompletedByteForByte() throws StoreException {
        driver.append(Batches.at(10).event("one").run(1, "a", "b").run(2, "c"));
        driver.append(Batches.at(11).event("two"));
        driver.append(Batches.at(12).run(2, "d".repeat(100_000)));
        driver.append(Batches.at(13).event("e".repeat(100_000)));
        driver.awaitCompleted(4);
        Map<Long, String> before = driver.completed;
        restart();
        assertEquals(before, driver.recovered);
    }

    @Test
    void keepsOrderAndMarkOfRelaxedBatches() throws StoreException {
        driver.append(Batches.at(10).run(1, "a"));
        driver.append(Batches.relaxedAt(11).run(1, "b"));
        driver.append(Batches.at(12).run(1, "c"));
        driver.awaitCompleted(3);
        Map<Long, String> before = driver.completed;
        restart();
        assertEquals(before, driver.recovered);
        assertTrue(driver.recovered.get(2L).startsWith("relaxed "));
    }

    @Test
    void goesOnWithOffsetsAfterARestart() throws StoreException {
        driver.appendAndAwait(Batches.at(10).run(1, "a", "b", "c"));
        restart();
        Batch batch = Batches.at(11).run(1, "d").build();
        driver.awaitCompleted(driver.store().append(batch));
        assertEquals(3, RunLayout.offset(Batches.runsOf(batch).get(0), 0));
    }

    @Test
    void refusesABatchThatIsTooLargeAndGoesOn() throws StoreException {
        int bytes = driver.store().batchBytesMax() + 1;
        Batches tooLarge = Batches.at(10);
        tooLarge.build().events().reserve(bytes);
        tooLarge.build().events().length(bytes);
        StoreException thrown = assertThrows(StoreException.class, () -> driver.append(tooLarge));
        assertEquals(StoreException.Kind.LIMIT, thrown.kind());
        assertEquals(1, driver.appendAndAwait(Batches.at(11).event("a")));
    }

    @Test
    void takesABatchOfTheLargestSize() throws StoreException {
        driver.appendAndAwait(Batches.at(9).run(1, "first"));
        int bytes = driver.store().batchBytesMax();
        Batches largest = Batches.at(10);
        largest.build().events().reserve(bytes);
        largest.build().events().length(bytes);
        driver.appendAndAwait(largest);
        driver.appendAndAwait(Batches.at(11).run(1, "last"));
        Map<Long, String> before = driver.completed;
        restart();
        assertEquals(before, driver.recovered);
    }

    @Test
    void saysWhenThereIsSomethingToPoll() throws StoreException {
        restart();
        AtomicInteger calls = new AtomicInteger();
        driver.store().onReady(calls::incrementAndGet);
        driver.appendAndAwait(Batches.at(10).event("a"));
        assertTrue(calls.get() > 0);
        int before = calls.get();
        driver.read(1, 0, 100);
        // the answer may be there a moment before it is told of
        driver.until(() -> calls.get() > before);
        assertEquals(0, driver.store().poll(driver));
    }

    @Test
    void readsFromAnOffset() throws StoreException {
        driver.append(Batches.at(10).run(1, "a", "b").run(2, "x"));
        driver.append(Batches.at(11).run(1, "c"));
        driver.appendAndAwait(Batches.at(12).run(2, "y").run(1, "d", "e", "f"));
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(0L, 2L, 3L), offsets(driver.readRuns(1, 0, MEBIBYTE)));
            assertEquals(List.of(0L, 2L, 3L), offsets(driver.readRuns(1, 1, MEBIBYTE)));
            assertEquals(List.of(2L, 3L), offsets(driver.readRuns(1, 2, MEBIBYTE)));
            assertEquals(List.of(3L), offsets(driver.readRuns(1, 5, MEBIBYTE)));
            assertEquals(List.of(), offsets(driver.readRuns(1, 6, MEBIBYTE)));
            assertEquals(List.of(0L, 1L), offsets(driver.readRuns(2, 0, MEBIBYTE)));
            assertEquals(List.of(), offsets(driver.readRuns(3, 0, MEBIBYTE)));
            restart();
        }
    }

    @Test
    void readsAboutAsMuchAsAskedForAndAtLeastOneRun() throws StoreException {
        for (int i = 0; i < 10; i++) {
            driver.append(Batches.at(10).run(1, "x".repeat(1000)));
        }
        driver.awaitCompleted(10);
        assertEquals(List.of(4L), offsets(driver.readRuns(1, 4, 1)));
        assertEquals(List.of(4L), offsets(driver.readRuns(1, 4, 0)));
        assertEquals(List.of(2L, 3L, 4L), offsets(driver.readRuns(1, 2, 3500)));
    }

    @Test
    void readsAllThatIsWantedAmongMuchThatIsNot() throws StoreException {
        for (int i = 0; i < 40; i++) {
            driver.append(Batches.at(10).run(1, "a".repeat(i * 20), "b").run(2, "x"));
        }
        driver.awaitCompleted(40);
        Store.Wanted everyTenth = new EveryTenth();
        for (int round = 0; round < 2; round++) {
            List<Long> found = new ArrayList<>();
            long next = 10;
            while (next <= 60) {
                List<byte[]> runs = driver.readRuns(1, next, 900, everyTenth);
                assertEquals(next, RunLayout.offset(runs.get(0), 0), "the first is what is wanted");
                for (byte[] run : runs) {
                    long offset = RunLayout.offset(run, 0);
                    if (offset % 10 == 0 && offset <= 60) {
                        found.add(offset);
                        next = offset + 10;
                    }
                }
            }
            assertEquals(List.of(10L, 20L, 30L, 40L, 50L, 60L), found);
            restart();
        }
    }

    /** Wants the offsets 0, 10, ... 60. */
    private static final class EveryTenth implements Store.Wanted {
        @Override
        public boolean any(long firstOffset, long lastOffset) {
            return firstOffset <= 60 && (firstOffset + 9) / 10 * 10 <= lastOffset;
        }

        @Override
        public long upToOffset() {
            return 60;
        }

        @Override
        public long records() {
            return 7;
        }
    }

    @Test
    void readsTheBytesThatWereStamped() throws StoreException {
        Batch batch = Batches.at(10).event("e").run(1, "a", "b").run(1, "c").build();
        driver.awaitCompleted(driver.store().append(batch));
        List<String> expected = Batches.runsOf(batch).stream().map(Batches::describe).toList();
        assertEquals(expected, driver.read(1, 0, MEBIBYTE));
        restart();
        assertEquals(expected, driver.read(1, 0, MEBIBYTE));
    }

    @Test
    void neverCompletesAnAppendOfAFencedOwner() throws StoreException {
        driver.appendAndAwait(Batches.at(1).event("a"));
        StoreDriver rival = drive();
        try {
            rival.start();
        } catch (StoreException e) {
            assertEquals(StoreException.Kind.HELD, e.kind());
            assertEquals(2, driver.appendAndAwait(Batches.at(2).event("b")));
            return;
        }
        StoreException thrown =
                assertThrows(StoreException.class, () -> driver.append(Batches.at(2).event("b")));
        assertEquals(StoreException.Kind.FENCED, thrown.kind());
        assertEquals(2, rival.appendAndAwait(Batches.at(2).event("c")));
        assertNull(driver.completed.get(2L));
    }

    @Test
    void takesNothingOnceClosed() throws StoreException {
        driver.store().close();
        driver.store().close();
        assertNotNull(
                assertThrows(StoreException.class, () -> driver.append(Batches.at(1).event("a"))));
    }

    @Test
    void equalsAModelThroughRandomHistories() throws StoreException {
        for (long seed = 1; seed <= 10; seed++) {
            try {
                runHistory(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private void runHistory(Random random) throws StoreException {
        TreeMap<Long, String> model = new TreeMap<>(driver.recovered);
        model.putAll(driver.completed);
        Map<Long, Long> nextOffsets = new HashMap<>();
        for (long partition = 0; partition < 5; partition++) {
            List<byte[]> all = driver.readRuns(partition, 0, Integer.MAX_VALUE);
            nextOffsets.put(partition, all.isEmpty() ? 0 : end(all.get(all.size() - 1)));
        }
        for (int step = 0; step < 60; step++) {
            int choice = random.nextInt(20);
            if (choice == 0) {
                long last = model.isEmpty() ? 0 : model.lastKey();
                restart();
                assertEquals(model, driver.recovered);
                model = new TreeMap<>(driver.recovered);
                assertEquals(last, model.isEmpty() ? 0 : model.lastKey());
            } else if (choice < 4) {
                long partition = random.nextInt(5);
                long end = nextOffsets.get(partition);
                long from = end == 0 ? 0 : random.nextInt((int) end);
                List<byte[]> runs = driver.readRuns(partition, from, 1 + random.nextInt(100_000));
                assertEquals(end == 0, runs.isEmpty());
                assertFalse(end > 0 && RunLayout.offset(runs.get(0), 0) > from);
            } else {
                appendSome(random, model, nextOffsets);
            }
        }
    }

    private void appendSome(Random random, Map<Long, String> model, Map<Long, Long> nextOffsets)
            throws StoreException {
        Map<Long, Batch> appended = new TreeMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Batches batch = random.nextInt(4) == 0 ? Batches.relaxedAt(1) : Batches.at(1);
            if (random.nextBoolean()) {
                batch.event("e".repeat(random.nextInt(5_000)));
            }
            for (int run = random.nextInt(4); run > 0; run--) {
                long partition = random.nextInt(5);
                batch.run(partition, "b".repeat(random.nextInt(5_000)), "c");
                nextOffsets.merge(partition, 2L, Long::sum);
            }
            appended.put(driver.append(batch), batch.build());
        }
        for (long sequence : appended.keySet()) {
            driver.awaitCompleted(sequence);
        }
        appended.forEach((sequence, batch) -> model.put(sequence, Batches.describe(batch)));
    }

    static long end(byte[] run) {
        return RunLayout.offset(run, 0) + RunLayout.count(run, 0);
    }

    private static List<Long> offsets(List<byte[]> runs) {
        return runs.stream().map(run -> RunLayout.offset(run, 0)).toList();
    }
}
