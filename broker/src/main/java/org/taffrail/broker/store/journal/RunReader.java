// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RunCheck;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads runs from where an index says that they are, neighbours at once; checks them, and stamps
 * those that were staged. From any thread.
 */
final class RunReader {
    /** Runs that are no further apart are read at once. */
    private static final int GAP_BYTES_MAX = 16 << 10;

    private static final int SPAN_BYTES_MAX = 256 << 10;

    private final Folder folder;

    RunReader(Folder folder) {
        this.folder = folder;
    }

    /**
     * Where a run is.
     *
     * @param segment the segment in which its bytes stand
     * @param location where there, and with which offset
     */
    record Place(Segment segment, SegmentIndex.Location location) {
        int end() {
            return location.position() + location.length();
        }

        /** Stamps the run that stands there, in an array of its own, if it was staged. */
        void stamp(long partition, byte[] run) {
            SegmentIndex.Origin origin = location.origin();
            if (origin != null) {
                RunLayout.stamp(
                        run,
                        0,
                        partition,
                        location.offset(),
                        origin.timeMs(),
                        origin.incarnation());
            }
        }
    }

    /** Finds where a run of an index is; null if its segment is gone. */
    static Place place(JournalState state, Segment indexed, SegmentIndex.Runs runs, int at) {
        SegmentIndex.Location location = indexed.index.location(runs, at);
        SegmentIndex.Origin origin = location.origin();
        Segment segment = origin == null ? indexed : state.segment(origin.segmentId());
        return segment == null ? null : new Place(segment, location);
    }

    /**
     * Reads runs of one partition.
     *
     * @return one array for each, stamped
     * @throws StoreException CORRUPT, with file and position
     */
    List<byte[]> read(long partition, List<Place> places) throws IOException, StoreException {
        List<byte[]> runs = new ArrayList<>(places.size());
        int at = 0;
        while (at < places.size()) {
            int next = endOfSpan(places, at);
            readSpan(partition, places.subList(at, next), runs);
            at = next;
        }
        return runs;
    }

    private static int endOfSpan(List<Place> places, int from) {
        Place first = places.get(from);
        int next = from + 1;
        while (next < places.size()) {
            Place last = places.get(next - 1);
            Place place = places.get(next);
            int gap = place.location.position() - last.end();
            if (place.segment != first.segment
                    || gap < 0
                    || gap > GAP_BYTES_MAX
                    || place.end() - first.location.position() > SPAN_BYTES_MAX) {
                break;
            }
            next++;
        }
        return next;
    }

    private void readSpan(long partition, List<Place> places, List<byte[]> runs)
            throws IOException, StoreException {
        Place first = places.get(0);
        int from = first.location.position();
        byte[] span = new byte[places.get(places.size() - 1).end() - from];
        int read = first.segment.file.read(ByteBuffer.wrap(span), from);
        for (Place place : places) {
            int at = place.location.position() - from;
            int end = at + place.location.length();
            if (end > read) {
                throw corrupt(place, "the file ends before");
            }
            byte[] run =
                    places.size() == 1 && end == span.length
                            ? span
                            : Arrays.copyOfRange(span, at, end);
            check(partition, place, run);
            runs.add(run);
        }
    }

    private void check(long partition, Place place, byte[] run) throws StoreException {
        try {
            RunCheck.check(run, 0, run.length);
            place.stamp(partition, run);
            RunCheck.checkStamp(run, 0);
        } catch (WireException e) {
            throw corrupt(place, e.getMessage());
        }
        if (RunLayout.partition(run, 0) != partition
                || RunLayout.offset(run, 0) != place.location.offset()) {
            throw corrupt(place, "it is not the run that the index means");
        }
    }

    private StoreException corrupt(Place place, String what) {
        return Corruption.at(
                folder.describe(Names.segment(place.segment.id)), place.location.position(), what);
    }
}
