// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.FrameWriter;

/**
 * What a session says: frames are gathered and passed on together, but the bytes of a large message
 * go straight from where they stand, so that they are not copied once more.
 */
final class Output {
    /** What is gathered is passed on when it is more than this. */
    private static final int CHUNK_BYTES = 256 << 10;

    /** So much of a message is not gathered. */
    private static final int LARGE_BYTES = 32 << 10;

    /** Most bytes that a frame with a record has beside it. */
    private static final int BESIDE_BYTES_MAX = 64;

    private final Outlet outlet;
    private final ByteSink gathered = new ByteSink(512);
    private final FrameWriter writer = new FrameWriter(gathered);

    /** Whether something was passed on that nobody has asked about. */
    private boolean passed;

    Output(Outlet outlet) {
        this.outlet = outlet;
    }

    /** Says which versions of the protocol are spoken. */
    void preamble(int lowest, int highest) {
        FrameLayout.putPreamble(gathered, lowest, highest);
    }

    /** Says a frame, however large. */
    void say(BrokerFrame frame) {
        writer.write(frame);
    }

    /**
     * Says a frame, unless it is larger than the client takes.
     *
     * @return 0, or how large it is that was not said
     */
    int say(BrokerFrame frame, int bytesMax) {
        if (frame instanceof BrokerFrame.DeliverPart part && isLarge(part.length(), bytesMax)) {
            writer.head(part);
            pass(part.array(), part.at(), part.length());
            return 0;
        }
        if (frame instanceof BrokerFrame.Deliver whole && isLarge(whole.length(), bytesMax)) {
            writer.head(whole);
            pass(whole.array(), whole.at(), whole.length());
            return 0;
        }
        int at = gathered.length();
        writer.write(frame);
        int bytes = gathered.length() - at;
        if (bytes > bytesMax) {
            gathered.length(at);
            return bytes;
        }
        return 0;
    }

    private static boolean isLarge(int bytes, int bytesMax) {
        return bytes >= LARGE_BYTES && bytes <= bytesMax - BESIDE_BYTES_MAX;
    }

    private void pass(byte[] array, int at, int length) {
        outlet.write(gathered.array(), gathered.length(), array, at, length);
        gathered.clear();
        passed = true;
    }

    /** Tells whether so much was said that {@link #pass} should not wait for the turn's end. */
    boolean isMuch() {
        return passed || gathered.length() > CHUNK_BYTES;
    }

    /** Passes on what is gathered; returns whether anything was passed on since the last time. */
    boolean pass() {
        boolean any = passed || gathered.length() > 0;
        if (gathered.length() > 0) {
            outlet.write(gathered.array(), 0, gathered.length());
            gathered.clear();
        }
        passed = false;
        return any;
    }
}
