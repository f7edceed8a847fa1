// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.cursors.ObjectCursor;

import java.util.Arrays;
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
 *
 * <p>The bitmaps of a long backlog are far apart in memory. What is new is therefore put aside
 * until it is some messages for each: most are consumed before that, and never come into any.
 */
final class Expiries {
    private static final long SECOND_MS = 1000;

    /** So many may stand in before settled ones are looked for. */
    private static final long PRUNE_AT_LEAST = 4096;

    /** About so many are looked at at once, for each time that others are sorted in. */
    private static final long PRUNE_STEP = 1 << 16;

    /** The most bitmaps. */
    static final int BITMAPS_MAX = 1024;

    /** So many are put aside at least, and four for each bitmap at most. */
    private static final int ASIDE_LEAST = 64;

    private static final int ASIDE_BITS = 12;

    /** The last second that is told apart, in 71 million years: it leaves room for a place. */
    private static final long SECOND_LAST = (1L << Long.SIZE - 1 - ASIDE_BITS) - 1;

    private final TreeMap<Long, OffsetSet> bySecond = new TreeMap<>();

    /** Of those that are put aside: the offset, and the second with the place in this array. */
    private long[] asideOffsets = new long[0];

    private long[] asideSeconds = asideOffsets;
    private int aside;

    /** The earliest second of those that are put aside. */
    private long asideEarliest = Long.MAX_VALUE;

    private long size;
    private long pruneAt = PRUNE_AT_LEAST;

    /** The bitmap that was looked through last for settled ones; null while none is. */
    private Long prunedUpTo;

    /** How many seconds a bitmap stands for that begins now: a power of two. */
    private long grain = 1;

    /**
     * Adds a message.
     *
     * @param unsettled the messages that matter, among them this one
     */
    void add(long expirationMs, long offset, OffsetSet unsettled) {
        if (aside == asideOffsets.length) {
            makeRoom(unsettled);
        }
        long second = secondOf(expirationMs);
        asideOffsets[aside] = offset;
        asideSeconds[aside] = second << ASIDE_BITS | aside;
        aside++;
        asideEarliest = Math.min(asideEarliest, second);
    }

    private void makeRoom(OffsetSet unsettled) {
        int most = Math.min(1 << ASIDE_BITS, Math.max(ASIDE_LEAST, 4 * bySecond.size()));
        if (aside < most) {
            int more = Math.min(most, Math.max(ASIDE_LEAST / 4, 2 * aside));
            asideOffsets = Arrays.copyOf(asideOffsets, more);
            asideSeconds = Arrays.copyOf(asideSeconds, more);
        } else {
            sortIn(unsettled);
            prune(unsettled);
        }
    }

    /** Puts into the bitmaps what is put aside and, unless all matters (null), not settled yet. */
    private void sortIn(OffsetSet unsettled) {
        Arrays.sort(asideSeconds, 0, aside);
        long lastSecond = -1;
        OffsetSet bitmap = null;
        for (int i = 0; i < aside; i++) {
            long offset = asideOffsets[(int) asideSeconds[i] & (1 << ASIDE_BITS) - 1];
            if (unsettled != null && !unsettled.contains(offset)) {
                continue;
            }
            long second = asideSeconds[i] >>> ASIDE_BITS;
            boolean finer = grain > 1 && bySecond.size() < BITMAPS_MAX / 4;
            if (finer) {
                grain /= 2;
            }
            if (finer || second != lastSecond) {
                bitmap = bitmapOf(second);
                lastSecond = second;
            }
            bitmap.add(offset);
            size++;
        }
        aside = 0;
        asideEarliest = Long.MAX_VALUE;
    }

    /** The second after which a message has expired. */
    private static long secondOf(long expirationMs) {
        return Math.min(SECOND_LAST, expirationMs / SECOND_MS + 1);
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
        return aside == 0 && bySecond.isEmpty();
    }

    /** When the next second has passed in which something expires; only where it is not empty. */
    long nextDueMs() {
        long earliest = bySecond.isEmpty() ? Long.MAX_VALUE : bySecond.firstKey();
        return Math.min(earliest, asideEarliest) * SECOND_MS;
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
        if (asideEarliest <= nowMs / SECOND_MS) {
            sortIn(null);
        }
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
     * Takes out what is settled, once it may be half of all, step by step: a queue through which
     * many messages with a long time to live have gone must not remember them.
     */
    private void prune(OffsetSet unsettled) {
        if (prunedUpTo == null && size < pruneAt) {
            return;
        }
        long left = PRUNE_STEP;
        Map.Entry<Long, OffsetSet> next =
                prunedUpTo == null ? bySecond.firstEntry() : bySecond.higherEntry(prunedUpTo);
        while (next != null && left > 0) {
            OffsetSet offsets = next.getValue();
            long before = offsets.size();
            offsets.retainAll(unsettled);
            size -= before - offsets.size();
            left -= before;
            prunedUpTo = next.getKey();
            if (offsets.isEmpty()) {
                bySecond.remove(prunedUpTo);
            }
            next = bySecond.higherEntry(prunedUpTo);
        }
        if (next == null) {
            prunedUpTo = null;
            pruneAt = Math.max(PRUNE_AT_LEAST, 2 * size);
        }
    }

    /** Returns about when a message expires, ms since 1970, 0 for never; looks at all bitmaps. */
    long expirationOf(long offset) {
        for (Map.Entry<Long, OffsetSet> each : bySecond().entrySet()) {
            if (each.getValue().contains(offset)) {
                return (each.getKey() - 1) * SECOND_MS;
            }
        }
        return 0;
    }

    /** The bitmaps, by the second when each is due. */
    TreeMap<Long, OffsetSet> bySecond() {
        sortIn(null);
        return bySecond;
    }

    /**
     * Takes down what a start must know. What is held is there again, as the sweep has passed over
     * it; what is settled may stand in, to be passed over as it is here.
     */
    void takeDown(Map<Long, OffsetSet> target, LongObjectHashMap<Hold> held) {
        bySecond().forEach((second, offsets) -> target.put(second, offsets.copy()));
        for (ObjectCursor<Hold> cursor : held.values()) {
            if (cursor.value.expirationMs != 0) {
                long second = endOfGrain(secondOf(cursor.value.expirationMs));
                target.computeIfAbsent(second, key -> new OffsetSet()).add(cursor.value.offset);
            }
        }
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
