// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/** Which records of a range were needed at one time. Never changes; for any thread. */
public final class NeededRecords {
    private final OffsetSet offsets;
    private final long lastOffset;

    /** Takes a set that nobody else has. */
    NeededRecords(OffsetSet offsets) {
        this.offsets = offsets;
        lastOffset = offsets.last();
    }

    /**
     * Tells whether one of some records was needed.
     *
     * @param firstOffset the first offset
     * @param lastOffset the last offset
     * @return false where none was
     */
    public boolean any(long firstOffset, long lastOffset) {
        return offsets.intersects(firstOffset, lastOffset);
    }

    /**
     * Tells which is the last.
     *
     * @return its offset, or -1 where none was needed
     */
    public long lastOffset() {
        return lastOffset;
    }

    /**
     * Counts them.
     *
     * @return 0 or more
     */
    public long records() {
        return offsets.size();
    }
}
