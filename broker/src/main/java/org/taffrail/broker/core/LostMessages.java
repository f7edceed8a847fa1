// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.DestinationKind;

import java.util.Arrays;

/**
 * Settles messages that groups have not settled and whose records are not stored any more, because
 * they were damaged: a core that asks for one would take the log for broken. A large message is
 * lost with any of its parts.
 */
public final class LostMessages {
    /** So many ranges go into one event. */
    private static final int RANGES_MAX = 4096;

    private final Decisions decisions;
    private final Stored stored;
    private final Listener listener;
    private long[] ranges = new long[16];
    private int size;

    /** Knows what is stored. */
    @FunctionalInterface
    public interface Stored {
        /**
         * Tells whether a record is stored.
         *
         * @param partition its partition
         * @param offset its offset
         * @return false if it can't be read any more
         */
        boolean has(long partition, long offset);
    }

    /** Hears what is lost. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Hears of messages that a group will not get.
         *
         * @param kind queue or topic
         * @param destination the destination's name
         * @param subscription the name of the subscription; null for a queue
         * @param messages how many
         */
        void lost(DestinationKind kind, String destination, String subscription, long messages);
    }

    LostMessages(Decisions decisions, Stored stored, Listener listener) {
        this.decisions = decisions;
        this.stored = stored;
        this.listener = listener;
    }

    void settle() {
        for (Destination destination : decisions.state().destinations()) {
            for (Group group : destination.groups.values()) {
                settle(destination, group);
            }
        }
    }

    private void settle(Destination destination, Group group) {
        Partition partition = destination.partition;
        OffsetSet unsettled = new OffsetSet();
        group.position.addUnsettledTo(unsettled, 0, Long.MAX_VALUE);
        long[] count = {0};
        unsettled.forEach(
                offset -> {
                    if (!isStored(partition, offset)) {
                        count[0]++;
                        add(group.position, offset);
                    }
                });
        flush(group.position);
        if (count[0] > 0) {
            listener.lost(destination.kind, destination.name, group.name, count[0]);
        }
    }

    private boolean isStored(Partition partition, long offset) {
        int parts = partition.large().partsOf(offset);
        for (long each = offset; each <= offset + parts; each++) {
            if (!stored.has(partition.id, each)) {
                return false;
            }
        }
        return true;
    }

    private void add(Position position, long offset) {
        if (size > 0 && ranges[size - 1] == offset - 1) {
            ranges[size - 1] = offset;
            return;
        }
        if (size == 2 * RANGES_MAX) {
            flush(position);
        }
        if (size == ranges.length) {
            ranges = Arrays.copyOf(ranges, size * 2);
        }
        ranges[size++] = offset;
        ranges[size++] = offset;
    }

    private void flush(Position position) {
        if (size > 0) {
            long[] settled = Arrays.copyOf(ranges, size);
            size = 0;
            decisions.settle(position, Event.Reason.LOST, settled, true);
        }
    }
}
