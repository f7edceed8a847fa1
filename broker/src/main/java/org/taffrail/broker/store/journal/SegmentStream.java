// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.tenured.RunStream;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be kept of a closed segment before it can go: the runs that its index names, wherever
 * they stand, and those that stand in it and were committed in another. Sorted and stamped; those
 * of which nothing is wanted are left out.
 */
final class SegmentStream implements RunStream {
    private static final int BATCH_RUNS = 1024;
    private static final int BATCH_BYTES = 4 << 20;

    private final Segment segment;
    private final Map<Long, Segment> segments;
    private final Set<Segment> indexes;
    private final Map<Long, Store.Wanted> wanted;
    private final RunReader reader;
    private final long[] partitions;
    private int nextPartition;
    private List<Cursor> cursors = List.of();
    private List<byte[]> batch = List.of();
    private int at;

    /** Walks through the runs of one partition in one index. */
    private final class Cursor {
        final Segment indexed;
        final SegmentIndex.Runs runs;
        int next;

        Cursor(Segment indexed, SegmentIndex.Runs runs) {
            this.indexed = indexed;
            this.runs = runs;
            skip();
        }

        boolean hasNext() {
            return next < runs.size();
        }

        void advance() {
            next++;
            skip();
        }

        /** Passes over what another index names and stands elsewhere. */
        private void skip() {
            while (indexed != segment && hasNext() && !standsHere()) {
                next++;
            }
        }

        private boolean standsHere() {
            SegmentIndex.Origin origin = indexed.index.location(runs, next).origin();
            return origin != null && origin.segmentId() == segment.id;
        }

        /** Where the run stands; null if that segment is gone, and what it had with it. */
        RunReader.Place place() {
            SegmentIndex.Location location = indexed.index.location(runs, next);
            SegmentIndex.Origin origin = location.origin();
            Segment standsIn = origin == null ? indexed : segments.get(origin.segmentId());
            return standsIn == null ? null : new RunReader.Place(standsIn, location);
        }
    }

    /**
     * Makes a stream.
     *
     * @param segment the segment
     * @param segments all that are closed, by their ids; they stay open while this is read
     * @param others whose indexes may name runs of this one that no other stream gives
     * @param wanted for each partition what is wanted of it; nothing of those that are missing
     * @param reader reads runs
     */
    SegmentStream(
            Segment segment,
            Map<Long, Segment> segments,
            Set<Segment> others,
            Map<Long, Store.Wanted> wanted,
            RunReader reader) {
        this.segment = segment;
        this.segments = segments;
        indexes = new LinkedHashSet<>(others);
        indexes.add(segment);
        this.wanted = wanted;
        this.reader = reader;
        partitions = wanted.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    }

    @Override
    public boolean next() throws IOException, StoreException {
        at++;
        while (at >= batch.size()) {
            if (!hasNext() && !nextPartition()) {
                return false;
            }
            fill();
        }
        return true;
    }

    private boolean nextPartition() {
        while (nextPartition < partitions.length) {
            cursors = cursors(partitions[nextPartition++]);
            if (hasNext()) {
                return true;
            }
        }
        return false;
    }

    private List<Cursor> cursors(long partition) {
        List<Cursor> found = new ArrayList<>();
        for (Segment each : indexes) {
            SegmentIndex.Runs runs = each.index.runs(partition);
            if (runs != null && (each == segment || each.index.hasOrigins())) {
                found.add(new Cursor(each, runs));
            }
        }
        return found;
    }

    private boolean hasNext() {
        for (Cursor cursor : cursors) {
            if (cursor.hasNext()) {
                return true;
            }
        }
        return false;
    }

    private void fill() throws IOException, StoreException {
        long partition = partitions[nextPartition - 1];
        Store.Wanted ofPartition = wanted.get(partition);
        List<RunReader.Place> places = new ArrayList<>();
        int bytes = 0;
        while (hasNext() && places.size() < BATCH_RUNS && bytes < BATCH_BYTES) {
            Cursor cursor = least();
            RunReader.Place place = cursor.place();
            long last = cursor.runs.lastOffset(cursor.next);
            if (place != null && ofPartition.any(cursor.runs.offset(cursor.next), last)) {
                places.add(place);
                bytes += place.location().length();
            }
            cursor.advance();
        }
        batch = reader.read(partition, places);
        at = 0;
    }

    private Cursor least() {
        Cursor least = null;
        for (Cursor cursor : cursors) {
            if (cursor.hasNext()
                    && (least == null
                            || cursor.runs.offset(cursor.next) < least.runs.offset(least.next))) {
                least = cursor;
            }
        }
        return least;
    }

    @Override
    public long partition() {
        return RunLayout.partition(array(), 0);
    }

    @Override
    public long offset() {
        return RunLayout.offset(array(), 0);
    }

    @Override
    public byte[] array() {
        return batch.get(at);
    }

    @Override
    public int at() {
        return 0;
    }

    @Override
    public long bytesOf(long partition) {
        long bytes = 0;
        for (Cursor cursor :
                wanted.containsKey(partition) ? cursors(partition) : List.<Cursor>of()) {
            for (; cursor.hasNext(); cursor.advance()) {
                bytes += cursor.runs.length(cursor.next);
            }
        }
        return bytes;
    }
}
