// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.FrameLayout;

/**
 * Cuts a stream of bytes into the preamble and whole frames. Frames that arrive whole are handed on
 * where they stand; a frame that arrives in pieces is collected, and memory for it grows with what
 * has come, never with what its length says. Used by one thread at a time.
 */
final class FrameAssembler {
    private final int frameBytesMax;
    private final Output output;
    private ByteSink partial = new ByteSink(512);
    private boolean preambleSeen;

    /** Takes what was assembled; the bytes are valid only during the call. */
    interface Output {
        /** Takes the {@link FrameLayout#PREAMBLE_BYTES} bytes of the preamble. */
        void preamble(byte[] array, int at);

        /** Takes one whole frame. */
        void frame(byte[] array, int at, int length);

        /** Tells whether more is wanted; after false the rest of the bytes is dropped. */
        boolean open();
    }

    FrameAssembler(int frameBytesMax, Output output) {
        this.frameBytesMax = frameBytesMax;
        this.output = output;
    }

    /**
     * Takes the next bytes.
     *
     * @throws org.taffrail.wire.WireException where a length is out of bounds, and whatever the
     *     output throws
     */
    void received(byte[] array, int at, int length) {
        int position = at;
        int end = at + length;
        while (partial.length() > 0 && position < end && output.open()) {
            position += complete(array, position, end - position);
        }
        while (output.open()) {
            int whole = wholeLength(array, position, end - position);
            if (whole < 0) {
                partial.putBytes(array, position, end - position);
                return;
            }
            handOn(array, position, whole);
            position += whole;
        }
    }

    /** Adds bytes to what is collected, no more than it lacks, and returns how many. */
    private int complete(byte[] array, int at, int length) {
        int wanted = wanted(partial.array(), 0, partial.length());
        int taken = Math.min(length, wanted - partial.length());
        partial.putBytes(array, at, taken);
        int whole = wholeLength(partial.array(), 0, partial.length());
        if (whole >= 0) {
            ByteSink collected = partial;
            partial = new ByteSink(512);
            handOn(collected.array(), 0, whole);
        }
        return taken;
    }

    /** Returns how many bytes must be there to hand on, or to know how many those are. */
    private int wanted(byte[] array, int at, int length) {
        if (!preambleSeen) {
            return FrameLayout.PREAMBLE_BYTES;
        }
        return length < FrameLayout.HEADER_BYTES
                ? FrameLayout.HEADER_BYTES
                : FrameLayout.frameLength(array, at, frameBytesMax);
    }

    /** Returns the length of what can be handed on, or -1 where it isn't all there. */
    private int wholeLength(byte[] array, int at, int length) {
        if (length < FrameLayout.HEADER_BYTES) {
            return -1;
        }
        int wanted = wanted(array, at, length);
        return length < wanted ? -1 : wanted;
    }

    private void handOn(byte[] array, int at, int length) {
        if (preambleSeen) {
            output.frame(array, at, length);
        } else {
            preambleSeen = true;
            output.preamble(array, at);
        }
    }
}
