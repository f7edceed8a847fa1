// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.record.RunLayout;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of {@link Store} about snapshots, and about giving up what they cover, which every
 * implementation passes.
 */
public abstract class SnapshotContract extends StoreContract {
    @Test
    void recoversTheSnapshotAndWhatFollowsIt() throws StoreException {
        for (int i = 1; i <= 6; i++) {
            driver.append(Batches.at(i).event("event" + i).run(1, "body" + i));
        }
        driver.awaitCompleted(6);
        driver.snapshot(Map.of(1L, 5L, 2L, 4L));
        driver.appendAndAwait(Batches.at(7).event("event7"));
        Map<Long, String> before = driver.completed;
        restart();
        assertEquals(Map.of(1L, "5 state1", 2L, "4 state2"), driver.parts);
        assertEquals(new TreeMap<>(before).tailMap(4L), driver.recovered);
        assertEquals(6, driver.readRuns(1, 0, MEBIBYTE).size());
    }

    @Test
    void countsTheBytesThatRecoveryWouldReplay() throws StoreException {
        driver.appendAndAwait(Batches.at(1).event("x".repeat(10_000)));
        long first = driver.store().bytesSinceSnapshot();
        assertTrue(first >= 10_000);
        driver.appendAndAwait(Batches.at(2).event("x"));
        driver.snapshot(Map.of(1L, 2L));
        driver.until(() -> driver.store().bytesSinceSnapshot() < 10_000);
        driver.appendAndAwait(Batches.at(3).event("x".repeat(10_000)));
        assertTrue(driver.store().bytesSinceSnapshot() >= 10_000);
    }

    @Test
    void keepsTheLastSnapshotUntilTheNextIsPublished() throws StoreException {
        driver.appendAndAwait(Batches.at(1).event("a"));
        driver.snapshot(Map.of(1L, 1L));
        driver.appendAndAwait(Batches.at(2).event("b"));
        Store.SnapshotWriter abandoned = driver.store().startSnapshot();
        abandoned.put(2, 2, new byte[10], 0, 10);
        abandoned.abandon();
        Store.SnapshotWriter unfinished = driver.store().startSnapshot();
        unfinished.put(3, 2, new byte[10], 0, 10);
        restart();
        assertEquals(Map.of(1L, "1 state1"), driver.parts);
        assertEquals(2, driver.recovered.size());
        driver.snapshot(Map.of(4L, 2L));
        restart();
        assertEquals(Map.of(4L, "2 state4"), driver.parts);
        assertEquals(1, driver.recovered.size());
    }

    @Test
    void takesLargeAndEmptySnapshotParts() throws StoreException {
        driver.appendAndAwait(Batches.at(1).event("a"));
        byte[] large = "x".repeat(3 * MEBIBYTE).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Store.SnapshotWriter writer = driver.store().startSnapshot();
        writer.put(-1, 1, large, 10, large.length - 20);
        writer.put(2, 0, large, 5, 0);
        writer.publish(1);
        restart();
        assertEquals("0 ", driver.parts.get(2L));
        assertEquals(2 + large.length - 20, driver.parts.get(-1L).length());
    }

    @Test
    void keepsWhatIsNeededWhenItDiscards() throws StoreException {
        for (int i = 0; i < 200; i++) {
            driver.append(Batches.at(i).event("e").run(i % 2, "x".repeat(20_000)));
        }
        driver.awaitCompleted(200);
        driver.snapshot(Map.of(1L, 200L));
        driver.store().discard((partition, first, last) -> partition == 1 && last >= 50);
        for (int round = 0; round < 2; round++) {
            List<byte[]> left = driver.readRuns(1, 50, 100 * MEBIBYTE);
            assertEquals(50, RunLayout.offset(left.get(0), 0));
            assertEquals(50, left.size());
            restart();
        }
    }

    @Test
    void startsWhereWhatIsKeptHasGaps() throws StoreException {
        driver.append(Batches.at(1).run(1, "kept"));
        for (int i = 0; i < 150; i++) {
            driver.append(Batches.at(1).run(2, "x".repeat(20_000)));
        }
        long covered = driver.appendAndAwait(Batches.at(1).event("covered"));
        driver.snapshot(Map.of(1L, covered));
        driver.discard((partition, first, last) -> partition == 1, 1);
        for (int i = 0; i < 150; i++) {
            driver.append(Batches.at(1).run(2, "y".repeat(20_000)));
        }
        driver.appendAndAwait(Batches.at(1).event("last"));
        restart();
        assertEquals(1, driver.readRuns(1, 0, MEBIBYTE).size());
        assertEquals(covered + 151, driver.recovered.lastKey());
    }

    @Test
    void discardsNothingThatRecoveryNeeds() throws StoreException {
        for (int i = 1; i <= 20; i++) {
            driver.append(Batches.at(i).event("event" + i).run(1, "x".repeat(100_000)));
        }
        driver.awaitCompleted(20);
        driver.snapshot(Map.of(1L, 20L, 2L, 10L));
        driver.store().discard((partition, first, last) -> false);
        Map<Long, String> before = new TreeMap<>(driver.completed).tailMap(10L);
        restart();
        assertEquals(before, driver.recovered);
    }

    @Test
    void neverUsesAnOffsetOrSequenceAgain() throws StoreException {
        long freed = 0;
        long sequence = driver.appendAndAwait(Batches.at(0).run(77, "a", "b", "c"));
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 60; i++) {
                Batch batch = Batches.at(round).run(5, "x".repeat(20_000), "y").build();
                long next = driver.store().append(batch);
                assertEquals(++sequence, next);
                driver.awaitCompleted(next);
                assertEquals(2 * (sequence - 2), RunLayout.offset(Batches.runsOf(batch).get(0), 0));
            }
            driver.snapshot(Map.of(1L, sequence));
            driver.until(() -> driver.store().bytesSinceSnapshot() < 100_000);
            freed += driver.store().discard((partition, first, last) -> false);
            restart();
        }
        assertTrue(freed > 0, "nothing was ever given up");
        Batch last = Batches.at(9).run(5, "z").run(6, "z").run(77, "d").build();
        driver.awaitCompleted(driver.store().append(last));
        assertEquals(480, RunLayout.offset(Batches.runsOf(last).get(0), 0));
        assertEquals(0, RunLayout.offset(Batches.runsOf(last).get(1), 0));
        assertEquals(3, RunLayout.offset(Batches.runsOf(last).get(2), 0));
    }
}
