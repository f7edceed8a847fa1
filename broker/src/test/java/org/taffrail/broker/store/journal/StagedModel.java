// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Batches;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What batches that were appended amount to when some of them stage and commit: worked out from the
 * batches alone, and from the offsets that their commits said.
 */
final class StagedModel {
    private final TreeMap<Long, List<byte[]>> open = new TreeMap<>();
    private final Set<Long> ended = new HashSet<>();
    private final Map<Long, List<byte[]>> runs = new HashMap<>();

    private StagedModel() {}

    /**
     * Works it out.
     *
     * @param appended the batches by their sequences
     * @param owners who appended them
     */
    static StagedModel of(SortedMap<Long, Batch> appended, Map<Long, Integer> owners) {
        StagedModel model = new StagedModel();
        appended.forEach((sequence, batch) -> model.add(sequence, batch, owners.get(sequence)));
        return model;
    }

    /** The stagings that have not ended, with their runs. */
    TreeMap<Long, List<byte[]>> open() {
        return open;
    }

    /** The stagings that have ended. */
    Set<Long> ended() {
        return ended;
    }

    /** The stamped runs that got their offsets with a batch, in the order of the batch. */
    List<byte[]> runs(long sequence) {
        return runs.get(sequence);
    }

    /** The same, described and sorted. */
    List<String> arrivedWith(long sequence) {
        return runs(sequence).stream().map(Batches::describe).sorted().toList();
    }

    /** The descriptions of runs in the description of a batch, sorted. */
    static List<String> runsIn(String described) {
        return Arrays.stream(described.split(" ")).filter(w -> w.contains("#")).sorted().toList();
    }

    private void add(long sequence, Batch batch, int owner) {
        List<byte[]> stamped = new ArrayList<>();
        runs.put(sequence, stamped);
        byte[] array = batch.runs().array();
        batch.visit(
                new Batch.Visitor() {
                    @Override
                    public void run(int at) {
                        stamped.add(copy(array, at));
                    }

                    @Override
                    public void staged(long stagingId, int at) {
                        open.computeIfAbsent(stagingId, id -> new ArrayList<>())
                                .add(copy(array, at));
                    }

                    @Override
                    public void committed(Batch.Commit commit) {
                        place(commit, batch.timeMs(), owner, stamped);
                    }

                    @Override
                    public void aborted(long stagingId) {
                        open.remove(stagingId);
                        ended.add(stagingId);
                    }
                });
    }

    private void place(Batch.Commit commit, long timeMs, int owner, List<byte[]> stamped) {
        Map<Long, Long> next = new HashMap<>();
        commit.placed()
                .forEach(placed -> next.putIfAbsent(placed.partition(), placed.firstOffset()));
        for (byte[] run : open.remove(commit.stagingId())) {
            long partition = RunLayout.partition(run, 0);
            long end = next.merge(partition, (long) RunLayout.count(run, 0), Long::sum);
            RunLayout.stamp(run, 0, partition, end - RunLayout.count(run, 0), timeMs, owner);
            stamped.add(run);
        }
        ended.add(commit.stagingId());
    }

    private static byte[] copy(byte[] array, int at) {
        return Arrays.copyOfRange(array, at, at + RunLayout.length(array, at));
    }
}
