// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.record.RunCheck;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The rules of {@link Store} about staged records, which every implementation passes. */
public abstract class StagingContract extends SnapshotContract {
    private static final int ALL = Integer.MAX_VALUE;

    @Test
    void stagedRunsHaveNoOffsetsAndCannotBeRead() throws StoreException {
        driver.appendAndAwait(Batches.at(10).stage(7, 1, "staged").run(1, "ordinary"));
        assertEquals(List.of("0 ordinary"), bodies(1));
        restart();
        assertEquals(List.of("0 ordinary"), bodies(1));
        assertEquals(List.of(7L), driver.stagings);
    }

    @Test
    void aCommitGivesOffsetsInTheOrderOfTheBatchesRuns() throws StoreException {
        driver.append(Batches.at(10).stage(7, 1, "a", "b").stage(7, 2, "x"));
        driver.append(Batches.at(11).run(1, "first").stage(7, 1, "c"));
        Batch commit = Batches.at(12).run(1, "before").commit(7).run(1, "after").build();
        driver.awaitCompleted(driver.store().append(commit));
        Batch.Commit step = (Batch.Commit) commit.steps().get(0);
        Map<Long, Long> ends = new HashMap<>();
        for (Batch.Placed placed : step.placed()) {
            long expected = placed.partition() == 1 ? ends.getOrDefault(1L, 2L) : 0;
            assertEquals(expected, placed.firstOffset());
            ends.put(placed.partition(), placed.end());
        }
        assertEquals(Map.of(1L, 5L, 2L, 1L), ends);
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of("0 first", "1 before", "2 a b", "4 c", "5 after"), bodies(1));
            assertEquals(List.of("0 x"), bodies(2));
            assertEquals(List.of("4 c", "5 after"), bodies(1, 4));
            restart();
            assertEquals(List.of(), driver.stagings);
        }
    }

    @Test
    void aCommittedRunIsStampedByItsCommit() throws StoreException {
        driver.appendAndAwait(Batches.at(10).stage(7, 1, "a"));
        restart();
        driver.appendAndAwait(Batches.at(12).commit(7));
        for (int round = 0; round < 2; round++) {
            byte[] run = driver.readRuns(1, 0, ALL).get(0);
            RunCheck.check(run, 0, run.length);
            RunCheck.checkStamp(run, 0);
            assertEquals(12, RunLayout.appendTimeMs(run, 0));
            assertEquals(2, RunLayout.incarnation(run, 0));
            restart();
        }
    }

    @Test
    void whatIsStagedAndCommittedInOneBatchIsThereWithIt() throws StoreException {
        driver.appendAndAwait(Batches.at(10).stage(7, 1, "a").commit(7).stage(8, 1, "b"));
        assertEquals(List.of("0 a"), bodies(1));
        restart();
        assertEquals(List.of("0 a"), bodies(1));
        assertEquals(List.of(8L), driver.stagings);
    }

    @Test
    void anAbortedStagingIsGone() throws StoreException {
        driver.append(Batches.at(10).stage(7, 1, "a").stage(8, 1, "b"));
        driver.appendAndAwait(Batches.at(11).abort(7).abort(99));
        restart();
        assertEquals(List.of(8L), driver.stagings);
        driver.appendAndAwait(Batches.at(12).commit(7).commit(8).run(1, "c"));
        assertEquals(List.of("0 b", "1 c"), bodies(1));
    }

    @Test
    void recoveryDeliversACommitWithAllItsRuns() throws StoreException {
        String large = "x".repeat(200_000);
        for (int i = 0; i < 10; i++) {
            driver.append(Batches.at(10).event("e" + i).stage(7, i % 2, large, "y"));
        }
        driver.appendAndAwait(Batches.at(11).event("commit").commit(7).run(0, "after"));
        List<String> expected = new ArrayList<>(driver.read(0, 0, ALL));
        expected.addAll(driver.read(1, 0, ALL));
        restart();
        String recovered = driver.recovered.get(11L);
        assertTrue(recovered.startsWith("11 commit"), recovered);
        for (String run : expected) {
            assertEquals(recovered.indexOf(run), recovered.lastIndexOf(run), run);
            assertTrue(recovered.contains(run), run + " is not in " + recovered);
        }
        assertEquals("10 e3", driver.recovered.get(4L));
    }

    @Test
    void goesOnWithOffsetsBehindACommitAfterARestart() throws StoreException {
        driver.append(Batches.at(10).stage(7, 1, "a", "b", "c"));
        driver.appendAndAwait(Batches.at(10).commit(7));
        restart();
        Batch batch = Batches.at(11).run(1, "d").build();
        driver.awaitCompleted(driver.store().append(batch));
        assertEquals(3, RunLayout.offset(Batches.runsOf(batch).get(0), 0));
    }

    @Test
    void discardsNeitherWhatIsStagedNorWhatWasCommittedAndMatters() throws StoreException {
        String body = "x".repeat(20_000);
        driver.append(Batches.at(1).stage(7, 1, "open"));
        driver.append(Batches.at(1).stage(8, 2, "needed"));
        driver.append(Batches.at(1).stage(9, 3, "settled"));
        fill(body);
        driver.appendAndAwait(Batches.at(2).commit(8).commit(9));
        fill(body);
        long last = driver.completed.lastKey();
        driver.snapshot(Map.of(1L, last));
        driver.discard((partition, first, end) -> partition == 2, 1);
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of("0 needed"), bodies(2));
            restart();
            assertEquals(List.of(7L), driver.stagings);
        }
        driver.appendAndAwait(Batches.at(3).commit(7));
        assertEquals(List.of("0 open"), bodies(1));
    }

    @Test
    void givesUpTheBytesOfWhatWasCommittedAndSettled() throws StoreException {
        String body = "x".repeat(20_000);
        for (int i = 0; i < 60; i++) {
            driver.append(Batches.at(1).stage(7, 1, body));
        }
        driver.appendAndAwait(Batches.at(1).commit(7));
        fill(body);
        driver.snapshot(Map.of(1L, driver.completed.lastKey()));
        driver.discard((partition, first, end) -> partition == 50, 500_000);
        restart();
        driver.appendAndAwait(Batches.at(3).run(1, "next"));
        assertEquals("60 next", bodies(1, 60).get(0));
    }

    @Test
    void givesUpTheBytesOfWhatWasCommittedAndSettledAtOnceWhenASnapshotCoversIt()
            throws StoreException {
        String body = "x".repeat(20_000);
        for (int i = 0; i < 120; i++) {
            driver.append(Batches.at(1).stage(7, 1, body));
        }
        driver.append(Batches.at(1).commit(7));
        driver.appendAndAwait(Batches.at(1).event("settled"));
        driver.snapshot(Map.of(1L, driver.completed.lastKey()));

        driver.discard((partition, first, end) -> false, 500_000);
    }

    @Test
    void committedAndOrdinaryRunsEqualAModel() throws StoreException {
        for (long seed = 1; seed <= 10; seed++) {
            try {
                runStagingHistory(new Random(seed), 1_000 * seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private void runStagingHistory(Random random, long firstId) throws StoreException {
        Map<Long, List<String>> model = new HashMap<>();
        Map<Long, Long> base = new HashMap<>();
        for (long partition = 0; partition < 3; partition++) {
            model.put(partition, new ArrayList<>(bodies(partition)));
            List<byte[]> all = driver.readRuns(partition, 0, ALL);
            base.put(partition, all.isEmpty() ? 0 : end(all.get(all.size() - 1)));
        }
        TreeMap<Long, List<String[]>> open = new TreeMap<>();
        long nextId = firstId;
        for (int step = 0; step < 60; step++) {
            Batches batch = Batches.at(1);
            for (int i = random.nextInt(4); i >= 0; i--) {
                boolean next = open.size() < 3 && random.nextBoolean() || open.isEmpty();
                long partition = random.nextInt(3);
                String body = step + "." + i + "z".repeat(random.nextInt(4_000));
                int choice = random.nextInt(8);
                if (choice < 4) {
                    long id = next ? nextId++ : open.lastKey();
                    batch.stage(id, partition, body);
                    open.computeIfAbsent(id, key -> new ArrayList<>())
                            .add(new String[] {Long.toString(partition), body});
                } else if (choice < 6) {
                    batch.run(partition, body);
                    add(model, base, partition, body);
                } else if (!open.isEmpty()) {
                    long id = open.firstKey();
                    List<String[]> ended = open.remove(id);
                    if (choice == 6) {
                        batch.commit(id);
                        for (String[] run : ended) {
                            add(model, base, Long.parseLong(run[0]), run[1]);
                        }
                    } else {
                        batch.abort(id);
                    }
                    break;
                }
            }
            driver.appendAndAwait(batch);
            if (random.nextInt(10) == 0) {
                restart();
                assertEquals(List.copyOf(open.keySet()), openSince(firstId));
            }
        }
        for (long partition = 0; partition < 3; partition++) {
            assertEquals(model.get(partition), bodies(partition));
        }
        Batches end = Batches.at(1);
        open.keySet().forEach(end::abort);
        driver.appendAndAwait(end);
    }

    private List<Long> openSince(long firstId) {
        return driver.stagings.stream().filter(id -> id >= firstId).toList();
    }

    private static void add(
            Map<Long, List<String>> model, Map<Long, Long> next, long partition, String body) {
        long offset = next.merge(partition, 1L, Long::sum) - 1;
        model.get(partition).add(offset + " " + body);
    }

    private void fill(String body) throws StoreException {
        for (int i = 0; i < 100; i++) {
            driver.append(Batches.at(1).run(50, body));
        }
        driver.appendAndAwait(Batches.at(1).event("filled"));
    }

    private List<String> bodies(long partition) {
        return bodies(partition, 0);
    }

    /** The runs of a partition: the first offset and the bodies. */
    private List<String> bodies(long partition, long from) {
        List<String> found = new ArrayList<>();
        long next = from;
        while (true) {
            List<byte[]> runs = driver.readRuns(partition, next, 64 << 10);
            if (runs.isEmpty()) {
                return found;
            }
            for (byte[] run : runs) {
                found.add(RunLayout.offset(run, 0) + Batches.bodiesOf(run));
                next = end(run);
            }
        }
    }
}
