// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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

    /** How many forces of it are under way. */
    int forces;

    /** Ways to the file that are for forces only. */
    private final List<DataFile> lanes = new ArrayList<>(0);

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

    /**
     * Opens further ways to the file, so that each force that is under way has one of its own: of
     * pages that could not be written the system tells each open file once, and counts them as
     * written. On one that is shared, the force that fails takes the failure with it, and another
     * succeeds that was to make the same pages durable. To be called before anything is written.
     */
    void openLanes(SegmentSupply supply, int count) throws IOException {
        while (lanes.size() < count - 1) {
            lanes.add(supply.open(id));
        }
    }

    /** Forces it through one of the ways to it; each is for one force at a time. */
    void force(int lane) throws IOException {
        (lane == 0 ? file : lanes.get(lane - 1)).force();
    }

    /** Closes all but the first, once nothing is written any more and nothing is to be forced. */
    void closeLanes() throws IOException {
        while (!lanes.isEmpty()) {
            lanes.remove(lanes.size() - 1).close();
        }
    }

    /** Closes all. */
    void close() throws IOException {
        closeLanes();
        file.close();
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
            close();
        }
    }
}
