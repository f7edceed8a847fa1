// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;

/**
 * How far a group that was made with a start in the past has been told of the records that stood in
 * the log before it. It ends where the first record stands that arrived for the group by itself:
 * what was appended after the group was made. Until the two meet, the group delivers only what
 * stands before the cursor, so that the order is that of the log.
 */
final class Past {
    /** Nothing has arrived yet that was appended after the group was made. */
    static final long UNKNOWN = -1;

    private static final long NOT_ASKED = -1;

    /** From here on records are kept for the group until it has been told of them. */
    final long keptFrom;

    /** What was appended before is not for the group; ms since 1970. */
    final long notBeforeMs;

    private long asked = NOT_ASKED;
    private long cursor;
    private long end = UNKNOWN;
    private boolean done;

    Past(long cursor, long keptFrom, long notBeforeMs) {
        this.cursor = cursor;
        this.keptFrom = keptFrom;
        this.notBeforeMs = notBeforeMs;
    }

    /** The first offset of which the group has not been told. */
    long cursor() {
        return cursor;
    }

    boolean isDone() {
        return done;
    }

    /** Where it ends, or {@link #UNKNOWN}. */
    long end() {
        return end;
    }

    /** Up to where it may be told, while records stand before an offset. */
    long limit(long partitionEnd) {
        return end == UNKNOWN ? partitionEnd : end;
    }

    /** Whether records are being loaded for it. */
    boolean awaits() {
        return asked != NOT_ASKED;
    }

    /** Notes that records are being loaded, which are all there before the limit of now. */
    void ask(long partitionEnd) {
        asked = limit(partitionEnd);
    }

    /** Notes that they are loaded; returns up to where nothing is missing. */
    long answered() {
        long complete = asked;
        asked = NOT_ASKED;
        return complete;
    }

    /** Hears of the first record that arrives for the group by itself. */
    void endsAt(long offset) {
        if (end == UNKNOWN) {
            end = offset;
        }
    }

    /** Notes that the group was told of all before an offset. */
    void told(long upTo, boolean all) {
        cursor = upTo;
        done = all;
    }

    /** What is delivered stands before this. */
    long deliverableBefore() {
        return done ? Long.MAX_VALUE : cursor;
    }

    /** Whether one of some records is kept for the group to be told of. */
    boolean needs(long first, long last) {
        return !done && last >= Math.max(cursor, keptFrom) && (end == UNKNOWN || first < end);
    }

    /** Adds to a set what of a range is kept for the group to be told of. */
    void addNeededTo(OffsetSet target, long first, long last) {
        if (needs(first, last)) {
            long from = Math.max(first, Math.max(cursor, keptFrom));
            long to = end == UNKNOWN ? last : Math.min(last, end - 1);
            if (from <= to) {
                target.addRange(from, to);
            }
        }
    }

    void write(ByteSink sink) {
        sink.putLong(cursor);
        sink.putLong(keptFrom);
        sink.putLong(notBeforeMs);
        sink.putLong(end);
        sink.putBoolean(done);
    }

    static Past read(ByteSource source) {
        Past read = new Past(source.getLong(), source.getLong(), source.getLong());
        read.end = source.getLong();
        read.done = source.getBoolean();
        return read;
    }

    @Override
    public String toString() {
        return done ? "told" : "told up to " + cursor + " of " + end;
    }
}
