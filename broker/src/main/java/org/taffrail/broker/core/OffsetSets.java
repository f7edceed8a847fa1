// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/** A set of offsets for each priority, from 0 to 9. */
final class OffsetSets {
    /** No sets at all. */
    static final OffsetSet[] NONE = {};

    private OffsetSets() {}

    static OffsetSet[] byPriority() {
        OffsetSet[] sets = new OffsetSet[Position.PRIORITIES];
        for (int p = 0; p < Position.PRIORITIES; p++) {
            sets[p] = new OffsetSet();
        }
        return sets;
    }

    static void removeRange(OffsetSet[] sets, long first, long last) {
        for (OffsetSet set : sets) {
            set.removeRange(first, last);
        }
    }

    /** Returns the priority of the set that an offset is in, or -1. */
    static int priorityOf(OffsetSet[] sets, long offset) {
        for (int p = sets.length - 1; p >= 0; p--) {
            if (sets[p].contains(offset)) {
                return p;
            }
        }
        return -1;
    }

    /** Takes an offset out of the set it is in and returns its priority, or -1. */
    static int removeFrom(OffsetSet[] sets, long offset) {
        for (int p = sets.length - 1; p >= 0; p--) {
            if (sets[p].remove(offset)) {
                return p;
            }
        }
        return -1;
    }
}
