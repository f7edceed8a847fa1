// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.TreeMap;

/**
 * Which messages expire when, to the second: a bitmap for each second in which something expires.
 * Delivery checks the exact time; this is for the sweep, which comes up to a second late. Settled
 * messages stay in until their second has come, or until they are too many.
 */
final class Expiries {
    private static final long SECOND_MS = 1000;

    /** So many may stand in before settled ones are looked for. */
    private static final long PRUNE_AT_LEAST = 4096;

    private final TreeMap<Long, OffsetSet> bySecond = new TreeMap<>();
    private long size;
    private long pruneAt = PRUNE_AT_LEAST;

    void add(long expirationMs, long offset) {
        long second = expirationMs / SECOND_MS + 1;
        bySecond.computeIfAbsent(second, key -> new OffsetSet()).add(offset);
        size++;
    }

    boolean isEmpty() {
        return bySecond.isEmpty();
    }

    /** When the next second has passed in which something expires; only where it is not empty. */
    long nextDueMs() {
        return bySecond.firstKey() * SECOND_MS;
    }

    /** Takes out an offset that is due, or returns -1. */
    long pollDue(long nowMs) {
        long offset = firstDue(nowMs);
        if (offset >= 0) {
            removeFirst(offset);
        }
        return offset;
    }

    /** Returns the first offset that is due, or -1. */
    long firstDue(long nowMs) {
        while (!bySecond.isEmpty() && nextDueMs() <= nowMs) {
            long offset = bySecond.firstEntry().getValue().first();
            if (offset >= 0) {
                return offset;
            }
            bySecond.pollFirstEntry();
        }
        return -1;
    }

    /** Takes out what {@link #firstDue} has just returned. */
    void removeFirst(long offset) {
        bySecond.firstEntry().getValue().remove(offset);
        size--;
    }

    /**
     * Takes out what is settled, once it may be half of all: a queue through which many messages
     * with a long time to live have gone must not remember them.
     */
    void prune(OffsetSet unsettled) {
        if (size < pruneAt) {
            return;
        }
        size = 0;
        for (OffsetSet offsets : bySecond.values()) {
            offsets.retainAll(unsettled);
            size += offsets.size();
        }
        bySecond.values().removeIf(OffsetSet::isEmpty);
        pruneAt = Math.max(PRUNE_AT_LEAST, 2 * size);
    }

    TreeMap<Long, OffsetSet> bySecond() {
        return bySecond;
    }

    /** Takes a second's offsets as a snapshot has them. */
    void restore(long second, OffsetSet offsets) {
        bySecond.put(second, offsets);
        size += offsets.size();
    }
}
