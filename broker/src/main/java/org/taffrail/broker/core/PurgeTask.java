// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.Arrays;

/** Settles messages for good, as ranges: one event a step, and one more for non-persistent ones. */
final class PurgeTask implements Task {
    private final Decisions decisions;
    private final Batch persistent = new Batch();
    private final Batch relaxed = new Batch();
    private Position position;

    PurgeTask(Decisions decisions) {
        this.decisions = decisions;
    }

    /** Offsets of one kind of persistence, in their order. */
    private static final class Batch {
        long[] offsets = new long[16];
        int size;

        void add(long offset) {
            if (size == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * size);
            }
            offsets[size++] = offset;
        }
    }

    @Override
    public boolean needsRecords() {
        return false;
    }

    @Override
    public Step treat(Position of, long offset, Window.Run run) {
        if (position != of) {
            flush();
            position = of;
        }
        (of.isPersistent(offset) ? persistent : relaxed).add(offset);
        return Step.DONE;
    }

    @Override
    public boolean isTreating(Position of, long offset) {
        return false;
    }

    @Override
    public boolean hasTreated(long offset) {
        return false;
    }

    @Override
    public void flush() {
        if (persistent.size + relaxed.size > 0) {
            settle(persistent, true);
            settle(relaxed, false);
            decisions.dispatcher().lookAgain(position.group);
        }
    }

    private void settle(Batch batch, boolean isPersistent) {
        if (batch.size > 0) {
            long[] ranges = Ranges.joining(batch.offsets, batch.size);
            batch.size = 0;
            decisions.settle(position, Event.Reason.PURGED, ranges, isPersistent);
        }
    }

    @Override
    public String why() {
        return null;
    }
}
