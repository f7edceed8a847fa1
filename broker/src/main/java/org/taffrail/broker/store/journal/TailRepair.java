// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Makes sure that the accepted tail is on the disk and what was cut off is not: it writes the first
 * again, overwrites the second with zeros, and forces both. Whenever it is interrupted, it finds
 * the same to do the next time.
 */
final class TailRepair {
    private static final int CHUNK_BYTES = 1 << 20;

    private final Folder folder;

    TailRepair(Folder folder) {
        this.folder = folder;
    }

    /** Where an entry begins. */
    record Mark(long sequence, Segment segment, long position) {}

    /**
     * Repairs.
     *
     * @param open the segments that were read, in order; the last one has the tail
     * @param firstUndurable the first accepted entry that is not known to be durable, or null
     * @param cutFrom where in the last one begins what must be zero, behind its last entry
     * @param cutBytes how many bytes must be
     * @param later ids of segments that must go
     */
    void run(List<Segment> open, Mark firstUndurable, long cutFrom, long cutBytes, List<Long> later)
            throws IOException {
        for (int i = 0; i < open.size(); i++) {
            Segment segment = open.get(i);
            boolean tail = i == open.size() - 1;
            boolean dirty = tail && cutBytes > 0;
            if (firstUndurable != null && segment.id >= firstUndurable.segment.id) {
                boolean begins =
                        segment.id > firstUndurable.segment.id
                                || firstUndurable.sequence == segment.firstSequence;
                rewrite(segment, begins ? 0 : firstUndurable.position, segment.end);
                dirty = true;
            } else if (tail && segment.lastSequence < segment.firstSequence) {
                rewrite(segment, 0, segment.end);
                dirty = true;
            }
            if (tail && cutBytes > 0) {
                zero(segment.file, cutFrom, cutFrom + cutBytes);
            }
            if (dirty) {
                segment.file.force();
            }
        }
        for (long id : later) {
            folder.delete(Names.segment(id));
        }
        folder.force();
    }

    /** Makes a segment whose header was torn as good as new. */
    void blank(long id) throws IOException, StoreException {
        String name = Names.segment(id);
        try (DataFile file = folder.open(name)) {
            long size = file.size();
            if (size < 2 * SegmentHeader.BYTES || size % EntryLayout.PAGE_BYTES != 0) {
                throw Corruption.at(folder.describe(name), size, "it was cut");
            }
            zero(file, 0, size);
            file.force();
        }
    }

    private static void rewrite(Segment segment, long from, long to) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, to - from));
        for (long at = from; at < to; at += chunk.limit()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), to - at));
            if (segment.file.read(chunk, at) < chunk.limit()) {
                throw new IOException("segment " + segment.id + " became shorter");
            }
            chunk.flip();
            segment.file.write(chunk, at);
        }
    }

    private static void zero(DataFile file, long from, long to) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, to - from));
        for (long at = from; at < to; at += zeros.limit()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
            file.write(zeros, at);
        }
    }
}
