// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import org.taffrail.wire.WireException;

/**
 * Cuts a stream of bytes into the preamble and whole frames. A frame that arrives whole is handed
 * on where it stands; one that arrives in pieces is collected, and memory for it grows with what
 * has come (four times as much at most), never with what its length says alone. Used by one thread
 * at a time.
 */
public final class FrameAssembler {
    private static final int PARTIAL_BYTES = 512;

    /** An array that is larger is lent, and not kept for the next frame in pieces. */
    private static final int KEPT_BYTES_MAX = 64 << 10;

    /** How much one that shares with nobody keeps for the next large frame. */
    private static final int OWN_BYTES_MAX = 512 << 10;

    /** Room is made for so many times what has come of a frame, up to its end. */
    private static final int GROWTH = 4;

    private final FrameBuffers buffers;
    private final Output output;
    private int frameBytesMax;
    private byte[] partial = new byte[PARTIAL_BYTES];
    private int collected;
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
     * Makes an assembler that keeps one array for large frames for itself.
     *
     * @param frameBytesMax the largest frame that is taken
     * @param output takes what was assembled
     */
    public FrameAssembler(int frameBytesMax, Output output) {
        this(frameBytesMax, new FrameBuffers(OWN_BYTES_MAX), output);
    }

    /**
     * Makes an assembler that shares arrays with others.
     *
     * @param frameBytesMax the largest frame that is taken
     * @param buffers lends arrays for large frames; of the thread that uses the assembler
     * @param output takes what was assembled
     */
    public FrameAssembler(int frameBytesMax, FrameBuffers buffers, Output output) {
        this.frameBytesMax = frameBytesMax;
        this.buffers = buffers;
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
        while (collected > 0 && position < end && output.wantsMore()) {
            position += complete(array, position, end - position);
        }
        while (position < end && output.wantsMore()) {
            int whole = wholeLength(array, position, end - position);
            if (whole < 0) {
                collect(array, position, end - position);
                return;
            }
            handOn(array, position, whole);
            position += whole;
        }
    }

    /** Adds bytes to what is collected, no more than it lacks, and returns how many. */
    private int complete(byte[] array, int at, int length) {
        int taken = Math.min(length, wanted(partial, 0, collected) - collected);
        collect(array, at, taken);
        int whole = wholeLength(partial, 0, collected);
        if (whole >= 0) {
            // what takes the frame may end the connection, but brings in nothing more
            handOn(partial, 0, whole);
            collected = 0;
            if (partial.length > KEPT_BYTES_MAX) {
                buffers.giveBack(partial);
                partial = new byte[PARTIAL_BYTES];
            }
        }
        return taken;
    }

    private void collect(byte[] array, int at, int length) {
        int needed = collected + length;
        if (needed > partial.length) {
            byte[] first = collected == 0 ? array : partial;
            int end = wanted(first, collected == 0 ? at : 0, collected == 0 ? length : collected);
            long room = Math.min(end, Math.max(PARTIAL_BYTES, (long) GROWTH * needed));
            byte[] larger = larger((int) Math.max(needed, room));
            System.arraycopy(partial, 0, larger, 0, collected);
            if (partial.length > KEPT_BYTES_MAX) {
                buffers.giveBack(partial);
            }
            partial = larger;
        }
        System.arraycopy(array, at, partial, collected, length);
        collected = needed;
    }

    private byte[] larger(int bytes) {
        return bytes > KEPT_BYTES_MAX ? buffers.take(bytes) : new byte[bytes];
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
