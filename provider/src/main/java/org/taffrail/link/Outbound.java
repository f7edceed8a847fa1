// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.FrameWriter;

/**
 * Encodes frames and gives them to the channel, one at a time: the channel collects what comes
 * while it is writing, so that many frames leave in few writes and a lone one leaves at once.
 * Guarded by the link's lock, which makes the order of the calls the order on the wire.
 */
final class Outbound {
    /** Bytes of a send's frame that are not its run. */
    static final int SEND_BYTES = FrameLayout.HEADER_BYTES + 8;

    /** Largest buffer that is kept for the next frame. */
    private static final int KEPT_BYTES_MAX = 1 << 16;

    private final LinkChannel channel;
    private ByteSink sink = new ByteSink(512);
    private FrameWriter writer = new FrameWriter(sink);
    private int frameBytesMax = FrameLayout.FRAME_BYTES_MAX_LEAST;

    Outbound(LinkChannel channel) {
        this.channel = channel;
    }

    /** Sets the largest frame that the broker takes. */
    void frameBytesMax(int newFrameBytesMax) {
        frameBytesMax = newFrameBytesMax;
    }

    int frameBytesMax() {
        return frameBytesMax;
    }

    /** Sends the preamble and the first frame together. */
    void open(ClientFrame.Hello hello) {
        FrameLayout.putPreamble(sink, FrameLayout.VERSION, FrameLayout.VERSION);
        writer.write(hello);
        flush(FrameLayout.PREAMBLE_BYTES, true);
    }

    /**
     * Sends a frame.
     *
     * @throws WireException {@link ErrorCode#FRAME_TOO_LARGE} if it is larger than agreed; then
     *     nothing is sent
     */
    void write(ClientFrame frame) {
        writer.write(frame);
        flush(0, true);
    }

    /** Sends a frame that leaves at once. */
    void writeNow(ClientFrame frame) {
        writer.write(frame);
        flush(0, false);
        channel.leave();
    }

    /**
     * Sends a run that has been addressed.
     *
     * @param soon whether it leaves soon by itself, rather than with what follows
     */
    void send(long transactionId, byte[] run, int length, boolean soon) {
        writer.send(transactionId, run, 0, length);
        flush(0, soon);
    }

    /**
     * Sends a frame that was written elsewhere, and leaves soon by itself.
     *
     * @param frame holds it, and nothing else
     */
    void send(ByteSink frame) {
        requireFits(frame.length());
        channel.send(frame.array(), 0, frame.length());
    }

    private void requireFits(int frameBytes) {
        if (frameBytes > frameBytesMax) {
            throw new WireException(
                    ErrorCode.FRAME_TOO_LARGE,
                    "a request of " + frameBytes + " bytes, the broker takes " + frameBytesMax);
        }
    }

    private void flush(int preambleBytes, boolean soon) {
        int bytes = sink.length();
        try {
            requireFits(bytes - preambleBytes);
            if (soon) {
                channel.send(sink.array(), 0, bytes);
            } else {
                channel.collect(sink.array(), 0, bytes);
            }
        } finally {
            if (sink.array().length > KEPT_BYTES_MAX) {
                sink = new ByteSink(512);
                writer = new FrameWriter(sink);
            } else {
                sink.clear();
            }
        }
    }
}
