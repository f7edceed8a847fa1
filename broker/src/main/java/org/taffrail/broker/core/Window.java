// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The recent records of all partitions, bounded in bytes: what comes in is delivered from here;
 * what has been pushed out is asked for again. What all groups have settled goes first, at once, so
 * that a message that lives shortly dies young; then the oldest run. Runs of volatile partitions,
 * which are stored nowhere else, are not counted here and stay until they are settled.
 */
final class Window {
    /** How many forgotten runs may stand in the order beside the living ones. */
    private static final int FORGOTTEN_MAX = 1024;

    private final long bytesMax;

    /** Oldest first; forgotten ones are taken out when they come to the front, or are too many. */
    private final ArrayDeque<Run> order = new ArrayDeque<>();

    private int living;
    private long bytes;

    Window(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** A run in memory, with the place of each of its records. */
    static final class Run {
        final Partition partition;
        final long firstOffset;
        final int count;
        final int bytes;

        /** The bytes that hold it; null when it is forgotten. */
        byte[] array;

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
            living++;
            bytes += run.bytes;
            while (bytes > bytesMax && living > 1) {
                Run oldest = order.poll();
                if (oldest.array != null) {
                    forget(oldest);
                }
            }
        }
    }

    /** Forgets what a partition has in memory and no group needs any more. */
    void dropSettled(Partition partition) {
        long needed = partition.firstNeeded();
        Run first = partition.firstRun();
        while (first != null && first.lastOffset() < needed) {
            forget(first);
            first = partition.firstRun();
        }
        while (!order.isEmpty() && order.peek().array == null) {
            order.poll();
        }
        if (order.size() > 2 * living + FORGOTTEN_MAX) {
            order.removeIf(run -> run.array == null);
        }
    }

    /** Forgets all that a partition has in memory, because the partition is gone. */
    void drop(Partition partition) {
        for (Run first = partition.firstRun(); first != null; first = partition.firstRun()) {
            forget(first);
        }
    }

    private void forget(Run run) {
        run.partition.forget(run);
        run.array = null;
        if (!run.partition.isVolatile()) {
            living--;
            bytes -= run.bytes;
        }
    }
}
