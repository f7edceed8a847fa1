// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameAssembler;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.FrameReader;
import org.taffrail.wire.frame.FrameWriter;

/** A way in that understands what passes, and may keep some of it from the session. */
abstract class Overhearing implements Inlet {
    private final Inlet inlet;
    private final FrameReader reader = new FrameReader();
    private final ByteSink output = new ByteSink(256);
    private final FrameWriter writer = new FrameWriter(output);
    private final FrameAssembler assembler =
            new FrameAssembler(FrameLayout.FRAME_BYTES_MAX, new Frames());

    Overhearing(Inlet inlet) {
        this.inlet = inlet;
    }

    /** Whether the session hears a frame. */
    abstract boolean passes(ClientFrame frame);

    /** Whether something may not pass; bytes come to the session in whole frames then. */
    abstract boolean mayWithhold();

    @Override
    public void received(byte[] array, int at, int length, long now) {
        assembler.received(array, at, length);
        if (mayWithhold()) {
            inlet.received(output.array(), 0, output.length(), now);
        } else {
            inlet.received(array, at, length, now);
        }
        output.clear();
    }

    @Override
    public void full(boolean isFull) {
        inlet.full(isFull);
    }

    @Override
    public void lost(long now) {
        inlet.lost(now);
    }

    private final class Frames implements FrameAssembler.Output {
        @Override
        public void preamble(byte[] array, int at) {
            FrameLayout.putPreamble(output, FrameLayout.VERSION, FrameLayout.VERSION);
        }

        @Override
        public void frame(byte[] array, int at, int length) {
            ClientFrame frame = reader.readClient(array, at, length);
            if (passes(frame)) {
                writer.write(frame);
            }
        }

        @Override
        public boolean wantsMore() {
            return true;
        }
    }
}
