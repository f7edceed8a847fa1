// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which offsets of each partition have a record; neighbours are one range. Not thread-safe. */
public final class KeptOffsets {
    /** For each partition the first offset of each range, with the offset after its last. */
    private final Map<Long, TreeMap<Long, Long>> ranges = new HashMap<>();

    KeptOffsets() {}

    void add(long partition, long first, long end) {
        TreeMap<Long, Long> ofPartition = ranges.computeIfAbsent(partition, id -> new TreeMap<>());
        Map.Entry<Long, Long> before = ofPartition.floorEntry(first);
        if (before != null && before.getValue() >= first) {
            ofPartition.put(before.getKey(), Math.max(before.getValue(), end));
        } else {
            ofPartition.put(first, end);
        }
    }

    /**
     * Tells whether there is a record.
     *
     * @param partition its partition
     * @param offset its offset
     * @return false if it is lost, or was given up because nothing needed it
     */
    public boolean has(long partition, long offset) {
        TreeMap<Long, Long> ofPartition = ranges.get(partition);
        Map.Entry<Long, Long> range = ofPartition == null ? null : ofPartition.floorEntry(offset);
        return range != null && offset < range.getValue();
    }

    /**
     * Counts the records of each partition.
     *
     * @return without partitions that have none
     */
    public Map<Long, Long> counts() {
        Map<Long, Long> counts = new TreeMap<>();
        ranges.forEach(
                (partition, ofPartition) ->
                        ofPartition.forEach(
                                (first, end) -> counts.merge(partition, end - first, Long::sum)));
        return counts;
    }
}
