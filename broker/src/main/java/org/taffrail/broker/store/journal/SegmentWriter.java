// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes entries to the active segment: they are copied into one buffer, and a turn's worth goes to
 * the file in one write that begins and ends at a multiple of 4 KiB. Belongs to the loop's thread.
 */
final class SegmentWriter {
    static final int BUFFER_BYTES_MAX = 1 << 20;
    private static final byte[] ZEROS = new byte[EntryLayout.PAGE_BYTES];

    private final ByteBuffer buffer;
    private Segment segment;
    private long bufferAt;
    private long bytesWritten;

    /**
     * Makes a writer.
     *
     * @param segmentBytes the size of segments, a multiple of 4 KiB
     */
    SegmentWriter(long segmentBytes) {
        buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER_BYTES_MAX, segmentBytes));
    }

    /** Goes on in a segment that has entries, or has been given its header. */
    void resume(Segment active) {
        segment = active;
        bufferAt = active.end;
        buffer.clear();
    }

    /** Goes on in a new segment; its header goes with the first write. */
    void begin(Segment active, SegmentHeader header) throws IOException {
        segment = active;
        bufferAt = 0;
        buffer.clear();
        put(header.encode(), SegmentHeader.BYTES);
    }

    Segment segment() {
        return segment;
    }

    /** Returns where the next entry begins. */
    long position() {
        return bufferAt + buffer.position();
    }

    boolean hasRoomFor(long entryBytes) {
        return position() + entryBytes <= segment.size;
    }

    /** Returns how many bytes were written to all segments together. */
    long bytesWritten() {
        return bytesWritten;
    }

    boolean isEmpty() {
        return buffer.position() == 0;
    }

    /** Adds bytes; writes what has gathered when the buffer is full. */
    void put(byte[] bytes, int length) throws IOException {
        int at = 0;
        while (at < length) {
            if (!buffer.hasRemaining()) {
                write();
            }
            int count = Math.min(length - at, buffer.remaining());
            buffer.put(bytes, at, count);
            at += count;
        }
    }

    /** Fills up to the next multiple of a power of two that is at most 4 KiB. */
    void pad(int alignment) throws IOException {
        put(ZEROS, -buffer.position() & alignment - 1);
    }

    /** Writes what has gathered. */
    void flush() throws IOException {
        if (!isEmpty()) {
            pad(EntryLayout.PAGE_BYTES);
            write();
        }
    }

    private void write() throws IOException {
        buffer.flip();
        int bytes = buffer.remaining();
        segment.file.write(buffer, bufferAt);
        buffer.clear();
        bufferAt += bytes;
        bytesWritten += bytes;
        segment.end = bufferAt;
    }
}
