// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;

import java.io.IOException;

/**
 * A segment that is in use: its file, what it holds and who reads it. Belongs to the loop's thread,
 * except the file.
 */
final class Segment {
    final long id;
    final DataFile file;
    final long size;
    final long firstSequence;
    final SegmentIndex index;

    /** The last sequence; one less than the first as long as there is none. */
    long lastSequence;

    /** Where the next write goes: a multiple of 4,096. */
    long end;

    private int readers;
    private boolean dropped;

    Segment(long id, DataFile file, long size, long firstSequence, SegmentIndex index) {
        this.id = id;
        this.file = file;
        this.size = size;
        this.firstSequence = firstSequence;
        this.index = index;
        lastSequence = firstSequence - 1;
        end = SegmentHeader.BYTES;
    }

    Manifest.Closed closed() {
        return new Manifest.Closed(id, firstSequence, lastSequence, end);
    }

    void acquire() {
        readers++;
    }

    void release() throws IOException {
        readers--;
        closeIfUnused();
    }

    /** Closes the file once nobody reads it any more. */
    void drop() throws IOException {
        dropped = true;
        closeIfUnused();
    }

    private void closeIfUnused() throws IOException {
        if (dropped && readers == 0) {
            file.close();
        }
    }
}
