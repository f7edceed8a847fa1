// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Where the runs are that got their offsets in one segment: for each partition their offsets,
 * positions and lengths, in the order of the offsets. A run that was staged before stands in an
 * earlier segment and without a stamp: its {@link Origin} says where and how to stamp it. 20 bytes
 * a run; changed by the loop's thread only, and never once the segment is closed.
 */
final class SegmentIndex {
    private static final int PARTITIONS_MAX = 1 << 26;
    private static final int RUNS_MAX = 1 << 26;

    /** How many bytes a run takes in an encoded index. */
    private static final int RUN_BYTES = 20;

    private static final int LOCAL = -1;

    private final Map<Long, Runs> partitions = new HashMap<>();
    private final List<Origin> origins = new ArrayList<>();
    private StagedIndex staged = new StagedIndex();

    /**
     * Of runs that stand elsewhere.
     *
     * @param segmentId the segment in which they stand
     * @param sequence the batch that gave them their offsets
     * @param timeMs their append time
     * @param incarnation the owner that gave them their offsets
     */
    record Origin(long segmentId, long sequence, long timeMs, int incarnation) {}

    /**
     * Where a run is.
     *
     * @param offset its first offset
     * @param position where it begins in its segment
     * @param length its bytes
     * @param origin null where it stands, stamped, in the index's own segment
     */
    record Location(long offset, int position, int length, Origin origin) {}

    /** The runs of one partition. */
    static final class Runs {
        private long[] offsets;
        private int[] positions;
        private int[] lengths;
        private int[] origins;
        private int size;
        private long end;

        private Runs(int capacity) {
            offsets = new long[capacity];
            positions = new int[capacity];
            lengths = new int[capacity];
            origins = new int[capacity];
        }

        long first() {
            return offsets[0];
        }

        /** The offset after the last record. */
        long end() {
            return end;
        }

        int size() {
            return size;
        }

        long offset(int at) {
            return offsets[at];
        }

        /** The offset before the next run, which is the run's last one or after it. */
        long lastOffset(int at) {
            return (at + 1 < size ? offsets[at + 1] : end) - 1;
        }

        int length(int at) {
            return lengths[at];
        }

        private void add(long offset, int count, int position, int length, int origin) {
            if (size == offsets.length) {
                offsets = Arrays.copyOf(offsets, size * 2);
                positions = Arrays.copyOf(positions, size * 2);
                lengths = Arrays.copyOf(lengths, size * 2);
                origins = Arrays.copyOf(origins, size * 2);
            }
            offsets[size] = offset;
            positions[size] = position;
            lengths[size] = length;
            origins[size] = origin;
            size++;
            end = offset + count;
        }

        /** Finds the run that holds an offset, or the first one after it; {@link #size} if none. */
        int find(long offset) {
            if (offset >= end) {
                return size;
            }
            int found = Arrays.binarySearch(offsets, 0, size, offset);
            return found >= 0 ? found : Math.max(0, -found - 2);
        }
    }

    /** Notes a run of this segment. */
    void add(long partition, long offset, int count, int position, int length) {
        runsToAdd(partition).add(offset, count, position, length, LOCAL);
    }

    /** Notes a run that stands elsewhere. */
    void addStaged(
            long partition, long offset, int count, int position, int length, Origin origin) {
        int last = origins.size() - 1;
        if (last < 0 || !origins.get(last).equals(origin)) {
            origins.add(origin);
            last++;
        }
        runsToAdd(partition).add(offset, count, position, length, last);
    }

    private Runs runsToAdd(long partition) {
        return partitions.computeIfAbsent(partition, id -> new Runs(2));
    }

    /** Returns a partition's runs, null if there are none. */
    Runs runs(long partition) {
        return partitions.get(partition);
    }

    /** Visits the partitions. */
    void forEachPartition(LongConsumer visitor) {
        partitions.keySet().forEach(visitor::accept);
    }

    /** Returns the runs of the segment that have no offsets yet. */
    StagedIndex staged() {
        return staged;
    }

    /** Tells whether it names runs that stand elsewhere. */
    boolean hasOrigins() {
        return !origins.isEmpty();
    }

    /** Takes runs of one origin. */
    interface OriginVisitor {
        void visit(long partition, long firstOffset, long lastOffset, Origin origin);
    }

    /** Visits the runs that were staged before; neighbours of the same origin come together. */
    void forEachStagedRange(OriginVisitor visitor) {
        if (origins.isEmpty()) {
            return;
        }
        partitions.forEach(
                (partition, runs) -> {
                    int from = 0;
                    while (from < runs.size) {
                        int origin = runs.origins[from];
                        int next = from + 1;
                        while (next < runs.size && runs.origins[next] == origin) {
                            next++;
                        }
                        if (origin != LOCAL) {
                            long end = next < runs.size ? runs.offsets[next] : runs.end;
                            visitor.visit(
                                    partition, runs.offsets[from], end - 1, origins.get(origin));
                        }
                        from = next;
                    }
                });
    }

    /** Returns where a run is. */
    Location location(Runs runs, int at) {
        int origin = runs.origins[at];
        return new Location(
                runs.offsets[at],
                runs.positions[at],
                runs.lengths[at],
                origin == LOCAL ? null : origins.get(origin));
    }

    /** Tells whether another one names the same runs that stand in its own segment. */
    boolean namesSameLocalRuns(SegmentIndex other) {
        return localRuns().equals(other.localRuns());
    }

    /** Where they stand, with partition and offset. */
    private Map<Integer, List<Long>> localRuns() {
        Map<Integer, List<Long>> found = new HashMap<>();
        partitions.forEach(
                (partition, runs) -> {
                    for (int i = 0; i < runs.size; i++) {
                        if (runs.origins[i] == LOCAL) {
                            long length = runs.lengths[i];
                            found.put(
                                    runs.positions[i], List.of(partition, runs.offsets[i], length));
                        }
                    }
                });
        return found;
    }

    /** Writes the index; {@link #decode} reads it. */
    void encode(ByteSink sink) {
        sink.putInt(origins.size());
        for (Origin origin : origins) {
            sink.putLong(origin.segmentId);
            sink.putLong(origin.sequence);
            sink.putLong(origin.timeMs);
            sink.putInt(origin.incarnation);
        }
        sink.putInt(partitions.size());
        long[] ids = partitions.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        for (long id : ids) {
            Runs runs = partitions.get(id);
            sink.putLong(id);
            sink.putLong(runs.end);
            sink.putInt(runs.size);
            for (int i = 0; i < runs.size; i++) {
                sink.putLong(runs.offsets[i]);
                sink.putInt(runs.positions[i]);
                sink.putInt(runs.lengths[i]);
                sink.putInt(runs.origins[i]);
            }
        }
        if (!staged.isEmpty()) {
            staged.encode(sink);
        }
    }

    /**
     * Reads an index.
     *
     * @throws WireException if it is malformed
     */
    static SegmentIndex decode(ByteSource source) {
        SegmentIndex index = new SegmentIndex();
        for (int left = source.getCount(RUNS_MAX, "origins"); left > 0; left--) {
            index.origins.add(
                    new Origin(
                            source.getLong(), source.getLong(), source.getLong(), source.getInt()));
        }
        for (int left = source.getCount(PARTITIONS_MAX, "partitions"); left > 0; left--) {
            long id = source.getLong();
            long end = source.getLong();
            Runs runs = index.decodeRuns(source);
            if (runs.size == 0 || end < runs.end) {
                throw WireException.malformed("partition " + id + " in an index");
            }
            runs.end = end;
            index.partitions.put(id, runs);
        }
        if (source.remaining() > 0) {
            index.staged = StagedIndex.decode(source);
        }
        source.expectEnd();
        return index;
    }

    private Runs decodeRuns(ByteSource source) {
        int count = source.getCount(RUNS_MAX, "runs");
        Runs runs = new Runs(Math.max(1, Math.min(count, source.remaining() / RUN_BYTES)));
        for (int left = count; left > 0; left--) {
            long offset = source.getLong();
            int position = source.getInt();
            int length = source.getInt();
            int origin = source.getInt();
            if (position < 0
                    || length < 1
                    || origin < LOCAL
                    || origin >= origins.size()
                    || offset < runs.end) {
                throw WireException.malformed("a run at " + position + " in an index");
            }
            runs.add(offset, 1, position, length, origin);
        }
        return runs;
    }
}
