// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.FilePrologue;
import org.taffrail.broker.store.format.SealedFile;
import org.taffrail.wire.ByteSink;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** What the store does when a disk is full, fails or is slow, and when a machine stops anywhere. */
class JournalFaultTest {
    private static final JournalOptions OPTIONS =
            JournalOptions.DEFAULT.with(JournalOptions.ForceWay.INLINE).withSizes(1 << 16, 1 << 14);

    private final FaultyFolder folder = new FaultyFolder();

    private static StoreDriver start(FaultyFolder folder) throws StoreException {
        return new StoreDriver(new JournalStore(folder, OPTIONS, Machine.callersThread(42)))
                .start();
    }

    @Test
    void trustsNothingAfterAFailedForce() throws StoreException {
        StoreDriver driver = start(folder);
        driver.appendAndAwait(Batches.at(1).event("a"));
        folder.failForceAfter(0);
        driver.append(Batches.at(2).event("b"));
        driver.append(Batches.at(2).event("c"));
        StoreException failure = driver.awaitFailure();
        assertEquals(StoreException.Kind.IO, failure.kind());
        assertSame(
                failure,
                assertThrows(StoreException.class, () -> driver.append(Batches.at(3).event("d"))));
        assertFalse(driver.completed.containsKey(2L));
        assertEquals(0, driver.store().poll(driver));

        // what the failed force left in memory is accepted, so it must be written once more
        FaultyFolder killed = folder.afterKill();
        StoreDriver next = start(killed);
        assertEquals(3, next.recovered.size());
        StoreDriver last = start(killed.afterPowerLoss(new Random(1)));
        assertEquals(next.recovered, last.recovered);
    }

    @Test
    void refusesCleanlyWhenTheDiskIsFullAndGoesOnWhenThereIsRoom() throws StoreException {
        StoreDriver driver = start(folder);
        folder.room(folder.usedBytes());
        StoreException refusal = null;
        long taken = 0;
        while (refusal == null) {
            try {
                driver.appendAndAwait(Batches.at(1).event("x".repeat(8000)));
                taken++;
            } catch (StoreException e) {
                refusal = e;
            }
        }
        assertEquals(StoreException.Kind.FULL, refusal.kind());
        assertTrue(taken >= 4, taken + " taken");
        assertEquals(
                StoreException.Kind.FULL,
                assertThrows(
                                StoreException.class,
                                () -> driver.append(Batches.at(1).event("x".repeat(8000))))
                        .kind());
        folder.room(Long.MAX_VALUE);
        for (int i = 0; i < 20; i++) {
            assertEquals(++taken, driver.appendAndAwait(Batches.at(1).event("x".repeat(8000))));
        }
        driver.store().close();
        assertEquals(taken, start(folder).recovered.size());
    }

    @Test
    void keepsTheLastSnapshotWhenThereIsNoRoomForTheNext() throws StoreException {
        StoreDriver driver = start(folder);
        driver.appendAndAwait(Batches.at(1).event("a"));
        driver.snapshot(Map.of(1L, 1L));
        driver.store().poll(driver);
        driver.appendAndAwait(Batches.at(2).event("b"));
        folder.room(folder.usedBytes());
        driver.snapshot(Map.of(2L, 2L));
        driver.store().poll(driver);
        StoreException thrown =
                assertThrows(StoreException.class, () -> driver.store().startSnapshot());
        assertEquals(StoreException.Kind.FULL, thrown.kind());
        assertEquals(3, driver.appendAndAwait(Batches.at(3).event("c")));
        assertEquals(Map.of(1L, "1 state1"), start(folder.afterKill()).parts);
        folder.room(Long.MAX_VALUE);
        driver.snapshot(Map.of(3L, 3L));
        driver.store().close();
        assertEquals(Map.of(3L, "3 state3"), start(folder).parts);
    }

    @Test
    void survivesAStopAtEveryOperation() throws StoreException {
        int operations = scenario(new FaultyFolder(), -1).operations();
        assertTrue(operations > 100, operations + " operations");
        for (int stop = 0; stop < operations; stop++) {
            for (int loss = 0; loss < 3; loss++) {
                FaultyFolder stopped = scenario(new FaultyFolder(), stop);
                FaultyFolder next =
                        loss == 0
                                ? stopped.afterKill()
                                : stopped.afterPowerLoss(new Random(stop * 3L + loss));
                try {
                    StoreDriver after = start(next);
                    long last = ((JournalStore) after.store()).recoveryReport().lastSequence();
                    assertTrue(last >= promised, "promised " + promised + ", found " + last);
                    assertEquals(last + 1, after.appendAndAwait(Batches.at(9).event("next")));
                } catch (StoreException | AssertionError | RuntimeException e) {
                    throw new AssertionError("stop " + stop + ", loss " + loss, e);
                }
            }
        }
    }

    private long promised;

    /** Rolls, snapshots, discards, closes and starts again; ends at an operation. */
    private FaultyFolder scenario(FaultyFolder target, int stopAfter) {
        promised = 0;
        if (stopAfter >= 0) {
            target.stopAfter(stopAfter);
        }
        try {
            for (int life = 0; life < 2; life++) {
                StoreDriver driver = start(target);
                for (int i = 0; i < 12; i++) {
                    Batches batch = Batches.at(1).event("x".repeat(12_000)).run(i % 2, "y");
                    long staging = 100 * life + i / 3;
                    long sequence =
                            driver.append(
                                    i % 3 < 2
                                            ? batch.stage(staging, 1, "s".repeat(3_000))
                                            : batch.commit(staging));
                    driver.store().poll(driver);
                    if (driver.failure() != null) {
                        throw driver.failure();
                    }
                    promised = sequence;
                    if (i % 4 == 3) {
                        driver.snapshot(Map.of(1L, sequence));
                        driver.store().poll(driver);
                        driver.store().discard((partition, first, last) -> false);
                        driver.store().poll(driver);
                    }
                }
                driver.store().close();
            }
        } catch (StoreException e) {
            assertTrue(target.stopped(), e.toString());
        }
        return target;
    }

    @Test
    void namesWhoHoldsTheFolder(@TempDir Path dir) throws Exception {
        try (JournalStore holder = new JournalStore(new DiskFolder(dir), OPTIONS);
                JournalStore rival = new JournalStore(new DiskFolder(dir), OPTIONS)) {
            holder.claim();
            StoreException thrown = assertThrows(StoreException.class, rival::claim);
            assertEquals(StoreException.Kind.HELD, thrown.kind());
            assertTrue(thrown.getMessage().contains(dir.toString()), thrown.getMessage());
            String process = "process " + ProcessHandle.current().pid();
            assertTrue(thrown.getMessage().contains(process), thrown.getMessage());
        }
    }

    @Test
    void servesNoMoreOnceAnotherOwnerHasTheFolder() throws Exception {
        AtomicLong clockNs = new AtomicLong();
        Machine machine =
                new Machine(
                        clockNs::get,
                        () -> 42,
                        Runnable::run,
                        Runnable::run,
                        Runnable::run,
                        () -> {});
        StoreDriver driver = new StoreDriver(new JournalStore(folder, OPTIONS, machine)).start();
        ByteSink next = new ByteSink(16);
        next.putInt(2);
        SealedFile.replace(folder, Names.EPOCH, FilePrologue.Kind.EPOCH, next);

        clockNs.addAndGet(RoomWatch.CHECK_NS);
        driver.store().poll(driver);
        driver.store().poll(driver);

        assertEquals(StoreException.Kind.FENCED, driver.failure().kind());
        assertThrows(
                StoreException.class,
                () -> driver.store().append(Batches.at(1).run(1, "a").build()));
    }

    /** Starts a store whose forces run when the test says so. */
    private StoreDriver startWith(ArrayDeque<Runnable> forces) throws StoreException {
        Machine machine =
                new Machine(
                        () -> 0,
                        () -> 42,
                        Runnable::run,
                        Runnable::run,
                        forces::addLast,
                        () -> forces.forEach(Runnable::run));
        JournalOptions threads = OPTIONS.with(JournalOptions.ForceWay.THREADS);
        return new StoreDriver(new JournalStore(folder, threads, machine)).start();
    }

    @Test
    void releasesForcesInOrderWhateverTheOrderInWhichTheyEnd() throws StoreException {
        ArrayDeque<Runnable> forces = new ArrayDeque<>();
        StoreDriver driver = startWith(forces);
        for (int i = 0; i < 5; i++) {
            driver.append(Batches.at(1).event("a" + i));
            driver.store().poll(driver);
        }
        assertEquals(Machine.FORCES_MAX, forces.size());
        assertTrue(driver.completed.isEmpty());
        forces.removeLast().run();
        driver.store().poll(driver);
        assertTrue(driver.completed.isEmpty());
        forces.removeFirst().run();
        driver.store().poll(driver);
        assertEquals(1, driver.completed.size());
        while (driver.completed.size() < 5) {
            forces.removeFirst().run();
            driver.store().poll(driver);
        }
    }

    @Test
    void publishesASnapshotOnlyWhenTheJournalUpToItIsDurable() throws StoreException {
        ArrayDeque<Runnable> forces = new ArrayDeque<>();
        StoreDriver driver = startWith(forces);
        driver.appendAndAwait(Batches.relaxedAt(1).run(1, "a"));
        assertTrue(forces.isEmpty());
        driver.snapshot(Map.of(1L, 1L));
        driver.store().poll(driver);
        driver.store().poll(driver);
        assertEquals(Map.of(), start(folder.afterKill()).parts);
        forces.removeFirst().run();
        driver.store().poll(driver);
        StoreDriver next = start(folder.afterPowerLoss(new Random(1)));
        assertEquals(Map.of(1L, "1 state1"), next.parts);
        assertEquals(1, next.recovered.size());
    }

    @Test
    void movesForcesToOtherThreadsWhereTheyAreSlowAndBack() throws Exception {
        long[] nowNs = {0};
        long[] forceNs = {20_000};
        ForceTimes times = new ForceTimes(() -> nowNs[0] += forceNs[0], 300_000);
        Forcer inline = new InlineForcer(times);
        Forcer threaded = new ThreadedForcer(times, Runnable::run, 3, () -> {});
        AdaptiveForcer forcer = new AdaptiveForcer(times, 300_000, inline, threaded);
        assertFalse(slowAfter(forcer, 10));
        forceNs[0] = 20_000_000;
        assertFalse(slowAfter(forcer, 1));
        forceNs[0] = 20_000;
        assertFalse(slowAfter(forcer, 30));
        forceNs[0] = 2_000_000;
        assertTrue(slowAfter(forcer, 30));
        forceNs[0] = 20_000;
        assertFalse(slowAfter(forcer, 100));
    }

    private static boolean slowAfter(AdaptiveForcer forcer, int forces) throws Exception {
        for (int i = 0; i < forces; i++) {
            while (!forcer.ready()) {
                forcer.poll();
            }
            forcer.begin(new Forcer.Force(i, 0, java.util.List.of()));
            assertEquals(i, forcer.poll().sequence());
        }
        forcer.ready();
        return forcer.slow();
    }
}
