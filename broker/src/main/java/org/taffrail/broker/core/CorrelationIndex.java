// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import com.carrotsearch.hppc.LongIntHashMap;

import java.util.Arrays;

/**
 * Which ready messages of a position have which correlation id, for those that were looked at: the
 * youngest {@link #ENTRIES_MAX} or fewer stand in a hash table, the offsets of all older ones in
 * compressed sets. What is not ready any more is dropped when room is needed.
 */
final class CorrelationIndex {
    /** The most entries; one costs about 40 bytes. */
    static final int ENTRIES_MAX = 1 << 16;

    private static final int ENTRIES_MIN = 64;
    private static final int NONE = -1;

    private final Position position;
    private final int entriesMax;
    private final OffsetSet[] older = OffsetSets.byPriority();

    private long[] hash = {};
    private long[] offset = {};
    private byte[] priority = {};

    /** The entry of the same hash that was made before, or none. */
    private int[] before = {};

    private int size;
    private LongIntHashMap latest = new LongIntHashMap();

    CorrelationIndex(Position position, int entriesMax) {
        this.position = position;
        this.entriesMax = entriesMax;
    }

    /** Takes a message with a correlation id. */
    void add(long idHash, long messageOffset, int messagePriority) {
        if (size == hash.length) {
            makeRoom();
        }
        hash[size] = idHash;
        offset[size] = messageOffset;
        priority[size] = (byte) messagePriority;
        before[size] = latest.getOrDefault(idHash, NONE);
        latest.put(idHash, size);
        size++;
    }

    /** Tells of all messages that may have an id and are in the table. */
    void tell(long idHash, Looked listener) {
        for (int at = latest.getOrDefault(idHash, NONE); at != NONE; at = before[at]) {
            listener.tell(offset[at], priority[at]);
        }
    }

    /** For each priority what was looked at, has an id, and is not in the table any more. */
    OffsetSet[] older() {
        return older;
    }

    /**
     * Drops what is not ready; where not enough is, the table grows, or gives up its older half.
     */
    private void makeRoom() {
        boolean[] kept = new boolean[size];
        int live = markLive(kept);
        int capacity = Math.max(ENTRIES_MIN, hash.length);
        while (live > capacity / 2 && capacity < entriesMax) {
            capacity *= 2;
        }
        int surplus = Math.max(0, live - capacity / 2);
        long[] hashes = hash;
        long[] offsets = offset;
        byte[] priorities = priority;
        int count = size;
        hash = new long[capacity];
        offset = new long[capacity];
        priority = new byte[capacity];
        before = new int[capacity];
        latest = new LongIntHashMap();
        size = 0;
        for (int i = 0; i < count; i++) {
            if (kept[i] && surplus > 0) {
                surplus--;
                older[priorities[i]].add(offsets[i]);
            } else if (kept[i]) {
                add(hashes[i], offsets[i], priorities[i]);
            }
        }
        for (int p = 0; p < older.length; p++) {
            older[p].retainAll(position.ready(p));
        }
    }

    /** Marks entries of which the message is ready, the youngest of each; returns how many. */
    private int markLive(boolean[] kept) {
        OffsetSet seen = new OffsetSet();
        int live = 0;
        for (int i = size - 1; i >= 0; i--) {
            kept[i] = position.isReady(offset[i], priority[i]) && !seen.contains(offset[i]);
            if (kept[i]) {
                seen.add(offset[i]);
                live++;
            }
        }
        return live;
    }

    @Override
    public String toString() {
        return size + " of " + hash.length + ", older " + Arrays.toString(older);
    }
}
