// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which runs of one segment are staged, and which stagings ended in it. 20 bytes a run; changed by
 * the loop's thread only, and never once the segment is closed.
 */
final class StagedIndex {
    private static final int STAGINGS_MAX = 1 << 26;
    private static final int RUNS_MAX = 1 << 26;

    private final Map<Long, Runs> stagings = new LinkedHashMap<>();
    private final List<Long> ended = new ArrayList<>();

    /** The runs of one staging that stand in the segment, in the order of their positions. */
    static final class Runs {
        private long[] partitions = new long[2];
        private int[] records = new int[2];
        private int[] positions = new int[2];
        private int[] lengths = new int[2];
        private int size;

        int size() {
            return size;
        }

        long partition(int at) {
            return partitions[at];
        }

        int records(int at) {
            return records[at];
        }

        int position(int at) {
            return positions[at];
        }

        int length(int at) {
            return lengths[at];
        }

        private void add(long partition, int count, int position, int length) {
            if (size == partitions.length) {
                partitions = Arrays.copyOf(partitions, size * 2);
                records = Arrays.copyOf(records, size * 2);
                positions = Arrays.copyOf(positions, size * 2);
                lengths = Arrays.copyOf(lengths, size * 2);
            }
            partitions[size] = partition;
            records[size] = count;
            positions[size] = position;
            lengths[size] = length;
            size++;
        }
    }

    /** Notes a run. */
    void add(long stagingId, long partition, int records, int position, int length) {
        stagings.computeIfAbsent(stagingId, id -> new Runs())
                .add(partition, records, position, length);
    }

    /** Notes that a staging ended in this segment. */
    void end(long stagingId) {
        ended.add(stagingId);
    }

    boolean isEmpty() {
        return stagings.isEmpty() && ended.isEmpty();
    }

    /** Returns the stagings of which runs stand here. */
    Map<Long, Runs> stagings() {
        return stagings;
    }

    /** Returns the stagings that ended here, wherever their runs stand. */
    List<Long> ended() {
        return ended;
    }

    void encode(ByteSink sink) {
        sink.putInt(stagings.size());
        stagings.forEach(
                (id, runs) -> {
                    sink.putLong(id);
                    sink.putInt(runs.size);
                    for (int i = 0; i < runs.size; i++) {
                        sink.putLong(runs.partitions[i]);
                        sink.putInt(runs.records[i]);
                        sink.putInt(runs.positions[i]);
                        sink.putInt(runs.lengths[i]);
                    }
                });
        sink.putInt(ended.size());
        ended.forEach(sink::putLong);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws WireException if it is malformed
     */
    static StagedIndex decode(ByteSource source) {
        StagedIndex index = new StagedIndex();
        for (int left = source.getCount(STAGINGS_MAX, "stagings"); left > 0; left--) {
            long id = source.getLong();
            for (int count = source.getCount(RUNS_MAX, "staged runs"); count > 0; count--) {
                long partition = source.getLong();
                int records = source.getInt();
                int position = source.getInt();
                int length = source.getInt();
                if (records < 1 || position < 0 || length < 1) {
                    throw WireException.malformed("a staged run at " + position + " in an index");
                }
                index.add(id, partition, records, position, length);
            }
        }
        for (int left = source.getCount(STAGINGS_MAX, "ended stagings"); left > 0; left--) {
            index.end(source.getLong());
        }
        return index;
    }
}
