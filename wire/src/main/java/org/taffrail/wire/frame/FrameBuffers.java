// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The arrays in which large frames are collected that come in pieces. They are lent and come back,
 * so that connections which send such frames one after the other, or in turn, share few of them,
 * and idle ones hold none. What is kept for later is bounded. Used by one thread.
 */
public final class FrameBuffers {
    /** Arrays have a multiple of so many bytes, so that one fits frames that differ a little. */
    private static final int STEP_BYTES = 64 << 10;

    private final ArrayDeque<byte[]> spares = new ArrayDeque<>();
    private final long sparesBytesMax;
    private long sparesBytes;

    /**
     * Makes it, without any array.
     *
     * @param sparesBytesMax how many bytes may be kept that nobody uses
     */
    public FrameBuffers(long sparesBytesMax) {
        this.sparesBytesMax = sparesBytesMax;
    }

    /** Returns an array of at least so many bytes, with anything in it. */
    byte[] take(int bytes) {
        for (Iterator<byte[]> each = spares.iterator(); each.hasNext(); ) {
            byte[] spare = each.next();
            if (spare.length >= bytes) {
                each.remove();
                sparesBytes -= spare.length;
                return spare;
            }
        }
        return new byte[Math.max(bytes, bytes + STEP_BYTES - 1 & -STEP_BYTES)];
    }

    /** Takes an array back to which nobody refers any more; the oldest spares make room for it. */
    void giveBack(byte[] array) {
        if (array.length > sparesBytesMax) {
            return;
        }
        spares.addFirst(array);
        sparesBytes += array.length;
        while (sparesBytes > sparesBytesMax) {
            sparesBytes -= spares.removeLast().length;
        }
    }
}
