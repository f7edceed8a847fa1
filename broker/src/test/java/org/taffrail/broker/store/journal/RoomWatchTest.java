// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.file.DiskSpace;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.broker.store.StoreNotice.Room;
import org.taffrail.broker.store.tenured.TenuredSizes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the store says of the room on its disk, and how little of it it takes where it is short. */
class RoomWatchTest {
    private static final long MIB = 1 << 20;
    private static final long RESERVE = 8 * MIB;
    private static final long SECOND_NS = 1_000_000_000L;

    private static final JournalOptions OPTIONS =
            JournalOptions.DEFAULT
                    .with(JournalOptions.ForceWay.INLINE)
                    .withSizes(4 * MIB, 1 << 20)
                    .withReserve(RESERVE);

    private final FaultyFolder folder = new FaultyFolder();
    private final List<StoreNotice> notices = new ArrayList<>();
    private final List<StoreNotice> scarce = new ArrayList<>();
    private final ArrayDeque<Runnable> forces = new ArrayDeque<>();
    private long nowNs;
    private long forceNs;
    private Store store;
    private StoreException failure;

    private final Store.Listener listener =
            new Store.Listener() {
                @Override
                public void completed(long sequence, Batch batch) {}

                @Override
                public void failed(long sequence, StoreException cause) {
                    failure = cause;
                }

                @Override
                public void read(long partition, long fromOffset, List<byte[]> runs) {}

                @Override
                public void noticed(StoreNotice notice) {
                    (notice instanceof StoreNotice.Scarce ? scarce : notices).add(notice);
                }
            };

    private StoreDriver start(JournalOptions options) throws StoreException {
        Machine machine =
                new Machine(
                        () -> nowNs += forceNs / 2,
                        () -> 42,
                        Runnable::run,
                        Runnable::run,
                        forces::add,
                        () -> {});
        store = new JournalStore(folder, options, machine);
        return new StoreDriver(store).start();
    }

    private void secondPasses() {
        nowNs += SECOND_NS;
        poll();
    }

    private void poll() {
        store.poll(listener);
        store.poll(listener);
    }

    private void free(long bytes) {
        folder.room(folder.usedBytes() + bytes);
    }

    @Test
    void saysWhenRoomBecomesShortAndWhenThereIsEnoughAgain() throws StoreException {
        start(OPTIONS);
        poll();
        assertEquals(List.of(), notices);

        free(RESERVE - 1);
        secondPasses();
        secondPasses();
        assertEquals(List.of(new Room(true, RESERVE - 1, RESERVE)), notices);

        free(RESERVE + RESERVE / 8 - 1);
        secondPasses();
        assertEquals(1, notices.size(), "a little more is not enough yet");

        free(RESERVE + RESERVE / 8);
        secondPasses();
        assertEquals(new Room(false, RESERVE + RESERVE / 8, RESERVE), notices.get(1));
    }

    @Test
    void saysSoAfterAStartThatFindsItShort() throws StoreException {
        start(OPTIONS);
        store.close();
        free(MIB);
        start(OPTIONS);
        poll();

        assertEquals(1, notices.size());
        assertTrue(((Room) notices.get(0)).isShort(), notices.toString());
    }

    @Test
    void looksOnceASecond() throws StoreException {
        start(OPTIONS);
        free(10);
        nowNs += SECOND_NS - 1;
        poll();
        assertEquals(List.of(), notices);

        nowNs += 1;
        poll();
        assertEquals(1, notices.size());
    }

    @Test
    void looksAgainWhenASegmentWasPrepared() throws StoreException {
        start(OPTIONS);
        free(RESERVE + MIB);
        while (notices.isEmpty()) {
            store.append(Batches.at(1).event("x".repeat(100_000)).build());
            poll();
        }

        assertTrue(((Room) notices.get(0)).freeBytes() < RESERVE, notices.toString());
    }

    @Test
    void reservesAPartOfTheDiskUnlessTold() {
        assertEquals(1L << 30, DiskSpace.automaticReserve(Long.MAX_VALUE));
        assertEquals(512 * MIB, DiskSpace.automaticReserve(20 * 512 * MIB));
        assertEquals(32 * MIB, DiskSpace.automaticReserve(200 * MIB));
        assertEquals(16 * MIB, DiskSpace.automaticReserve(64 * MIB));
    }

    @Test
    void segmentsBecomeSmallAsRoomDoesSoThatTheReserveLasts() throws StoreException {
        start(OPTIONS);
        free(RESERVE);
        secondPasses();
        int segments = 0;
        try {
            while (segments < 1000) {
                store.append(Batches.at(1).event("x".repeat(100_000)).build());
                poll();
                segments =
                        (int)
                                folder.list().stream()
                                        .filter(name -> name.endsWith(".journal"))
                                        .count();
            }
        } catch (StoreException e) {
            assertEquals(StoreException.Kind.FULL, e.kind());
        }

        assertTrue(segments > 16, segments + " segments");
        assertNull(failure);
    }

    @Test
    void mergesOnlyWhatFits() throws StoreException {
        JournalOptions options =
                JournalOptions.DEFAULT
                        .with(JournalOptions.ForceWay.INLINE)
                        .withSizes(1 << 16, 1 << 14)
                        .withTenure(0, new TenuredSizes(40 << 10, 90 << 10, 3));
        StoreDriver driver = start(options);
        for (int i = 0; i < 100; i++) {
            driver.appendAndAwait(Batches.at(1).run(7, "x".repeat(5000)));
        }
        long before = segments();
        free(300_000);
        secondPasses();

        retire(driver);
        long after = segments();
        assertTrue(after < before && after > 2, before + " segments, then " + after);
        assertEquals(0, notices.stream().filter(StoreNotice.NoRoomFor.class::isInstance).count());
        assertEquals(100, driver.readRuns(7, 0, Integer.MAX_VALUE).size());

        free(Long.MAX_VALUE / 2);
        secondPasses();
        retire(driver);
        assertTrue(segments() <= 2, segments() + " segments");
        assertEquals(100, driver.readRuns(7, 0, Integer.MAX_VALUE).size());
    }

    @Test
    void saysThatNothingFits() throws StoreException {
        JournalOptions options =
                JournalOptions.DEFAULT
                        .with(JournalOptions.ForceWay.INLINE)
                        .withSizes(1 << 16, 1 << 14)
                        .withTenure(0, new TenuredSizes(40 << 10, 90 << 10, 3));
        StoreDriver driver = start(options);
        for (int i = 0; i < 40; i++) {
            driver.appendAndAwait(Batches.at(1).run(7, "x".repeat(5000)));
        }
        long before = segments();
        free(20_000);
        secondPasses();
        retire(driver);
        poll();

        assertEquals(before, segments());
        StoreNotice.NoRoomFor merge = (StoreNotice.NoRoomFor) notices.get(1);
        assertEquals("merge", merge.what());
    }

    private void retire(StoreDriver driver) throws StoreException {
        driver.snapshot(Map.of(1L, driver.completed.lastKey()));
        store.poll(listener);
        store.discard((partition, first, last) -> true);
        assertFalse(store.discarding());
        store.poll(listener);
        store.poll(listener);
        store.poll(listener);
    }

    private long segments() {
        return folder.list().stream().filter(name -> name.endsWith(".journal")).count();
    }

    @Test
    void tellsOfALongForceOnceAMinute() throws StoreException {
        start(OPTIONS);
        forceNs = 3 * SECOND_NS;
        for (int i = 0; i < 5; i++) {
            store.append(Batches.at(1).event("a").build());
            poll();
        }
        assertEquals(1, slowForces(), notices.toString());
        nowNs += 60 * SECOND_NS;
        store.append(Batches.at(1).event("a").build());
        poll();
        assertEquals(2, slowForces(), notices.toString());
    }

    @Test
    void tellsOfAForceThatDoesNotEnd() throws StoreException {
        start(OPTIONS.with(JournalOptions.ForceWay.THREADS));
        store.append(Batches.at(1).event("a").build());
        poll();
        assertEquals(1, forces.size());
        secondPasses();
        poll();

        assertEquals(1, slowForces(), notices.toString());
    }

    private long slowForces() {
        return notices.stream().filter(StoreNotice.SlowForce.class::isInstance).count();
    }

    @Test
    void aWriteInPlaceThatFindsNoRoomIsAFullDisk() throws StoreException {
        start(OPTIONS);
        folder.full(true);
        store.append(Batches.at(1).event("a").build());
        poll();

        assertEquals(StoreException.Kind.FULL, failure.kind());
    }

    @Test
    void aFolderThatBecomesReadOnlyNamesTheFile() throws StoreException {
        start(OPTIONS);
        folder.readOnly(true);
        store.append(Batches.at(1).event("a").build());
        poll();

        assertEquals(StoreException.Kind.IO, failure.kind());
        assertTrue(failure.getMessage().contains("Read-only file system"), failure.getMessage());
        assertTrue(failure.getMessage().contains("segment-"), failure.getMessage());
    }
}
