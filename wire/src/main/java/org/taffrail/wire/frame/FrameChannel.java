// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

/** One direction of a connection: takes whole frames, in order. */
public interface FrameChannel {
    /**
     * Sends bytes: the preamble, or one or more whole frames. The bytes are taken or copied before
     * the call returns. May be called from any thread; calls from several threads don't mix their
     * bytes. Never blocks: how much may be under way is bounded by windows and credit. After the
     * end of the connection it does nothing.
     *
     * @param array the bytes
     * @param at where they begin
     * @param length how many
     */
    void send(byte[] array, int at, int length);

    /** Ends the connection, after what was sent; closing twice is nothing. Does not block. */
    void close();

    /** The other direction: hears what the peer sends. */
    interface Receiver {
        /**
         * Takes bytes from the peer: any number of whole or partial frames, in order. Called by one
         * thread at a time; must not block.
         *
         * @param array the bytes, valid only during the call
         * @param at where they begin
         * @param length how many
         */
        void received(byte[] array, int at, int length);

        /**
         * Hears of the connection's end, once, as the last call.
         *
         * @param cause why, or null where this side closed it
         */
        void closed(Throwable cause);
    }
}
