// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * The bytes that are to leave through one socket. Any thread adds and any thread writes, one at a
 * time: whoever writes takes along what others add meanwhile, so that a lone frame leaves at once
 * and many leave in few writes.
 *
 * <p>Nothing here blocks: where the socket takes no more, {@link #isStuck} tells until somebody
 * writes again, with more success.
 */
final class Outgoing {
    /** The JDK copies each write through a buffer that it keeps for the thread: not a large one. */
    private static final int WRITE_BYTES_MAX = 128 * 1024;

    private static final int FIRST_BYTES = 4096;

    /** A buffer that grew beyond this isn't kept: two pieces of a large message fit. */
    private static final int KEPT_BYTES_MAX = 576 * 1024;

    // guarded by this
    private byte[] collected = new byte[FIRST_BYTES];
    private int length;
    private boolean writing;
    private boolean ended;

    /** The writer's: what is leaving, from its position to its limit. */
    private ByteBuffer leaving = ByteBuffer.allocate(FIRST_BYTES).limit(0);

    private volatile boolean stuck;

    /**
     * Adds bytes behind those that are there.
     *
     * @return how many bytes are collected now and nobody writes yet; 0 after the end, which takes
     *     no more
     */
    synchronized int add(byte[] array, int at, int count) {
        if (ended) {
            return 0;
        }
        if (count > collected.length - length) {
            byte[] larger = new byte[Math.max(Math.addExact(length, count), 2 * collected.length)];
            System.arraycopy(collected, 0, larger, 0, length);
            collected = larger;
        }
        System.arraycopy(array, at, collected, length, count);
        length += count;
        return length;
    }

    /**
     * Writes as much as the socket takes, unless somebody is at it already, who then takes along
     * all that was added before this call.
     *
     * @throws IOException if the socket refuses
     */
    void write(WritableByteChannel socket) throws IOException {
        if (!begin()) {
            return;
        }
        boolean more = true;
        try {
            while (more) {
                more = leave(socket) && next();
            }
        } finally {
            if (more) {
                end(); // it was the socket that failed
            }
        }
    }

    private synchronized boolean begin() {
        boolean begun = !writing && !ended && (length > 0 || leaving.hasRemaining());
        writing |= begun;
        return begun;
    }

    /** Writes what is leaving; returns false, and has stopped writing, where that gets stuck. */
    private boolean leave(WritableByteChannel socket) throws IOException {
        int end = leaving.limit();
        while (leaving.position() < end) {
            leaving.limit(Math.min(end, leaving.position() + WRITE_BYTES_MAX));
            int written;
            try {
                written = socket.write(leaving);
            } finally {
                leaving.limit(end);
            }
            if (written == 0) {
                synchronized (this) {
                    writing = false;
                    stuck = true;
                }
                return false;
            }
        }
        return true;
    }

    /** Takes what was collected meanwhile; returns false, and has stopped, if there is nothing. */
    private synchronized boolean next() {
        if (length == 0 || ended) {
            writing = false;
            stuck = false;
            return false;
        }
        byte[] free = leaving.array();
        leaving = ByteBuffer.wrap(collected, 0, length);
        collected = free.length > KEPT_BYTES_MAX ? new byte[FIRST_BYTES] : free;
        length = 0;
        return true;
    }

    /** Tells whether bytes are left because the socket took no more. */
    boolean isStuck() {
        return stuck;
    }

    /** Tells whether all has left. */
    synchronized boolean isEmpty() {
        return length == 0 && !writing && !leaving.hasRemaining();
    }

    /** Takes no more from now on, and forgets what is there. */
    synchronized void end() {
        ended = true;
        length = 0;
        collected = new byte[0];
        stuck = false;
    }
}
