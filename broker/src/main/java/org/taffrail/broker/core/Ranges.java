// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.Arrays;
import java.util.Comparator;

/** Ranges of offsets as a client names them, brought into ascending order and made disjoint. */
final class Ranges {
    private final long[] bounds;
    private final int length;

    private Ranges(long[] bounds, int length) {
        this.bounds = bounds;
        this.length = length;
    }

    /**
     * Takes ranges in any order, which may overlap.
     *
     * @param bounds first and last offset of each range, in turn, the first not above the last
     */
    static Ranges of(long[] bounds) {
        for (int i = 2; i < bounds.length; i += 2) {
            if (bounds[i] <= bounds[i - 1]) {
                return sorted(bounds);
            }
        }
        return new Ranges(bounds, bounds.length);
    }

    private static Ranges sorted(long[] bounds) {
        long[][] pairs = new long[bounds.length / 2][];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new long[] {bounds[2 * i], bounds[2 * i + 1]};
        }
        Arrays.sort(pairs, Comparator.comparingLong(pair -> pair[0]));
        long[] merged = new long[bounds.length];
        int length = 0;
        for (long[] pair : pairs) {
            if (length > 0 && pair[0] <= merged[length - 1]) {
                merged[length - 1] = Math.max(merged[length - 1], pair[1]);
            } else {
                merged[length++] = pair[0];
                merged[length++] = pair[1];
            }
        }
        return new Ranges(merged, length);
    }

    /**
     * Joins neighbours.
     *
     * @param offsets in ascending order, each once
     * @param size how many of them count
     * @return first and last offset of each range, in turn
     */
    static long[] joining(long[] offsets, int size) {
        long[] ranges = new long[2 * size];
        int length = 0;
        for (int i = 0; i < size; i++) {
            if (length > 0 && ranges[length - 1] + 1 == offsets[i]) {
                ranges[length - 1] = offsets[i];
            } else {
                ranges[length++] = offsets[i];
                ranges[length++] = offsets[i];
            }
        }
        return Arrays.copyOf(ranges, length);
    }

    int count() {
        return length / 2;
    }

    long first(int range) {
        return bounds[2 * range];
    }

    long last(int range) {
        return bounds[2 * range + 1];
    }

    /** Tells whether the ranges together are of more than so many offsets. */
    boolean isWiderThan(long offsets) {
        long left = offsets;
        for (int range = 0; range < count(); range++) {
            long less = last(range) - first(range);
            if (less < 0 || less >= left) {
                return true;
            }
            left -= less + 1;
        }
        return false;
    }

    boolean contains(long offset) {
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (offset < first(middle)) {
                high = middle - 1;
            } else if (offset > last(middle)) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
