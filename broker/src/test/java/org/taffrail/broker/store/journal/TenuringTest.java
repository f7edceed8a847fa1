// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.tenured.Tenured;
import org.taffrail.broker.store.tenured.TenuredSizes;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** What retires from the journal, into what files, and what happens where that goes wrong. */
@Timeout(300)
class TenuringTest {
    private static final TenuredSizes SIZES = new TenuredSizes(40 << 10, 90 << 10, 3);

    private static final JournalOptions OPTIONS =
            JournalOptions.DEFAULT
                    .with(JournalOptions.ForceWay.INLINE)
                    .withSizes(1 << 16, 1 << 14)
                    .withTenure(0, SIZES);

    private final FaultyFolder folder = new FaultyFolder();

    /** What each partition has, by the offset. */
    private final TreeMap<Long, TreeMap<Long, String>> written = new TreeMap<>();

    private static StoreDriver start(FaultyFolder folder) throws StoreException {
        return new StoreDriver(new JournalStore(folder, OPTIONS, Machine.callersThread(42)))
                .start();
    }

    /** Appends a run of so many bytes, and notes it as soon as it is complete. */
    private void append(StoreDriver driver, long partition, int bytes) throws StoreException {
        Batches batch =
                Batches.at(1000 + driver.completed.size()).run(partition, "x".repeat(bytes));
        driver.append(batch);
        driver.store().poll(driver);
        if (driver.failure() != null) {
            throw driver.failure();
        }
        byte[] run = Batches.runsOf(batch.build()).get(0);
        written.computeIfAbsent(partition, id -> new TreeMap<>())
                .put(RunLayout.offset(run, 0), Batches.describe(run));
    }

    /** Has all that is complete retire, but what is below an offset in each partition. */
    private static void retire(StoreDriver driver, Map<Long, Long> neededFrom)
            throws StoreException {
        driver.snapshot(Map.of(1L, driver.completed.lastKey()));
        driver.store().poll(driver);
        driver.store()
                .discard(
                        (partition, first, last) ->
                                last >= neededFrom.getOrDefault(partition, Long.MAX_VALUE));
        assertFalse(driver.store().discarding());
        driver.store().poll(driver);
        driver.store().poll(driver);
    }

    private static List<String> names(FaultyFolder folder, String start) {
        return folder.list().stream().filter(name -> name.startsWith(start)).toList();
    }

    private static long count(FaultyFolder folder, String start, String end) {
        return names(folder, start).stream().filter(name -> name.endsWith(end)).count();
    }

    @Test
    void movesWhatIsNeededOutOfTheJournalAndFindsItThere() throws StoreException {
        StoreDriver driver = start(folder);
        for (int i = 0; i < 40; i++) {
            append(driver, i % 5, 5000);
        }
        assertTrue(count(folder, "segment-", ".journal") > 3);

        retire(driver, Map.of(0L, 0L, 1L, 0L, 3L, 4L));

        assertTrue(count(folder, "segment-", ".journal") <= 3, names(folder, "").toString());
        assertEquals(1, names(folder, "tenured-").size(), names(folder, "").toString());
        for (StoreDriver each : List.of(driver, start(folder.afterKill()))) {
            assertEquals(values(0, 0), each.read(0, 0, Integer.MAX_VALUE));
            assertEquals(values(1, 0), each.read(1, 0, Integer.MAX_VALUE));
            assertEquals(values(3, 4), each.read(3, 4, Integer.MAX_VALUE));
        }
    }

    private List<String> values(long partition, long from) {
        return List.copyOf(written.get(partition).tailMap(from).values());
    }

    @Test
    void givesAPartitionWithMuchFilesOfItsOwn() throws StoreException {
        StoreDriver driver = start(folder);
        for (int i = 0; i < 60; i++) {
            append(driver, i % 3 == 0 ? 1 + i % 2 : 7, 5000);
        }

        retire(driver, Map.of(1L, 0L, 2L, 0L, 7L, 0L));

        // 1 and 2 have 50,000 bytes each or more, and 7 too much for one file
        List<String> files = names(folder, "tenured-");
        assertTrue(files.size() >= 4, files.toString());
        StoreDriver next = start(folder.afterPowerLoss(new Random(1)));
        assertEquals(values(7, 0), next.read(7, 0, Integer.MAX_VALUE));
        assertEquals(values(1, 0), next.read(1, 0, Integer.MAX_VALUE));
    }

    @Test
    void mergesManySmallFilesIntoOne() throws StoreException {
        StoreDriver driver = start(folder);
        int most = 0;
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 12; i++) {
                append(driver, i < 6 ? i : 2 + i % 4, i < 6 ? 200 : 8000);
            }
            Map<Long, Long> needed = new TreeMap<>();
            for (long partition = 0; partition < 6; partition++) {
                needed.put(partition, partition < 2 ? 0 : written.get(partition).lastKey());
            }
            retire(driver, needed);
            most = Math.max(most, names(folder, "tenured-").size());
        }

        assertTrue(most < 12, most + " files at once");
        assertEquals(values(0, 0), driver.read(0, 0, Integer.MAX_VALUE));
        assertEquals(values(1, 0), start(folder.afterKill()).read(1, 0, Integer.MAX_VALUE));
    }

    @Test
    void writesAFileAnewWhenLessThanHalfOfItIsNeededAndDeletesItWhenNothingIs()
            throws StoreException {
        StoreDriver driver = start(folder);
        for (int i = 0; i < 24; i++) {
            append(driver, i % 2, 3000);
        }
        retire(driver, Map.of(0L, 0L, 1L, 0L));
        long before = bytes("tenured-");

        retire(driver, Map.of(0L, 10L));

        assertTrue(bytes("tenured-") < before / 2, bytes("tenured-") + " of " + before);
        assertEquals(values(0, 10), driver.read(0, 10, Integer.MAX_VALUE));
        retire(driver, Map.of());
        assertEquals(List.of(), names(folder, "tenured-"));
        append(driver, 0, 10);
        List<String> left = driver.read(0, 0, Integer.MAX_VALUE);
        assertEquals(values(0, 12), left.subList(left.size() - 1, left.size()));
    }

    private long bytes(String start) {
        return names(folder, start).stream().mapToLong(name -> folder.content(name).length).sum();
    }

    @Test
    void readsInPortionsFromAnywhereWhateverIsWhere() throws StoreException {
        for (long seed = 0; seed < 20; seed++) {
            TenuringTest other = new TenuringTest();
            try {
                other.readInPortions(new Random(seed));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private void readInPortions(Random random) throws StoreException {
        StoreDriver driver = start(folder);
        for (int i = 0; i < 150; i++) {
            append(driver, random.nextInt(3), random.nextInt(6000));
            if (random.nextInt(25) == 0) {
                retire(driver, Map.of(0L, 0L, 1L, 0L, 2L, 0L));
            }
        }
        for (Map.Entry<Long, TreeMap<Long, String>> partition : written.entrySet()) {
            long from = random.nextInt(partition.getValue().size());
            List<String> read = new ArrayList<>();
            long next = from;
            while (next <= partition.getValue().lastKey()) {
                int bytesMax = random.nextInt(20_000);
                List<String> portion = driver.read(partition.getKey(), next, bytesMax);
                assertFalse(portion.isEmpty());
                read.addAll(portion);
                next += portion.size();
            }
            assertEquals(values(partition.getKey(), from), read);
        }
    }

    @Test
    void readsWhatIsWantedFromWhereverItIs() throws StoreException {
        for (int seed = 0; seed < 40; seed++) {
            TenuringTest other = new TenuringTest();
            try {
                other.readSome(new Random(seed));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private void readSome(Random random) throws StoreException {
        StoreDriver driver = start(folder);
        for (int i = 0; i < 150; i++) {
            append(driver, random.nextInt(3), random.nextInt(6000));
            if (random.nextInt(25) == 0) {
                retire(driver, Map.of(0L, 0L, 1L, 0L, 2L, 0L));
            }
        }
        for (Map.Entry<Long, TreeMap<Long, String>> partition : written.entrySet()) {
            long last = partition.getValue().lastKey() - random.nextInt(3);
            TreeSet<Long> wanted = new TreeSet<>();
            for (long offset = 0; offset <= last; offset++) {
                if (offset == last || random.nextInt(4) == 0) {
                    wanted.add(offset);
                }
            }
            TreeSet<Long> left = new TreeSet<>(wanted);
            while (!left.isEmpty()) {
                int bytesMax = random.nextInt(20_000);
                List<byte[]> runs =
                        driver.readRuns(
                                partition.getKey(), left.first(), bytesMax, new Among(wanted));
                assertFalse(runs.isEmpty());
                for (byte[] run : runs) {
                    assertEquals(left.pollFirst(), RunLayout.offset(run, 0));
                }
            }
        }
    }

    /** Wants the offsets of a set. */
    private record Among(TreeSet<Long> offsets) implements Store.Wanted {
        @Override
        public boolean any(long firstOffset, long lastOffset) {
            Long next = offsets.ceiling(firstOffset);
            return next != null && next <= lastOffset;
        }

        @Override
        public long upToOffset() {
            return offsets.last();
        }

        @Override
        public long records() {
            return offsets.size();
        }
    }

    @Test
    void noticesEveryFlippedBitOfATenuredFileOrIsNotMisledByIt() throws StoreException {
        StoreDriver driver = start(folder);
        for (int i = 0; i < 30; i++) {
            append(driver, i < 12 ? i % 3 : 5, i < 12 ? 100 : 10_000);
        }
        retire(driver, Map.of(0L, 0L, 1L, 0L, 2L, 2L));
        append(driver, 0, 10);
        String name = names(folder, "tenured-").get(0);
        int refused = 0;
        int length = folder.content(name).length;
        for (int at = 0; at < length; at++) {
            FaultyFolder flipped = folder.afterKill();
            flipped.content(name)[at] ^= (byte) (1 << at % 8);
            try {
                StoreDriver after = start(flipped);
                assertEquals(values(0, 0), after.read(0, 0, Integer.MAX_VALUE));
                assertEquals(values(1, 0), after.read(1, 0, Integer.MAX_VALUE));
                assertEquals(values(2, 2), after.read(2, 2, Integer.MAX_VALUE));
            } catch (StoreException e) {
                check(e, name);
                refused++;
            } catch (AssertionError e) {
                if (!(e.getCause() instanceof StoreException damage)) {
                    throw e;
                }
                check(damage, name);
                refused++;
            }
        }
        // a bit of the index that nobody needs to find a run is the only exception
        assertTrue(refused > length - 100, refused + " of " + length);
    }

    private static void check(StoreException thrown, String name) {
        assertEquals(StoreException.Kind.CORRUPT, thrown.kind(), thrown.toString());
        assertTrue(thrown.getMessage().contains(name), thrown.getMessage());
    }

    @Test
    void refusesAFolderWithoutATenuredFileThatCounts() throws StoreException {
        StoreDriver driver = start(folder);
        for (int i = 0; i < 40; i++) {
            append(driver, 0, 5000);
        }
        retire(driver, Map.of(0L, 0L));
        FaultyFolder without = folder.afterKill();
        String name = names(without, "tenured-").get(0);
        without.remove(name);
        try {
            start(without);
            throw new AssertionError("it was not missed");
        } catch (StoreException e) {
            check(e, name);
        }
    }

    @Test
    void staysAsItIsWhenThereIsNoRoomAndGoesOnWhenThereIs() throws StoreException {
        StoreDriver driver = start(folder);
        for (int i = 0; i < 40; i++) {
            append(driver, i % 2, 5000);
        }
        folder.room(folder.usedBytes() + 60_000);

        retire(driver, Map.of(0L, 0L));

        assertEquals(List.of(), names(folder, "tenured-"));
        assertEquals(values(0, 0), driver.read(0, 0, Integer.MAX_VALUE));
        folder.room(Long.MAX_VALUE);
        append(driver, 1, 10);
        retire(driver, Map.of(0L, 0L));
        assertFalse(names(folder, "tenured-").isEmpty());
        assertEquals(values(0, 0), driver.read(0, 0, Integer.MAX_VALUE));
    }

    @Test
    void closesInOrderWhileAMergeFindsNoRoom() throws StoreException {
        StoreDriver driver = start(folder);
        for (int i = 0; i < 40; i++) {
            append(driver, i % 2, 5000);
        }
        driver.snapshot(Map.of(1L, driver.completed.lastKey()));
        driver.store().poll(driver);
        driver.store().poll(driver);
        folder.room(folder.usedBytes() + 20_000);
        driver.store().discard((partition, first, last) -> true);

        driver.store().close();

        assertEquals(List.of(), names(folder, "tenured-"));
        StoreDriver after = start(folder.afterKill());
        assertTrue(((JournalStore) after.store()).recoveryReport().clean());
        assertEquals(values(0, 0), after.read(0, 0, Integer.MAX_VALUE));
    }

    @Test
    void removesTenuredFilesThatDoNotCount() throws StoreException {
        start(folder).store().close();
        folder.put(Tenured.name(9), new byte[] {1, 2, 3});

        start(folder);

        assertEquals(List.of(), names(folder, "tenured-"));
    }
}
