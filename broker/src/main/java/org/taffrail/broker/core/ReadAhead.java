// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.Arrays;

/**
 * Tells when a group has begun to take what came back from the log: the next records are to be
 * asked for then, before anybody waits for them. Not while many read at once: what they have read
 * ahead would be pushed out before it is taken, and they do not wait for one another anyway.
 */
final class ReadAhead {
    /** What others may load meanwhile, as a part of what may be loaded in all. */
    private static final int OTHERS_PART = 4;

    private static final long NOTHING = Long.MAX_VALUE;

    private final long[] dueOffset = new long[Position.PRIORITIES];
    private final long[] lastOffset = new long[Position.PRIORITIES];
    private final long[] loadedBytes = new long[Position.PRIORITIES];

    ReadAhead() {
        Arrays.fill(dueOffset, NOTHING);
    }

    /**
     * Notes that records of a priority have come.
     *
     * @param first the first of them, with which the next ones are asked for
     * @param last the last of them
     * @param window in which they are
     */
    void loaded(int priority, long first, long last, Window window) {
        dueOffset[priority] = first;
        lastOffset[priority] = last;
        loadedBytes[priority] = window.loadedBytesEver();
    }

    /**
     * Returns from which offset on the next records are to be asked for now that one is taken, or
     * -1 if none are.
     */
    long due(int priority, long offset, Window window) {
        if (offset < dueOffset[priority] || lastOffset[priority] < offset) {
            return -1;
        }
        dueOffset[priority] = NOTHING;
        long others = window.loadedBytesEver() - loadedBytes[priority];
        return others > window.loadedBytesMax() / OTHERS_PART ? -1 : lastOffset[priority] + 1;
    }
}
