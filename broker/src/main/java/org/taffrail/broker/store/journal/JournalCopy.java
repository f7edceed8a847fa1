// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.Batch;
import org.taffrail.wire.ByteSink;

import java.io.Closeable;
import java.io.IOException;

/**
 * Writes a journal whose batches have their sequences and offsets already: from the first segment
 * on, without stagings. Nothing counts before there is a manifest.
 */
final class JournalCopy implements Closeable {
    static final long FIRST_SEGMENT = 1;

    private static final ByteSink NOTHING = new ByteSink(0);
    private static final long FIRST_BYTES = 4 << 20;
    private static final long BYTES = 64 << 20;

    private final Folder folder;
    private final long salt;
    private final SegmentWriter writer = new SegmentWriter(SegmentWriter.BUFFER_BYTES_MAX);
    private final byte[] header = new byte[EntryLayout.HEADER_BYTES];
    private Segment segment;
    private long next;
    private int epoch = 1;
    private long timeMs;

    JournalCopy(Folder folder, long salt, long firstSequence) {
        this.folder = folder;
        this.salt = salt;
        next = firstSequence;
    }

    /** The sequence of the batch that comes next. */
    long next() {
        return next;
    }

    /** The last owner that has written a batch. */
    int epoch() {
        return epoch;
    }

    /** Writes empty batches in place of those that are lost, up to a sequence; returns how many. */
    long fill(long end) throws IOException {
        long from = next;
        while (next < end) {
            write(new Batch(NOTHING, NOTHING, false, timeMs));
        }
        return next - from;
    }

    /** Writes the batch that comes next. */
    void add(Batch batch, int writtenBy) throws IOException {
        epoch = Math.max(epoch, writtenBy);
        timeMs = Math.max(timeMs, batch.timeMs());
        write(batch);
    }

    private void write(Batch batch) throws IOException {
        int bytes = (int) (EntryLayout.HEADER_BYTES + batch.bytes());
        if (segment == null || !writer.hasRoomFor(EntryLayout.align(bytes))) {
            begin(EntryLayout.alignToPage(bytes) + SegmentHeader.BYTES);
        }
        EntryLayout.Head head =
                new EntryLayout.Head(
                        next,
                        SegmentHeader.tag(salt, segment.id),
                        next - 1,
                        batch.timeMs(),
                        epoch,
                        batch.relaxed());
        EntryLayout.encode(header, head, NOTHING, batch.events(), batch.runs());
        writer.put(header, EntryLayout.HEADER_BYTES);
        writer.put(batch.events().array(), batch.events().length());
        writer.put(batch.runs().array(), batch.runs().length());
        writer.pad(EntryLayout.ALIGNMENT);
        next++;
    }

    private void begin(long bytesMin) throws IOException {
        long id = segment == null ? FIRST_SEGMENT : segment.id + 1;
        long grown = segment == null ? FIRST_BYTES : Math.min(BYTES, segment.size * 2);
        end();
        long bytes = Math.max(grown, bytesMin);
        SegmentSupply.Prepared prepared = SegmentSupply.make(folder, id, bytes);
        segment = new Segment(id, prepared.file(), bytes, next, new SegmentIndex());
        long tag = SegmentHeader.tag(salt, id);
        writer.begin(segment, new SegmentHeader(id, next, bytes, tag, epoch));
    }

    private void end() throws IOException {
        if (segment != null) {
            writer.flush();
            segment.file.force();
            segment.file.close();
        }
    }

    /** Makes durable what was written, and the first segment if nothing was. */
    @Override
    public void close() throws IOException {
        end();
        if (segment == null) {
            SegmentSupply.make(folder, FIRST_SEGMENT, FIRST_BYTES).file().close();
        }
        segment = null;
    }
}
