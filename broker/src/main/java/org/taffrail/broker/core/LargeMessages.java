// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * Which messages of a partition are large: for the offset of each head that a group has not
 * settled, how many parts stand behind it. A group knows the heads alone; what it needs of the
 * parts follows from here.
 */
final class LargeMessages {
    private final TreeMap<Long, Integer> partsByHead = new TreeMap<>();

    void add(long head, int parts) {
        partsByHead.put(head, parts);
    }

    /** How many parts a message has; 0 for one that is not large, or that nobody needs. */
    int partsOf(long head) {
        return partsByHead.isEmpty() ? 0 : partsByHead.getOrDefault(head, 0);
    }

    /** Whether one of the records of a range is a part of a message that is needed. */
    boolean hasPartIn(long first, long last, LongPredicate isNeeded) {
        if (partsByHead.isEmpty()) {
            return false;
        }
        Map.Entry<Long, Integer> before = partsByHead.lowerEntry(last);
        while (before != null && before.getKey() + before.getValue() >= first) {
            if (isNeeded.test(before.getKey())) {
                return true;
            }
            before = partsByHead.lowerEntry(before.getKey());
        }
        return false;
    }

    /** The large message that a record is a part of, or -1. */
    long headOf(long offset) {
        Map.Entry<Long, Integer> before = partsByHead.lowerEntry(offset);
        boolean part = before != null && before.getKey() + before.getValue() >= offset;
        return part ? before.getKey() : -1;
    }

    /** Adds to a set those offsets of a range that are parts of messages which are needed. */
    void addPartsTo(OffsetSet target, long first, long last, LongPredicate isNeeded) {
        if (partsByHead.isEmpty()) {
            return;
        }
        Long before = partsByHead.lowerKey(first);
        long from = before == null ? first : before;
        partsByHead
                .subMap(from, true, last, true)
                .forEach(
                        (head, parts) -> {
                            if (isNeeded.test(head)) {
                                target.addRange(
                                        Math.max(first, head + 1), Math.min(last, head + parts));
                            }
                        });
    }

    /** Adds to a set the parts of those messages of a range of heads that are needed. */
    void addPartsOf(long first, long last, LongPredicate isNeeded, OffsetSet target) {
        if (!partsByHead.isEmpty()) {
            partsByHead
                    .subMap(first, true, last, true)
                    .forEach(
                            (head, parts) -> {
                                if (isNeeded.test(head)) {
                                    target.addRange(head + 1, head + parts);
                                }
                            });
        }
    }

    /** Forgets those of a range that nobody needs any more. */
    void settled(long first, long last, LongPredicate isNeeded) {
        if (!partsByHead.isEmpty()) {
            partsByHead
                    .subMap(first, true, last, true)
                    .keySet()
                    .removeIf(head -> !isNeeded.test(head));
        }
    }

    /** Returns those for which somebody says so. */
    TreeMap<Long, Integer> matching(LongPredicate wanted) {
        TreeMap<Long, Integer> found = new TreeMap<>();
        partsByHead.forEach(
                (head, parts) -> {
                    if (wanted.test(head)) {
                        found.put(head, parts);
                    }
                });
        return found;
    }
}
