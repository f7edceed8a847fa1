// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.tenured.Tenured;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** Removes what the store has made in its folder and what does not count, after recovery. */
final class Leftovers {
    private final Folder folder;
    private final JournalState state;
    private final boolean clean;

    Leftovers(Folder folder, JournalState state, boolean clean) {
        this.folder = folder;
        this.state = state;
        this.clean = clean;
    }

    /**
     * Removes it.
     *
     * @return the next segment where a clean end has left one prepared, or null
     */
    SegmentSupply.Prepared remove() throws IOException {
        Set<String> counts = new HashSet<>();
        for (Segment segment : state.segments()) {
            counts.add(Names.segment(segment.id));
            counts.add(Names.index(segment.id));
        }
        state.tenured.files().forEach(file -> counts.add(Tenured.name(file.id())));
        counts.add(Names.segment(state.firstOpenId()));
        counts.add(Names.snapshot(state.snapshotId));
        SegmentSupply.Prepared prepared = clean ? prepared() : null;
        if (prepared != null) {
            counts.add(Names.segment(prepared.id()));
        }
        for (String name : folder.list()) {
            if ((Names.ours(name) || Tenured.idOf(name) > 0) && !counts.contains(name)) {
                folder.delete(name);
            }
        }
        return prepared;
    }

    private SegmentSupply.Prepared prepared() throws IOException {
        Segment last = state.lastOpen();
        if (last == null || !folder.list().contains(Names.segment(last.id + 1))) {
            return null;
        }
        DataFile file = folder.open(Names.segment(last.id + 1));
        byte[] header = new byte[SegmentHeader.BYTES];
        long bytes = file.size();
        if (file.read(ByteBuffer.wrap(header), 0) == header.length
                && SegmentHeader.isBlank(header)
                && bytes > header.length
                && bytes % EntryLayout.PAGE_BYTES == 0) {
            return new SegmentSupply.Prepared(last.id + 1, file, bytes);
        }
        file.close();
        return null;
    }
}
