// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds whole entries in a segment of which nothing is taken for granted: what it returns has the
 * segment's tag, a right checksum and lengths that agree. Reads ahead through one window. Not
 * thread-safe.
 */
final class EntryReader {
    private static final int WINDOW_BYTES = 1 << 20;
    private static final byte[] ZEROS = new byte[WINDOW_BYTES];

    private final DataFile file;
    private final String name;
    private final long tag;
    private final long size;
    private byte[] window = new byte[WINDOW_BYTES];
    private long windowAt;
    private int windowBytes;

    EntryReader(DataFile file, String name, long tag, long size) {
        this.file = file;
        this.name = name;
        this.tag = tag;
        this.size = size;
    }

    /**
     * An entry that was found whole. Valid until the next one is asked for.
     *
     * @param position where it begins in the segment
     * @param array where it stands in memory
     * @param at where it begins there
     */
    record Entry(long position, byte[] array, int at) {
        int length() {
            return Bytes.getInt(array, at + EntryLayout.LENGTH);
        }

        long sequence() {
            return Bytes.getLong(array, at + EntryLayout.SEQUENCE);
        }

        long durable() {
            return Bytes.getLong(array, at + EntryLayout.DURABLE);
        }

        long timeMs() {
            return Bytes.getLong(array, at + EntryLayout.TIME);
        }

        int epoch() {
            return Bytes.getInt(array, at + EntryLayout.EPOCH);
        }

        boolean relaxed() {
            return (flags() & EntryLayout.RELAXED) != 0;
        }

        int flags() {
            return Bytes.getUnsignedShort(array, at + EntryLayout.FLAGS);
        }

        int storeBytes() {
            return Bytes.getInt(array, at + EntryLayout.STORE_LENGTH);
        }

        int eventBytes() {
            return Bytes.getInt(array, at + EntryLayout.EVENTS_LENGTH);
        }

        int runBytes() {
            return Bytes.getInt(array, at + EntryLayout.RUNS_LENGTH);
        }

        int storeAt() {
            return at + EntryLayout.HEADER_BYTES;
        }

        int eventsAt() {
            return storeAt() + storeBytes();
        }

        int runsAt() {
            return eventsAt() + eventBytes();
        }

        /** Where the next entry begins if it was in the same write. */
        long end() {
            return position + length() + EntryLayout.ALIGNMENT - 1 & -EntryLayout.ALIGNMENT;
        }

        ByteSink copyOf(int from, int bytes) {
            ByteSink sink = new ByteSink(bytes);
            sink.putBytes(array, from, bytes);
            return sink;
        }
    }

    /**
     * Looks at a position.
     *
     * @return the entry that begins there, or null if no whole one does
     * @throws StoreException TOO_NEW if it has a flag that must be known and is not
     */
    Entry at(long position) throws IOException, StoreException {
        if (position > size - EntryLayout.HEADER_BYTES) {
            return null;
        }
        int at = load(position, EntryLayout.HEADER_BYTES);
        if (at < 0
                || Bytes.getLong(window, at + EntryLayout.TAG) != tag
                || !EntryLayout.lengthsAgree(window, at, size - position)) {
            return null;
        }
        int length = Bytes.getInt(window, at + EntryLayout.LENGTH);
        at = load(position, length);
        if (at < 0) {
            return null;
        }
        int crc = Bytes.crc32c(window, at + EntryLayout.SEQUENCE, length - EntryLayout.SEQUENCE);
        if (crc != Bytes.getInt(window, at + EntryLayout.CRC)) {
            return null;
        }
        Entry entry = new Entry(position, window, at);
        int unknown = entry.flags() & EntryLayout.MANDATORY_FLAGS & ~EntryLayout.KNOWN_FLAGS;
        if (unknown != 0) {
            throw new StoreException(
                    StoreException.Kind.TOO_NEW,
                    name
                            + " has at position "
                            + position
                            + " an entry with flags "
                            + Integer.toHexString(unknown)
                            + " that this broker does not know; start a newer broker");
        }
        return entry;
    }

    /** Finds the first whole entry at or after a position, null if there is none. */
    Entry find(long from) throws IOException, StoreException {
        return find(from, size);
    }

    /** Finds the first whole entry that begins in a range, null if there is none. */
    Entry find(long from, long to) throws IOException, StoreException {
        long position = from + EntryLayout.ALIGNMENT - 1 & -EntryLayout.ALIGNMENT;
        long last = Math.min(to - 1, size - EntryLayout.HEADER_BYTES);
        while (position <= last) {
            int at = load(position, EntryLayout.HEADER_BYTES);
            if (at < 0) {
                return null;
            }
            if (Bytes.getLong(window, at + EntryLayout.TAG) == tag) {
                Entry entry = at(position);
                if (entry != null) {
                    return entry;
                }
            }
            position += EntryLayout.ALIGNMENT;
        }
        return null;
    }

    /** Finds where the last byte from a position on stands that is not zero; -1 if all are. */
    long lastNonZero(long from) throws IOException {
        long last = -1;
        for (long position = from; position < size; ) {
            int at = load(position, 1);
            if (at < 0) {
                break;
            }
            int bytes = (int) Math.min(size - position, windowAt + windowBytes - position);
            for (int i = isZero(at, bytes) ? -1 : at + bytes - 1; i >= at; i--) {
                if (window[i] != 0) {
                    last = position + i - at;
                    break;
                }
            }
            position += bytes;
        }
        return last;
    }

    /** Most of what is looked at was prepared and never written: it is compared in one go. */
    private boolean isZero(int at, int bytes) {
        return bytes <= ZEROS.length && Arrays.equals(window, at, at + bytes, ZEROS, 0, bytes);
    }

    /** Finds the first byte of a range that is not zero; -1 if all are, or are not there. */
    long firstNonZero(long from, long to) throws IOException {
        for (long position = from; position < to; ) {
            int at = load(position, 1);
            if (at < 0) {
                break;
            }
            int bytes = (int) Math.min(to - position, windowAt + windowBytes - position);
            for (int i = at; i < at + bytes; i++) {
                if (window[i] != 0) {
                    return position + i - at;
                }
            }
            position += bytes;
        }
        return -1;
    }

    /** Makes sure that a range is in the window; returns where, or -1 if the file ends before. */
    private int load(long position, int bytes) throws IOException {
        if (position < windowAt || position + bytes > windowAt + windowBytes) {
            if (bytes > window.length) {
                window = new byte[bytes];
            }
            windowAt = position;
            windowBytes = file.read(ByteBuffer.wrap(window), position);
        }
        return bytes <= windowBytes ? (int) (position - windowAt) : -1;
    }
}
