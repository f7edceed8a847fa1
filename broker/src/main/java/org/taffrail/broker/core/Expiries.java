// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.cursors.ObjectCursor;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which messages expire when, to the second: a bitmap for each second in which something expires.
 * Delivery checks the exact time; this is for the sweep, which comes up to a second late. Settled
 * messages stay in until their second has come, or until they are too many.
 *
 * <p>Ten million messages that expire over a week would need half a million bitmaps of a few
 * messages each, some hundred bytes a message. So there are at most {@link #BITMAPS_MAX}: where
 * there would be more, a bitmap stands for several seconds, the fewest that do, and the sweep comes
 * when the last of them has passed.
 */
final class Expiries {
    private static final long SECOND_MS = 1000;

    /** So many may stand in before settled ones are looked for. */
    private static final long PRUNE_AT_LEAST = 4096;

    /** The most bitmaps. */
    static final int BITMAPS_MAX = 1024;

    private final TreeMap<Long, OffsetSet> bySecond = new TreeMap<>();
    private long size;
    private long pruneAt = PRUNE_AT_LEAST;

    /** How many seconds a bitmap stands for that begins now: a power of two. */
    private long grain = 1;

    void add(long expirationMs, long offset) {
        if (grain > 1 && bySecond.size() < BITMAPS_MAX / 4) {
            grain /= 2;
        }
        bitmapOf(secondOf(expirationMs)).add(offset);
        size++;
    }

    /** The second after which a message has expired. */
    private static long secondOf(long expirationMs) {
        return expirationMs / SECOND_MS + 1;
    }

    private OffsetSet bitmapOf(long second) {
        OffsetSet found = bySecond.get(endOfGrain(second));
        if (found != null) {
            return found;
        }
        while (bySecond.size() >= BITMAPS_MAX) {
            coarsen();
        }
        return bySecond.computeIfAbsent(endOfGrain(second), key -> new OffsetSet());
    }

    private long endOfGrain(long second) {
        return (second + grain - 1) / grain * grain;
    }

    private void coarsen() {
        grain *= 2;
        TreeMap<Long, OffsetSet> finer = new TreeMap<>(bySecond);
        bySecond.clear();
        finer.forEach(
                (second, offsets) -> {
                    OffsetSet before = bySecond.putIfAbsent(endOfGrain(second), offsets);
                    if (before != null) {
                        before.addAll(offsets);
                    }
                });
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

    /** The bitmaps, by the second when each is due. */
    TreeMap<Long, OffsetSet> bySecond() {
        return bySecond;
    }

    /**
     * Takes down what a start must know. What is held is there again, as the sweep has passed over
     * it; what is settled may stand in, to be passed over as it is here: taking it out of all
     * bitmaps is the work of a second.
     */
    void takeDown(Map<Long, OffsetSet> target, LongObjectHashMap<Hold> held) {
        target.putAll(bySecond);
        Map<Long, OffsetSet> ofHeld = new TreeMap<>();
        for (ObjectCursor<Hold> cursor : held.values()) {
            if (cursor.value.expirationMs != 0) {
                long second = endOfGrain(secondOf(cursor.value.expirationMs));
                ofHeld.computeIfAbsent(second, key -> new OffsetSet()).add(cursor.value.offset);
            }
        }
        ofHeld.forEach(
                (second, offsets) -> {
                    if (target.containsKey(second)) {
                        offsets.addAll(target.get(second));
                    }
                    target.put(second, offsets);
                });
    }

    /** Takes over what a snapshot has, and how many seconds each of its many bitmaps stands for. */
    void restore(Map<Long, OffsetSet> taken) {
        long seconds = 0;
        for (Map.Entry<Long, OffsetSet> entry : taken.entrySet()) {
            seconds |= entry.getKey();
            size += entry.getValue().size();
            bySecond.put(entry.getKey(), entry.getValue());
        }
        pruneAt = Math.max(pruneAt, 2 * size);
        if (taken.size() >= BITMAPS_MAX / 4) {
            grain = Math.max(1, Long.lowestOneBit(seconds));
        }
    }
}
