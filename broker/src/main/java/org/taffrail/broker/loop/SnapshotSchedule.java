// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.Core;
import org.taffrail.broker.core.SnapshotPart;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.wire.ByteSink;

import java.util.ArrayDeque;

/**
 * Takes snapshots, a few parts with each turn of the loop: after so many bytes, and when nothing
 * has been written for a while. When one is published the store gives up what nothing needs any
 * more: neither a start from this snapshot, nor anybody now.
 */
final class SnapshotSchedule {
    /** A step ends when it has written this much, and sooner where snapshots are near. */
    private static final int STEP_BYTES_MAX = 256 * 1024;

    private static final int STEPS_LEAST = 64;

    /**
     * So many times the size of the last snapshot is written before the next: with a long backlog,
     * whose snapshot is large, most of what is written must not be snapshots.
     */
    private static final int SPACING = 4;

    /** What is written between two snapshots at most, so that a start has little to replay. */
    private static final long SPACING_BYTES_MAX = 256L << 20;

    /** The first room for a part; that of a long backlog takes what it needs at once. */
    private static final int PART_BYTES = 512;

    /** How long nothing is written before a snapshot is taken all the same. */
    static final long IDLE_MS = 10_000;

    /** How often is looked whether a retention has ended something while nothing is written. */
    static final long RETENTION_LOOK_MS = 60_000;

    /** How long after a snapshot the next is taken while there is no room: it may make some. */
    static final long SHORT_MS = 2_000;

    /** How long after one that found no room the next is tried. */
    static final long RETRY_MS = 5_000;

    private final Store store;
    private final Core core;
    private final Arrivals arrivals;
    private final long bytesBetween;
    private final Store.Needed needed = new NeededByCore();
    private Store.SnapshotWriter writer;
    private final ArrayDeque<Long> keys = new ArrayDeque<>();
    private final long stepBytes;

    /** What was taken and is not all written; null if there is none. */
    private Part part;

    private boolean stepIsFull;

    /** A part on its way, which holds all up to a batch. */
    private static final class Part {
        final long key;
        final long sequence;
        final SnapshotPart taken;
        final ByteSink bytes = new ByteSink(PART_BYTES);

        Part(long key, long sequence, SnapshotPart taken) {
            this.key = key;
            this.sequence = sequence;
            this.taken = taken;
        }
    }

    /** The batch that must be durable before the snapshot may be published. */
    private long publishedFrom;

    private boolean publishing;
    private long size;
    private long lastSize;
    private long changedAt;
    private long changedMs;
    private long nextLookMs;
    private boolean hurried;
    private boolean underWay;
    private long begunMs;
    private long notBeforeMs;
    private final Shortage shortage;

    SnapshotSchedule(
            Store store, Core core, Arrivals arrivals, Shortage shortage, long bytesBetween) {
        this.shortage = shortage;
        this.store = store;
        this.core = core;
        this.arrivals = arrivals;
        this.bytesBetween = bytesBetween;
        stepBytes = Math.max(1, Math.min(STEP_BYTES_MAX, bytesBetween / STEPS_LEAST));
        nextLookMs = core.history().hasBoundsOfTime() ? 0 : Long.MAX_VALUE;
    }

    /** Gives up soon what nothing needs any more, for room is scarce. */
    void hurry() {
        hurried = true;
        nextLookMs = 0;
    }

    /**
     * Goes on; only while nothing is open. A part holds the records of all batches up to {@code
     * durable} when it was taken, and of relaxed ones up to {@code written}, and the events of all
     * up to {@code written}: recovery applies some of it twice, which is the same as once. It may
     * be published once those are durable as well. The part of a destination whose records have not
     * all arrived waits until they have. One that finds no room is given up, and tried again later.
     */
    void step(long durable, long written, long nowMs) throws StoreException {
        try {
            goOn(durable, written, nowMs);
        } catch (StoreException e) {
            giveUp(e, nowMs);
        }
    }

    private void giveUp(StoreException cause, long nowMs) throws StoreException {
        if (cause.kind() != StoreException.Kind.FULL) {
            throw cause;
        }
        abandon();
        if (publishing) {
            publishing = false;
            core.endGivingUp();
        }
        publishedFrom = 0;
        notBeforeMs = nowMs + RETRY_MS;
        shortage.observer().noticed(new StoreNotice.NoRoomFor("snapshot", cause.getMessage()));
    }

    private void abandon() {
        if (writer != null) {
            writer.abandon();
            writer = null;
            part = null;
            stepIsFull = false;
            core.endGivingUp();
        }
    }

    private void goOn(long durable, long written, long nowMs) throws StoreException {
        underWay = durable < written;
        if (written != changedAt) {
            changedAt = written;
            changedMs = nowMs;
        }
        if (publishing && !mayGiveUp()) {
            return;
        }
        if (writer == null) {
            if (nowMs < dueMs()) {
                giveUpOutlived(nowMs);
                return;
            }
            begin();
            begunMs = nowMs;
        }
        if (!allWritten()) {
            write(durable, stepBytes);
            publishedFrom = written;
        }
        if (allWritten() && durable >= publishedFrom) {
            publish();
        }
    }

    /** Tells whether the next step has something to write. */
    boolean canGoOn() {
        return stepIsFull;
    }

    private boolean allWritten() {
        return keys.isEmpty() && part == null;
    }

    private long spacing() {
        return Math.max(bytesBetween, Math.min(SPACING * lastSize, SPACING_BYTES_MAX));
    }

    /**
     * Gives up what a retention has ended, though nothing new is written. The last snapshot knows
     * nothing of what was settled since, so that must be durable.
     */
    private void giveUpOutlived(long nowMs) throws StoreException {
        if (nowMs >= nextLookMs && !underWay) {
            boolean bounds = core.history().hasBoundsOfTime();
            nextLookMs = bounds ? nowMs + RETENTION_LOOK_MS : Long.MAX_VALUE;
            if (hurried || core.history().hasEnded(nowMs)) {
                hurried = false;
                core.beginGivingUp();
                publishing = true;
                mayGiveUp();
            }
        }
    }

    /** When there is something to do without anything else happening. */
    long nextTimerMs() {
        return Math.min(nextSnapshotMs(), publishing || underWay ? Long.MAX_VALUE : nextLookMs);
    }

    private long nextSnapshotMs() {
        boolean resting = writer == null && !publishing;
        long dueMs = resting ? dueMs() : Long.MAX_VALUE;
        return dueMs == 0 ? Long.MAX_VALUE : dueMs;
    }

    /** When the next one is due; 0 for at once. */
    private long dueMs() {
        long bytes = store.bytesSinceSnapshot();
        if (bytes >= spacing()) {
            return notBeforeMs;
        }
        if (changedAt <= publishedFrom || bytes == 0) {
            return Long.MAX_VALUE;
        }
        long dueMs = shortage.isShort() || hurried ? begunMs + SHORT_MS : changedMs + IDLE_MS;
        return Math.max(dueMs, notBeforeMs);
    }

    /**
     * Takes a whole snapshot at once, for the end; where there is no room, none: the next start
     * replays more.
     *
     * @return false while it is on its way: call it again
     */
    boolean finish(long sequence, long nowMs) throws StoreException {
        abandon();
        try {
            return finish(sequence);
        } catch (StoreException e) {
            giveUp(e, nowMs);
            return true;
        }
    }

    private boolean finish(long sequence) throws StoreException {
        if (publishing && !mayGiveUp()) {
            return false;
        }
        if (store.bytesSinceSnapshot() > 0 && publishedFrom < sequence) {
            begin();
            write(sequence, Long.MAX_VALUE);
            publishedFrom = sequence;
            publish();
        }
        return !publishing || mayGiveUp();
    }

    private void begin() throws StoreException {
        notBeforeMs = 0;
        writer = store.startSnapshot();
        size = 0;
        keys.clear();
        keys.addAll(core.snapshotKeys());
    }

    private void write(long sequence, long bytesMax) throws StoreException {
        long left = bytesMax;
        int untried = keys.size();
        while (left > 0 && (part != null || untried > 0)) {
            if (part == null) {
                untried--;
                take(keys.remove(), sequence);
            } else {
                left -= writeOn(left);
            }
        }
        stepIsFull = left <= 0 && !allWritten();
    }

    private void take(long key, long sequence) {
        if (arrivals.isBehind(core.partitionOf(key))) {
            keys.add(key);
            return;
        }
        SnapshotPart taken = core.snapshot(key);
        part = taken == null ? null : new Part(key, sequence, taken);
    }

    private long writeOn(long bytesMax) throws StoreException {
        int before = part.bytes.length();
        boolean whole = part.taken.write(part.bytes, bytesMax);
        long written = part.bytes.length() - before;
        if (whole) {
            writer.put(part.key, part.sequence, part.bytes.array(), 0, part.bytes.length());
            part = null;
        }
        size += written;
        return written;
    }

    private void publish() throws StoreException {
        writer.publish(publishedFrom);
        lastSize = size;
        writer = null;
        publishing = true;
        mayGiveUp();
    }

    /** Gives up what nothing needs, if the snapshot is published; returns whether it is. */
    private boolean mayGiveUp() throws StoreException {
        if (store.publishing()) {
            return false;
        }
        store.discard(needed);
        if (store.discarding()) {
            return false;
        }
        publishing = false;
        core.endGivingUp();
        return true;
    }

    /** Says what the core needs, and keeps all of partitions of which it has not heard all. */
    private final class NeededByCore implements Store.Needed {
        @Override
        public boolean any(long partition, long firstOffset, long lastOffset) {
            return arrivals.isBehind(partition) || core.needs(partition, firstOffset, lastOffset);
        }

        @Override
        public Store.Wanted wanted(long partition, long firstOffset, long lastOffset) {
            if (!arrivals.isBehind(partition)) {
                return new WantedRecords(core.needed(partition, firstOffset, lastOffset));
            }
            return new Store.Wanted() {
                @Override
                public boolean any(long first, long last) {
                    return true;
                }

                @Override
                public long records() {
                    return lastOffset - firstOffset + 1;
                }
            };
        }
    }
}
