// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The stagings that have not ended: how many records of each partition they have in which segments.
 * Where the runs stand is told by each segment's {@link StagedIndex}. Not thread-safe.
 */
final class Stagings {
    private final TreeMap<Long, Staging> open = new TreeMap<>();

    private record Share(long segmentId, long partition) {}

    private static final class Staging {
        final Map<Share, Integer> records = new LinkedHashMap<>();
        final Set<Long> segments = new HashSet<>();
    }

    /**
     * Offsets of the records that a staging has in one segment for one partition.
     *
     * @param segmentId the segment in which they stand
     * @param partition the partition
     * @param firstOffset the first offset
     * @param records how many records
     */
    record Placing(long segmentId, long partition, long firstOffset, int records) {
        Batch.Placed placed() {
            return new Batch.Placed(partition, firstOffset, records);
        }
    }

    /** Notes a run that is staged. */
    void add(long stagingId, long segmentId, long partition, int records) {
        Staging staging = open.computeIfAbsent(stagingId, id -> new Staging());
        staging.records.merge(new Share(segmentId, partition), records, Integer::sum);
        staging.segments.add(segmentId);
    }

    /** Tells whether a staging has all records that a placing gives offsets to. */
    boolean has(long stagingId, Placing placing) {
        Staging staging = open.get(stagingId);
        Integer records =
                staging == null
                        ? null
                        : staging.records.get(new Share(placing.segmentId, placing.partition));
        return records != null && records == placing.records;
    }

    /** Notes what an index tells; those of the segments before come before. */
    void addAll(long segmentId, StagedIndex index) {
        index.stagings()
                .forEach(
                        (id, runs) -> {
                            for (int i = 0; i < runs.size(); i++) {
                                add(id, segmentId, runs.partition(i), runs.records(i));
                            }
                        });
        index.ended().forEach(this::end);
    }

    /** Forgets a staging, because it has ended. */
    void end(long stagingId) {
        open.remove(stagingId);
    }

    /** Returns the stagings' ids, in their order. */
    Collection<Long> ids() {
        return open.keySet();
    }

    /** Tells whether a segment holds runs of any of them. */
    boolean anyIn(long segmentId) {
        for (Staging staging : open.values()) {
            if (staging.segments.contains(segmentId)) {
                return true;
            }
        }
        return false;
    }

    /** How many placings {@link #place} would give. */
    int countOfPlacings(long stagingId) {
        Staging staging = open.get(stagingId);
        return staging == null ? 0 : staging.records.size();
    }

    /** Gives all records of a staging their offsets; none where it is not known. */
    List<Placing> place(long stagingId, Offsets offsets) {
        List<Placing> placings = new ArrayList<>();
        Staging staging = open.get(stagingId);
        if (staging != null) {
            staging.records.forEach(
                    (share, records) ->
                            placings.add(
                                    new Placing(
                                            share.segmentId,
                                            share.partition,
                                            offsets.take(share.partition, records),
                                            records)));
        }
        return placings;
    }

    /** Says what is wrong with placings that were read, or null. */
    String contradiction(long stagingId, List<Placing> placings) {
        Staging staging = open.get(stagingId);
        Map<Share, Integer> left = new HashMap<>(staging == null ? Map.of() : staging.records);
        for (Placing placing : placings) {
            Share share = new Share(placing.segmentId, placing.partition);
            Integer records = left.remove(share);
            if (records == null || records != placing.records) {
                return "staging "
                        + stagingId
                        + " has "
                        + records
                        + " records where it is committed"
                        + " with "
                        + placing;
            }
        }
        return left.isEmpty() ? null : "staging " + stagingId + " is not committed as a whole";
    }

    /**
     * Notes in the index of the segment that holds a commit where the committed runs stand. Runs of
     * segments that are gone are passed over.
     */
    static void index(
            SegmentIndex into,
            long stagingId,
            List<Placing> placings,
            JournalState state,
            EntryParts entry) {
        Map<Long, Map<Long, Long>> nextOffsets = new LinkedHashMap<>();
        for (Placing placing : placings) {
            nextOffsets
                    .computeIfAbsent(placing.segmentId, id -> new HashMap<>())
                    .put(placing.partition, placing.firstOffset);
        }
        nextOffsets.forEach(
                (segmentId, next) -> {
                    Segment segment = state.segment(segmentId);
                    StagedIndex.Runs runs =
                            segment == null
                                    ? null
                                    : segment.index.staged().stagings().get(stagingId);
                    if (runs == null) {
                        return;
                    }
                    SegmentIndex.Origin origin =
                            new SegmentIndex.Origin(
                                    segmentId,
                                    entry.sequence(),
                                    entry.batch().timeMs(),
                                    entry.epoch());
                    for (int i = 0; i < runs.size(); i++) {
                        if (!next.containsKey(runs.partition(i))) {
                            continue; // not all of them are there: their offsets can't be told
                        }
                        int records = runs.records(i);
                        long end = next.merge(runs.partition(i), (long) records, Long::sum);
                        into.addStaged(
                                runs.partition(i),
                                end - records,
                                records,
                                runs.position(i),
                                runs.length(i),
                                origin);
                    }
                });
    }
}
