// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.broker.store.format.FilePrologue;
import org.taffrail.broker.store.format.SealedFile;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

import java.io.IOException;

/**
 * The index of a closed segment in a file beside it, so that a start need not read the segment. It
 * is no more than a help: one that is missing, damaged or not this segment's is made again.
 */
final class IndexFile {
    private IndexFile() {}

    /** Writes an index. */
    static void write(Folder folder, Manifest.Closed segment, long salt, SegmentIndex index)
            throws IOException {
        ByteSink sink = new ByteSink(1 << 12);
        sink.putLong(SegmentHeader.tag(salt, segment.id()));
        sink.putLong(segment.firstSequence());
        sink.putLong(segment.lastSequence());
        sink.putLong(segment.end());
        index.encode(sink);
        SealedFile.write(folder, Names.index(segment.id()), FilePrologue.Kind.INDEX, sink);
    }

    /** Reads an index; null if there is none that can be used. */
    static SegmentIndex read(Folder folder, Manifest.Closed segment, long salt) throws IOException {
        try {
            return readWhole(folder, segment, salt);
        } catch (StoreException e) {
            return null;
        }
    }

    /**
     * Reads what an index says of its segment.
     *
     * @throws StoreException CORRUPT if it is missing, damaged or of another folder
     */
    static Manifest.Closed readSegment(Folder folder, long id, long salt)
            throws IOException, StoreException {
        String name = folder.describe(Names.index(id));
        SealedFile.Body body = SealedFile.read(folder, Names.index(id), FilePrologue.Kind.INDEX);
        try {
            if (body == null || body.source().getLong() != SegmentHeader.tag(salt, id)) {
                throw Corruption.at(name, 0, "it is missing, or of another segment");
            }
            ByteSource source = body.source();
            return new Manifest.Closed(id, source.getLong(), source.getLong(), source.getLong());
        } catch (WireException e) {
            throw Corruption.at(name, 0, e.getMessage());
        }
    }

    /**
     * Reads an index.
     *
     * @throws StoreException CORRUPT if it is missing, damaged or not this segment's
     */
    static SegmentIndex readWhole(Folder folder, Manifest.Closed segment, long salt)
            throws IOException, StoreException {
        String name = folder.describe(Names.index(segment.id()));
        SealedFile.Body body =
                SealedFile.read(folder, Names.index(segment.id()), FilePrologue.Kind.INDEX);
        if (body == null) {
            throw Corruption.at(name, 0, "it is missing");
        }
        try {
            ByteSource source = body.source();
            if (source.getLong() != SegmentHeader.tag(salt, segment.id())
                    || source.getLong() != segment.firstSequence()
                    || source.getLong() != segment.lastSequence()
                    || source.getLong() != segment.end()) {
                throw Corruption.at(name, 0, "it is of another segment");
            }
            return SegmentIndex.decode(source);
        } catch (WireException e) {
            throw Corruption.at(name, 0, e.getMessage());
        }
    }
}
