// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;

import java.util.zip.CRC32C;

/**
 * An entry: one batch in a segment.
 *
 * <pre>
 *        0               4               8                               16
 *       +---------------+---------------+-------------------------------+
 *     0 | entry bytes   | CRC32C        | sequence                      |
 *       +---------------+---------------+-------------------------------+
 *    16 | the segment's tag             | highest sequence known durable|
 *       +-------------------------------+---------------+-------+-------+
 *    32 | append time (ms since 1970)   | epoch         | flags | zero  |
 *       +---------------+---------------+---------------+-------+-------+
 *    48 | store bytes   | event bytes   | run bytes     | zero          |
 *       +---------------+---------------+---------------+---------------+
 *    64 | the store's own part, events, runs, without gaps              |
 *       +---------------------------------------------------------------+
 *
 *  flags 0      relaxed: it need not have survived
 *        1      it has a part of the store's own, see {@link EntrySteps}
 *        2-7    zero; a reader that does not know a set one refuses the file
 *        8-15   zero; a reader that does not know a set one goes on
 * </pre>
 *
 * Numbers are little-endian. The checksum covers everything after it. An entry begins at a multiple
 * of 64 bytes, the first of each write at one of 4,096; what lies between is zero. The tag is a
 * number that only this segment of this folder has: an entry with another one is stale, or a
 * message's body that looks like an entry. "Known durable" is what recovery compares damage with,
 * see {@link Recovery}.
 */
final class EntryLayout {
    static final int HEADER_BYTES = 64;
    static final int ALIGNMENT = 64;
    static final int PAGE_BYTES = 4096;

    static final int RELAXED = 1;
    static final int STEPS = 2;
    static final int KNOWN_FLAGS = RELAXED | STEPS;
    static final int MANDATORY_FLAGS = 0x00FF;

    static final int LENGTH = 0;
    static final int CRC = 4;
    static final int SEQUENCE = 8;
    static final int TAG = 16;
    static final int DURABLE = 24;
    static final int TIME = 32;
    static final int EPOCH = 40;
    static final int FLAGS = 44;
    static final int STORE_LENGTH = 48;
    static final int EVENTS_LENGTH = 52;
    static final int RUNS_LENGTH = 56;

    private EntryLayout() {}

    static int align(int bytes) {
        return bytes + ALIGNMENT - 1 & -ALIGNMENT;
    }

    static long alignToPage(long position) {
        return position + PAGE_BYTES - 1 & -PAGE_BYTES;
    }

    /**
     * What the head of an entry says beside its lengths.
     *
     * @param sequence the batch's
     * @param tag the segment's
     * @param durable the highest sequence known to be durable
     * @param timeMs append time
     * @param epoch who writes it
     * @param relaxed whether it need not survive
     */
    record Head(long sequence, long tag, long durable, long timeMs, int epoch, boolean relaxed) {}

    /** Writes the header of an entry whose parts stand apart; returns the bytes of all of it. */
    static int encode(byte[] header, Head head, ByteSink store, ByteSink events, ByteSink runs) {
        int entryBytes = HEADER_BYTES + store.length() + events.length() + runs.length();
        Bytes.putInt(header, LENGTH, entryBytes);
        Bytes.putLong(header, SEQUENCE, head.sequence);
        Bytes.putLong(header, TAG, head.tag);
        Bytes.putLong(header, DURABLE, head.durable);
        Bytes.putLong(header, TIME, head.timeMs);
        Bytes.putInt(header, EPOCH, head.epoch);
        int flags = head.relaxed ? RELAXED : 0;
        Bytes.putInt(header, FLAGS, flags | (store.length() > 0 ? STEPS : 0));
        Bytes.putInt(header, STORE_LENGTH, store.length());
        Bytes.putInt(header, EVENTS_LENGTH, events.length());
        Bytes.putInt(header, RUNS_LENGTH, runs.length());
        CRC32C crc = new CRC32C();
        crc.update(header, SEQUENCE, HEADER_BYTES - SEQUENCE);
        crc.update(store.array(), 0, store.length());
        crc.update(events.array(), 0, events.length());
        crc.update(runs.array(), 0, runs.length());
        Bytes.putInt(header, CRC, (int) crc.getValue());
        return entryBytes;
    }

    /** Tells whether the lengths of a header agree with each other and with the room there is. */
    static boolean lengthsAgree(byte[] array, int at, long room) {
        long length = Bytes.getInt(array, at + LENGTH);
        long store = Bytes.getInt(array, at + STORE_LENGTH);
        long events = Bytes.getInt(array, at + EVENTS_LENGTH);
        long runs = Bytes.getInt(array, at + RUNS_LENGTH);
        return store >= 0
                && events >= 0
                && runs >= 0
                && length == HEADER_BYTES + store + events + runs
                && length <= room;
    }
}
