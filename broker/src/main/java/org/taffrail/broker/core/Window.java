// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The recent records of all partitions, bounded in bytes: what comes in is delivered from here;
 * what has been pushed out is asked for again. The oldest run goes first. Runs of volatile
 * partitions, which are stored nowhere else, are not counted here and stay until their partition
 * drops them.
 */
final class Window {
    private final long bytesMax;
    private final ArrayDeque<Run> order = new ArrayDeque<>();
    private long bytes;

    Window(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** A run in memory, with the place of each of its records. */
    static final class Run {
        final Partition partition;
        final long firstOffset;
        final int count;
        final byte[] array;
        final int bytes;
        private final int[] recordAt;

        Run(Partition partition, byte[] array, int at) {
            this.partition = partition;
            this.array = array;
            firstOffset = RunLayout.offset(array, at);
            count = RunLayout.count(array, at);
            bytes = RunLayout.length(array, at);
            recordAt = new int[count];
            int position = at + RunLayout.HEADER_BYTES;
            for (int i = 0; i < count; i++) {
                recordAt[i] = position;
                position += RecordLayout.length(array, position);
            }
        }

        long lastOffset() {
            return firstOffset + count - 1;
        }

        int recordAt(long offset) {
            return recordAt[(int) (offset - firstOffset)];
        }
    }

    /**
     * Takes loaded runs. The first, which was asked for, is the last to be pushed out again.
     *
     * @param arrays stamped runs, one in each array, in the order of their offsets
     */
    void addLoaded(Partition partition, List<byte[]> arrays) {
        for (int i = arrays.size() - 1; i >= 0; i--) {
            byte[] array = arrays.get(i);
            if (partition.find(RunLayout.offset(array, 0)) == null) {
                add(new Run(partition, array, 0));
            }
        }
    }

    void add(Run run) {
        run.partition.remember(run);
        if (!run.partition.isVolatile()) {
            order.add(run);
            bytes += run.bytes;
            while (bytes > bytesMax && order.size() > 1) {
                Run oldest = order.poll();
                bytes -= oldest.bytes;
                oldest.partition.forget(oldest);
            }
        }
    }
}
