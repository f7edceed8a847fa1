// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.WireException;

/**
 * Cuts a stream of bytes into the preamble and whole frames. A frame that arrives whole is handed
 * on where it stands; one that arrives in pieces is collected, and memory for it grows with what
 * has come, never with what its length says. Used by one thread at a time.
 */
public final class FrameAssembler {
    private static final int PARTIAL_BYTES = 512;

    /** A buffer that has grown beyond this is not kept for the next frame in pieces. */
    private static final int KEPT_BYTES_MAX = 64 << 10;

    private final Output output;
    private int frameBytesMax;
    private ByteSink partial = new ByteSink(PARTIAL_BYTES);
    private boolean preambleSeen;

    /** Takes what was assembled; the bytes are valid only during the call. */
    public interface Output {
        /**
         * Takes the peer's preamble.
         *
         * @param array the bytes
         * @param at where its {@link FrameLayout#PREAMBLE_BYTES} begin
         */
        void preamble(byte[] array, int at);

        /**
         * Takes one frame.
         *
         * @param array the bytes
         * @param at where the frame begins
         * @param length its bytes, header included
         */
        void frame(byte[] array, int at, int length);

        /**
         * Tells whether more is wanted.
         *
         * @return false to have the rest of the bytes dropped
         */
        boolean wantsMore();
    }

    /**
     * Makes an assembler.
     *
     * @param frameBytesMax the largest frame that is taken
     * @param output takes what was assembled
     */
    public FrameAssembler(int frameBytesMax, Output output) {
        this.frameBytesMax = frameBytesMax;
        this.output = output;
    }

    /**
     * Sets the largest frame that is taken from now on.
     *
     * @param newFrameBytesMax in bytes, header included
     */
    public void frameBytesMax(int newFrameBytesMax) {
        frameBytesMax = newFrameBytesMax;
    }

    /**
     * Takes the next bytes of the stream.
     *
     * @param array the bytes, which are not referred to after the call
     * @param at where they begin
     * @param length how many
     * @throws WireException where a length is out of bounds, and whatever the output throws
     */
    public void received(byte[] array, int at, int length) {
        int position = at;
        int end = at + length;
        while (partial.length() > 0 && position < end && output.wantsMore()) {
            position += complete(array, position, end - position);
        }
        while (position < end && output.wantsMore()) {
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
        int taken =
                Math.min(length, wanted(partial.array(), 0, partial.length()) - partial.length());
        partial.putBytes(array, at, taken);
        int whole = wholeLength(partial.array(), 0, partial.length());
        if (whole >= 0) {
            handOn(partial.array(), 0, whole);
            if (partial.array().length > KEPT_BYTES_MAX) {
                partial = new ByteSink(PARTIAL_BYTES);
            } else {
                partial.clear();
            }
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
