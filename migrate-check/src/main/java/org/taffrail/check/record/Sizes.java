// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A histogram of sizes in bytes with four buckets for each power of two: what it says is at most a
 * quarter too high. Thread-safe, of fixed size.
 */
public final class Sizes {
    /** How many buckets there are: up to 2 GiB. */
    public static final int BUCKETS = 128;

    private static final int SUB_BITS = 2;
    private static final int SUBS = 1 << SUB_BITS;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final AtomicLong maxBytes = new AtomicLong();

    /** Makes an empty one. */
    public Sizes() {}

    /**
     * Counts a size.
     *
     * @param bytes 0 or more
     */
    void add(long bytes) {
        counts.incrementAndGet(bucket(bytes));
        if (bytes > maxBytes.get()) {
            maxBytes.accumulateAndGet(bytes, Math::max);
        }
    }

    /**
     * Returns the bucket of a size.
     *
     * @param bytes 0 or more
     * @return 0 to {@link #BUCKETS} - 1
     */
    static int bucket(long bytes) {
        if (bytes < SUBS) {
            return (int) Math.max(bytes, 0);
        }
        int octave = 63 - Long.numberOfLeadingZeros(bytes);
        int sub = (int) (bytes >>> (octave - SUB_BITS)) & (SUBS - 1);
        return Math.min((octave - 1) * SUBS + sub, BUCKETS - 1);
    }

    /**
     * Returns the largest size of a bucket.
     *
     * @param bucket 0 to {@link #BUCKETS} - 1
     * @return a size in bytes
     */
    public static long upperBytes(int bucket) {
        if (bucket < SUBS) {
            return bucket;
        }
        int octave = bucket / SUBS + 1;
        long sub = bucket % SUBS;
        return (1L << octave) + ((sub + 1) << (octave - SUB_BITS)) - 1;
    }

    /**
     * Returns how many sizes a bucket has.
     *
     * @param bucket 0 to {@link #BUCKETS} - 1
     * @return the count
     */
    long count(int bucket) {
        return counts.get(bucket);
    }

    /**
     * Returns the largest size counted.
     *
     * @return a size in bytes, exact; 0 where nothing was counted
     */
    long maxBytes() {
        return maxBytes.get();
    }
}
