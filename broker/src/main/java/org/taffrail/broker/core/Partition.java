// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One log: its end, the groups that read it, and which of its runs are in memory. */
final class Partition {
    private static final long NOT_LOADING = -1;

    final long id;
    final Destination destination;
    final List<Position> positions = new ArrayList<>();
    private final TreeMap<Long, Window.Run> runs = new TreeMap<>();
    private long end;
    private long volatileBytes;
    private long loadingFrom = NOT_LOADING;

    Partition(long id, Destination destination) {
        this.id = id;
        this.destination = destination;
    }

    /** The offset that the next record gets, as far as records have arrived. */
    long end() {
        return end;
    }

    void endAtLeast(long offset) {
        end = Math.max(end, offset);
    }

    /** Whether the records are in memory only and die with the destination. */
    boolean isVolatile() {
        return destination.kind.isTemporary();
    }

    long volatileBytes() {
        return volatileBytes;
    }

    void remember(Window.Run run) {
        runs.put(run.firstOffset, run);
        if (isVolatile()) {
            volatileBytes += run.bytes;
        }
    }

    void forget(Window.Run run) {
        runs.remove(run.firstOffset, run);
    }

    /** Returns the run in memory that holds a record, or null. */
    Window.Run find(long offset) {
        Map.Entry<Long, Window.Run> entry = runs.floorEntry(offset);
        return entry == null || entry.getValue().lastOffset() < offset ? null : entry.getValue();
    }

    /** Forgets runs of a volatile partition that no group needs any more. */
    void dropSettled() {
        if (!isVolatile()) {
            return;
        }
        long needed = end;
        for (Position position : positions) {
            long first = position.firstUnsettled();
            needed = first < 0 ? needed : Math.min(needed, first);
        }
        while (!runs.isEmpty() && runs.firstEntry().getValue().lastOffset() < needed) {
            volatileBytes -= runs.pollFirstEntry().getValue().bytes;
        }
    }

    boolean isLoading() {
        return loadingFrom != NOT_LOADING;
    }

    void loadingFrom(long offset) {
        loadingFrom = offset;
    }

    /** Ends the load under way and returns the offset that it was for. */
    long loaded() {
        long from = loadingFrom;
        loadingFrom = NOT_LOADING;
        return from;
    }

    boolean anyUnsettled(long first, long last) {
        for (Position position : positions) {
            if (position.anyUnsettled(first, last)) {
                return true;
            }
        }
        return false;
    }
}
