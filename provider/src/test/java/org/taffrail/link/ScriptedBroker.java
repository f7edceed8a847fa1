// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameAssembler;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.FrameReader;
import org.taffrail.wire.frame.FrameWriter;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A broker that the test plays: it expects the client's frames one by one, in order, and says what
 * it is told to say. Frames that nobody expected fail {@link #verify}.
 */
final class ScriptedBroker {
    static final int WAIT_MS = 20_000;
    static final int WINDOW_MESSAGES = 4;
    static final int WINDOW_BYTES = 4096;
    static final long PRODUCER = 77;

    /** The client's end of the connection came. */
    private static final Object END = "end of the connection";

    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final FrameReader reader = new FrameReader();
    private final FrameAssembler assembler =
            new FrameAssembler(
                    FrameLayout.FRAME_BYTES_MAX,
                    new FrameAssembler.Output() {
                        @Override
                        public void preamble(byte[] array, int at) {
                            heard.add(FrameLayout.chooseVersion(array, at));
                        }

                        @Override
                        public void frame(byte[] array, int at, int length) {
                            byte[] own = Arrays.copyOfRange(array, at, at + length);
                            heard.add(reader.readClient(own, 0, length));
                        }

                        @Override
                        public boolean wantsMore() {
                            return true;
                        }
                    });
    private Wire wire;

    /** The way to the client. */
    interface Wire {
        void send(byte[] bytes);

        /** Ends the connection as a crash would. */
        void hangUp();
    }

    void over(Wire newWire) {
        wire = newWire;
    }

    /** Takes bytes of the client; called by one thread at a time. */
    synchronized void received(byte[] array, int at, int length) {
        assembler.received(array, at, length);
    }

    /** Hears of the client's end. */
    void ended() {
        heard.add(END);
    }

    /** Expects the preamble and Hello, and lets the client in. */
    ClientFrame.Hello welcome() {
        ClientFrame.Hello hello = expectHello();
        sendPreamble();
        tell(welcomeFrame(0));
        return hello;
    }

    /** Expects the preamble and Hello, and lets the client in with these features. */
    ClientFrame.Hello welcome(long features) {
        ClientFrame.Hello hello = expectHello();
        sendPreamble();
        BrokerFrame.Welcome usual = welcomeFrame(0);
        tell(
                new BrokerFrame.Welcome(
                        usual.version(),
                        features,
                        usual.frameBytesMax(),
                        usual.messageBytesMax(),
                        0,
                        usual.producerId(),
                        usual.windowMessages(),
                        usual.windowBytes(),
                        usual.serverTimeMs(),
                        usual.incarnation(),
                        usual.product(),
                        BrokerFrame.Recognition.NONE));
        return hello;
    }

    /** Expects the preamble and Hello of a client that may go on, and lets it in. */
    ClientFrame.Hello welcome(BrokerFrame.Recognition recognition, long producer, int window) {
        ClientFrame.Hello hello = expectHello();
        sendPreamble();
        tell(
                new BrokerFrame.Welcome(
                        FrameLayout.VERSION,
                        hello.features(),
                        FrameLayout.FRAME_BYTES_MAX,
                        3000,
                        0,
                        producer,
                        window,
                        2000,
                        1_234L,
                        1,
                        "scripted",
                        recognition));
        return hello;
    }

    ClientFrame.Hello expectHello() {
        assertEquals(FrameLayout.VERSION, next("the preamble"));
        return expect(ClientFrame.Hello.class);
    }

    void sendPreamble() {
        ByteSink sink = new ByteSink(16);
        FrameLayout.putPreamble(sink, FrameLayout.VERSION, FrameLayout.VERSION);
        wire.send(sink.toByteArray());
    }

    static BrokerFrame.Welcome welcomeFrame(int heartbeatMs) {
        return new BrokerFrame.Welcome(
                FrameLayout.VERSION,
                0,
                FrameLayout.FRAME_BYTES_MAX,
                3000,
                heartbeatMs,
                PRODUCER,
                WINDOW_MESSAGES,
                WINDOW_BYTES,
                1_234L,
                1,
                "scripted",
                BrokerFrame.Recognition.NONE);
    }

    <T extends ClientFrame> T expect(Class<T> type) {
        return assertInstanceOf(type, next(type.getSimpleName()));
    }

    void expectEnd() {
        assertEquals(END, next("the end"));
    }

    void tell(BrokerFrame... frames) {
        FrameWriter writer = new FrameWriter(new ByteSink(256));
        for (BrokerFrame frame : frames) {
            writer.write(frame);
        }
        wire.send(writer.sink().toByteArray());
    }

    void tellBytes(byte[] bytes) {
        wire.send(bytes);
    }

    void hangUp() {
        wire.hangUp();
    }

    /** Tells whether the client has said nothing that was not expected yet. */
    boolean silent() {
        return heard.isEmpty();
    }

    /** Fails if the client said more than was expected. */
    void verify() {
        heard.removeIf(END::equals);
        assertTrue(heard.isEmpty(), () -> "not expected: " + heard);
    }

    private Object next(String what) {
        try {
            Object next = heard.poll(WAIT_MS, TimeUnit.MILLISECONDS);
            assertNotNull(next, () -> "expected " + what + ", and nothing came");
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
