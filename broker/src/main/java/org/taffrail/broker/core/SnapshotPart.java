// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A part of a snapshot, as it was when it was taken: what has changed since is not in it. It is
 * written by and by, as that of a long backlog has tens of megabytes.
 */
public final class SnapshotPart {
    private static final long RESERVED_BYTES_MAX = 1 << 30;

    private final Queue<Piece> pieces = new ArrayDeque<>();
    private long bytesAtMost;

    /** What is written at once. */
    interface Piece {
        void write(ByteSink sink);
    }

    SnapshotPart() {}

    /** Adds what is written next. */
    void add(Piece piece) {
        pieces.add(piece);
    }

    /** Notes that pieces may take so much more, all in all. */
    void expect(long bytes) {
        bytesAtMost += bytes;
    }

    /**
     * Writes on.
     *
     * @param sink where to; the same for all of the part
     * @param bytesMax about how many bytes
     * @return whether all is written now
     */
    public boolean write(ByteSink sink, long bytesMax) {
        // at once: a sink that doubles needs twice the memory, and has copied it many times
        sink.reserve((int) Math.min(RESERVED_BYTES_MAX, bytesAtMost));
        bytesAtMost = 0;
        int from = sink.length();
        while (!pieces.isEmpty() && sink.length() - from < bytesMax) {
            pieces.remove().write(sink);
        }
        return pieces.isEmpty();
    }
}
