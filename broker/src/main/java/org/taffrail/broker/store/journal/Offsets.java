// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import java.util.HashMap;
import java.util.Map;

/** The next offset of each partition; 0 for one that was never heard of. Not thread-safe. */
final class Offsets {
    private final Map<Long, long[]> next = new HashMap<>();

    /** Takes offsets and returns the first of them. */
    long take(long partition, int count) {
        long[] cell = cell(partition);
        long first = cell[0];
        cell[0] = first + count;
        return first;
    }

    /** Notes offsets that were given; false if earlier ones reach beyond the first of them. */
    boolean follow(long partition, long first, int count) {
        long[] cell = cell(partition);
        if (first < cell[0]) {
            return false;
        }
        cell[0] = first + count;
        return true;
    }

    /** Makes sure that no offset below one is given again. */
    void raise(long partition, long offset) {
        long[] cell = cell(partition);
        cell[0] = Math.max(cell[0], offset);
    }

    Map<Long, Long> toMap() {
        Map<Long, Long> map = new HashMap<>(next.size() * 2);
        next.forEach((partition, cell) -> map.put(partition, cell[0]));
        return map;
    }

    private long[] cell(long partition) {
        return next.computeIfAbsent(partition, id -> new long[1]);
    }
}
