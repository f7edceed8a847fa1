// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameAssembler;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.FrameReader;
import org.taffrail.wire.frame.FrameWriter;

import java.util.ArrayDeque;

/**
 * A client's end of a connection: frames become bytes and bytes frames, and what the client has
 * asked is told apart, once the connection is over, into what the broker has heard of it and what
 * it never will.
 */
final class Line implements Wire.Ear {
    private final Listener listener;
    private final Plant plant;
    private final Trace trace;
    private final ByteSink output = new ByteSink(256);
    private final FrameWriter writer = new FrameWriter(output);
    private final FrameReader reader = new FrameReader();
    private final FrameAssembler assembler =
            new FrameAssembler(FrameLayout.FRAME_BYTES_MAX, new Frames());
    private final ArrayDeque<Ask> asks = new ArrayDeque<>();
    private Wire wire;

    /** The client. */
    interface Listener {
        void hear(BrokerFrame frame);

        /** The connection is over; what was never heard has been told. */
        void over();

        /** The broker has ended the connection in order, after all that it had to say. */
        void dismissed();

        /** The client hears nothing more. */
        void lost();
    }

    private record Ask(long saidBytes, Runnable neverHeard) {}

    Line(Listener listener, Plant plant, Trace trace) {
        this.listener = listener;
        this.plant = plant;
        this.trace = trace;
    }

    /** What a client says first: who it is, as whom it goes on, and with which send. */
    static ClientFrame.Hello hello(
            String clientId, int instance, int heartbeatMs, long producerId, long nextSequence) {
        return new ClientFrame.Hello(
                FrameLayout.MANAGEMENT | FrameLayout.RESUMPTION | FrameLayout.XA,
                FrameLayout.FRAME_BYTES_MAX,
                heartbeatMs,
                instance,
                instance,
                0,
                clientId,
                "ANONYMOUS",
                null,
                "simulated",
                producerId,
                nextSequence);
    }

    void connect(Network network, SimulatedBroker broker, ClientFrame.Hello hello) {
        wire = network.connect(broker, hello.clientId(), hello.heartbeatMs(), this);
        FrameLayout.putPreamble(output, FrameLayout.VERSION, FrameLayout.VERSION);
        writer.write(hello);
        flush();
    }

    void say(ClientFrame frame) {
        say(frame, () -> {});
    }

    /** Says something; {@code neverHeard} is run if the broker will never hear it. */
    void say(ClientFrame frame, Runnable neverHeard) {
        trace.said(wire.number, frame);
        ClientFrame said = plant.frame(frame);
        if (said != null) {
            writer.write(said);
            flush();
        }
        while (!asks.isEmpty() && wire.isHeard(asks.getFirst().saidBytes)) {
            asks.removeFirst();
        }
        asks.addLast(new Ask(wire.saidBytes(), neverHeard));
    }

    private void flush() {
        wire.say(output.array(), 0, output.length());
        output.clear();
    }

    void sayGoodbye() {
        say(new ClientFrame.Goodbye());
        wire.saidGoodbye();
    }

    /** Hangs up without a word. */
    void close(boolean losingBytes) {
        wire.close(losingBytes);
        listener.lost();
    }

    boolean isOver() {
        return wire.isOver();
    }

    /** The client goes on with another connection: this one may end, without a sign of life. */
    void relieve() {
        wire.relieve();
    }

    boolean isCut() {
        return wire.isCut();
    }

    @Override
    public void received(byte[] array, int at, int length) {
        try {
            assembler.received(array, at, length);
        } catch (WireException e) {
            throw new Violation(
                    Invariant.WELL_FORMED, "connection " + wire.number + ": " + e.getMessage());
        }
    }

    @Override
    public void ended() {
        trace.note(wire.number + " <- end");
        if (wire.isDismissed()) {
            listener.dismissed();
        }
        listener.lost();
    }

    @Override
    public void over() {
        while (!asks.isEmpty()) {
            Ask last = asks.removeLast();
            if (!wire.isHeard(last.saidBytes)) {
                last.neverHeard.run();
            }
        }
        listener.over();
    }

    private final class Frames implements FrameAssembler.Output {
        @Override
        public void preamble(byte[] array, int at) {
            FrameLayout.chooseVersion(array, at);
        }

        @Override
        public void frame(byte[] array, int at, int length) {
            BrokerFrame frame = reader.readBroker(array, at, length);
            unless(frame != null, Invariant.WELL_FORMED, "a frame that nobody knows");
            trace.heard(wire.number, frame);
            listener.hear(frame);
        }

        @Override
        public boolean wantsMore() {
            return true;
        }
    }
}
