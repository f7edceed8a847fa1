// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.core.policy.Retention;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Which offset was given when: marks along a partition, no more than {@link #MARKS_MAX}, sparser
 * the more it keeps. What a retention ends goes from one mark to the next, so a little later than
 * to the byte or the second; a time is found to lie between two marks.
 */
final class Timeline {
    /** How many marks there are at most. */
    static final int MARKS_MAX = 1024;

    /** One part in so many is given up at once. */
    private static final int PART = 4;

    private static final int BYTES_LEAST = 16 * 1024;
    private static final int MS_LEAST = 1000;

    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private long bytesApart = BYTES_LEAST;
    private long msApart = MS_LEAST;
    private long bytes;
    private long lastMs;

    /**
     * Where a stretch begins.
     *
     * @param offset its first offset
     * @param timeMs when that was appended
     * @param beforeMs when the last record before it was appended
     * @param bytesBefore how many bytes of records stand before it
     */
    private record Mark(long offset, long timeMs, long beforeMs, long bytesBefore) {}

    /** Takes a run that has arrived. */
    void arrived(long firstOffset, long appendTimeMs, int runBytes) {
        Mark last = marks.peekLast();
        boolean far =
                last == null
                        || bytes - last.bytesBefore >= bytesApart
                        || appendTimeMs - last.timeMs >= msApart;
        if (far) {
            marks.addLast(new Mark(firstOffset, appendTimeMs, lastMs, bytes));
            if (marks.size() > MARKS_MAX) {
                thin();
            }
        }
        bytes += runBytes;
        lastMs = appendTimeMs;
    }

    /** Takes out every other mark, and lets those to come stand twice as far apart. */
    private void thin() {
        bytesApart *= 2;
        msApart *= 2;
        boolean stays = false;
        for (Iterator<Mark> each = marks.iterator(); each.hasNext(); ) {
            each.next();
            stays = !stays;
            if (!stays) {
                each.remove();
            }
        }
    }

    /**
     * Gives up what is past its bounds and returns the first offset that is kept.
     *
     * @param end the offset after the last record: nothing is kept
     */
    long keptFrom(Retention retention, long nowMs, long end) {
        if (!retention.keeps()) {
            marks.clear();
        }
        while (!marks.isEmpty()) {
            Mark first = marks.pollFirst();
            Mark next = marks.peekFirst();
            long youngestMs = next == null ? lastMs : next.beforeMs;
            long bytesSince = next == null ? 0 : bytes - next.bytesBefore;
            if (!retention.isOver(nowMs - youngestMs, bytesSince)) {
                marks.addFirst(first);
                return first.offset;
            }
        }
        bytesApart = BYTES_LEAST;
        msApart = MS_LEAST;
        return end;
    }

    /** Gives up the oldest quarter, and all where that is little; returns whether there was any. */
    boolean giveUpOldest() {
        boolean any = !marks.isEmpty();
        for (int left = (marks.size() + PART - 1) / PART; left > 0; left--) {
            marks.removeFirst();
        }
        return any;
    }

    /**
     * Returns when something is given up because of its age, if nothing more arrives.
     *
     * @return ms since 1970, {@link Long#MAX_VALUE} for never
     */
    long nextEndMs(Retention retention) {
        if (marks.isEmpty() || retention.timeMs() == 0) {
            return Long.MAX_VALUE;
        }
        Iterator<Mark> each = marks.iterator();
        each.next();
        return (each.hasNext() ? each.next().beforeMs : lastMs) + retention.timeMs();
    }

    /** Returns an offset before which nothing was appended at a time or later, or -1 for none. */
    long lastBefore(long timeMs) {
        long found = -1;
        for (Mark mark : marks) {
            if (mark.timeMs >= timeMs) {
                break;
            }
            found = mark.offset;
        }
        return found;
    }

    void write(ByteSink sink) {
        sink.putLong(bytesApart);
        sink.putLong(msApart);
        sink.putLong(bytes);
        sink.putLong(lastMs);
        sink.putInt(marks.size());
        for (Mark mark : marks) {
            sink.putLong(mark.offset);
            sink.putLong(mark.timeMs);
            sink.putLong(mark.beforeMs);
            sink.putLong(mark.bytesBefore);
        }
    }

    static Timeline read(ByteSource source) {
        Timeline read = new Timeline();
        read.bytesApart = source.getLong();
        read.msApart = source.getLong();
        if (read.bytesApart < BYTES_LEAST || read.msApart < MS_LEAST) {
            throw WireException.malformed("marks without a distance");
        }
        read.bytes = source.getLong();
        read.lastMs = source.getLong();
        int count = source.getCount(MARKS_MAX, "marks");
        for (int i = 0; i < count; i++) {
            read.marks.add(
                    new Mark(
                            source.getLong(),
                            source.getLong(),
                            source.getLong(),
                            source.getLong()));
        }
        return read;
    }
}
