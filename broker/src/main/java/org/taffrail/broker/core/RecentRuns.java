// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.Collection;

/**
 * The runs of one partition that are in memory. Those that have just come in stand in a ring, as
 * they come and go in the order of their offsets; those that came back from the log are anywhere.
 */
final class RecentRuns {
    private static final int CAPACITY_MIN = 16;

    private static final Window.Run[] NONE = {};

    private Window.Run[] ring = NONE;
    private int head;
    private int size;

    /** Null where there are none. */
    private LoadedRuns loaded;

    /** The run found last. */
    private Window.Run last;

    /** Takes a run that is not there. */
    void add(Window.Run run) {
        if (run.isLoaded() || size > 0 && at(size - 1).lastOffset() >= run.firstOffset) {
            loaded = loaded == null ? new LoadedRuns() : loaded;
            loaded.add(run);
            return;
        }
        if (size == ring.length) {
            resize(Math.max(CAPACITY_MIN, size * 2));
        }
        ring[index(size)] = run;
        size++;
    }

    private Window.Run at(int place) {
        return ring[index(place)];
    }

    private int index(int place) {
        return head + place & ring.length - 1;
    }

    private void resize(int capacity) {
        Window.Run[] moved = new Window.Run[capacity];
        for (int i = 0; i < size; i++) {
            moved[i] = at(i);
        }
        ring = moved;
        head = 0;
    }

    /** Returns the run that holds a record, or null. */
    Window.Run find(long offset) {
        if (last == null || offset < last.firstOffset || last.lastOffset() < offset) {
            Window.Run found = findInRing(offset);
            found = found == null ? findLoaded(offset) : found;
            if (found == null) {
                return null;
            }
            last = found;
        }
        return last;
    }

    /** Returns the run that holds a record and came back from the log, or null. */
    Window.Run findLoaded(long offset) {
        return loaded == null ? null : loaded.find(offset);
    }

    private Window.Run findInRing(long offset) {
        int place = placeOf(offset);
        return place < 0 ? null : at(place);
    }

    /** Returns the place of the run that holds a record, or -1. */
    private int placeOf(long offset) {
        if (size == 0 || offset < at(0).firstOffset || at(size - 1).lastOffset() < offset) {
            return -1;
        }
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            Window.Run run = at(middle);
            if (offset < run.firstOffset) {
                high = middle - 1;
            } else if (run.lastOffset() < offset) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    /** Forgets a run; returns whether it was there. */
    boolean remove(Window.Run run) {
        if (last == run) {
            last = null;
        }
        if (size > 0 && at(0) == run) {
            removeFirst();
            return true;
        }
        if (loaded != null && loaded.remove(run)) {
            loaded = loaded.isEmpty() ? null : loaded;
            return true;
        }
        int place = placeOf(run.firstOffset);
        if (place < 0 || at(place) != run) {
            return false;
        }
        for (int i = place; i < size - 1; i++) {
            ring[index(i)] = at(i + 1);
        }
        size--;
        ring[index(size)] = null;
        return true;
    }

    /** Forgets the first of those that came in. */
    void removeFirst() {
        if (last == at(0)) {
            last = null;
        }
        ring[head] = null;
        head = head + 1 & ring.length - 1;
        size--;
        if (ring.length > CAPACITY_MIN && size < ring.length / 8) {
            resize(ring.length / 2);
        }
    }

    /** The first of those that came in, or null. */
    Window.Run first() {
        return size == 0 ? null : at(0);
    }

    /** Takes down all runs. */
    void addAllTo(Collection<Window.Run> target) {
        for (int i = 0; i < size; i++) {
            target.add(at(i));
        }
        if (loaded != null) {
            loaded.addAllTo(target);
        }
    }

    /** Forgets all. */
    void clear() {
        ring = NONE;
        head = 0;
        size = 0;
        loaded = null;
        last = null;
    }
}
