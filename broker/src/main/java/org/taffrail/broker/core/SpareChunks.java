// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * Arrays for many runs each. One that is left is used again only when all {@link #said is said}
 * that was told before: until then something that is still to be said may stand in it.
 */
final class SpareChunks {
    /** With regions of 1 MiB a chunk fills one of the collector's, with its header. */
    private static final int CHUNK_BYTES_MAX = (1 << 20) - 64;

    private static final int CHUNK_BYTES_MIN = 1024;

    /** What is kept in chunks has room for so many at least. */
    private static final int CHUNKS_MIN = 16;

    /** Of more that are left those are not used again that are left last. */
    private static final int LEFT_MAX = 64;

    /** So many are kept for later. */
    private static final int SPARES_MAX = 8;

    private final int chunkBytes;
    private final LongSupplier told;
    private final ArrayDeque<Left> left = new ArrayDeque<>();
    private final ArrayDeque<byte[]> spares = new ArrayDeque<>();

    /** An array that may be used again when so many effects are said. */
    private record Left(byte[] array, long told) {}

    /**
     * Makes it, without any.
     *
     * @param bytesMax how much is kept in chunks at most
     * @param told how many effects were told so far
     */
    SpareChunks(long bytesMax, LongSupplier told) {
        this.told = told;
        long share = Math.max(CHUNK_BYTES_MIN, bytesMax / CHUNKS_MIN);
        chunkBytes = (int) Math.min(CHUNK_BYTES_MAX, share);
    }

    /** How large each is. */
    int chunkBytes() {
        return chunkBytes;
    }

    byte[] take() {
        byte[] spare = spares.poll();
        return spare == null ? new byte[chunkBytes] : spare;
    }

    /** Takes back one in which nothing lives any more. */
    void leave(byte[] array) {
        if (left.size() < LEFT_MAX) {
            left.add(new Left(array, told.getAsLong()));
        }
    }

    /**
     * Hears how much is said.
     *
     * @param count all but the first so many effects may still have to be said
     */
    void said(long count) {
        while (!left.isEmpty() && left.peek().told <= count) {
            byte[] array = left.poll().array;
            if (spares.size() < SPARES_MAX) {
                spares.add(array);
            }
        }
    }
}
