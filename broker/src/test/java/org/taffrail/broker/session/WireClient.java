// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameAssembler;
import org.taffrail.wire.frame.FrameChannel;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.FrameReader;
import org.taffrail.wire.frame.FrameWriter;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client written by hand: says frames, and hears frames in the order in which they come. */
public final class WireClient implements FrameChannel.Receiver, FrameAssembler.Output {
    private static final int PATIENCE_S = 20;

    private final LinkedBlockingQueue<BrokerFrame> heard = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final FrameAssembler assembler = new FrameAssembler(FrameLayout.FRAME_BYTES_MAX, this);
    private final FrameReader reader = new FrameReader();
    private FrameChannel channel;
    private volatile int version;
    private volatile Throwable cause;
    private BrokerFrame.Welcome welcome;
    private long nextSequence = 1;
    private int lastRequest;

    public WireClient on(FrameChannel newChannel) {
        channel = newChannel;
        return this;
    }

    public FrameChannel channel() {
        return channel;
    }

    @Override
    public void received(byte[] array, int at, int length) {
        assembler.received(array, at, length);
    }

    @Override
    public void closed(Throwable newCause) {
        cause = newCause;
        closed.countDown();
    }

    @Override
    public void preamble(byte[] array, int at) {
        version = FrameLayout.chooseVersion(array, at);
    }

    @Override
    public void frame(byte[] array, int at, int length) {
        byte[] copy = Arrays.copyOfRange(array, at, at + length);
        heard.add(reader.readBroker(copy, 0, length));
    }

    @Override
    public boolean wantsMore() {
        return true;
    }

    public static byte[] preamble() {
        ByteSink sink = new ByteSink(16);
        FrameLayout.putPreamble(sink, FrameLayout.VERSION, FrameLayout.VERSION);
        return sink.toByteArray();
    }

    public static byte[] bytes(ClientFrame frame) {
        ByteSink sink = new ByteSink(256);
        new FrameWriter(sink).write(frame);
        return sink.toByteArray();
    }

    public static ClientFrame.Hello hello(String clientId, int heartbeatMs) {
        return new ClientFrame.Hello(
                FrameLayout.MANAGEMENT,
                FrameLayout.FRAME_BYTES_MAX,
                heartbeatMs,
                1,
                2,
                0,
                clientId,
                "ANONYMOUS",
                null,
                "test");
    }

    public void raw(byte[] bytes) {
        channel.send(bytes, 0, bytes.length);
    }

    public void say(ClientFrame frame) {
        raw(bytes(frame));
    }

    public WireClient open() {
        return open(hello(null, 0));
    }

    public WireClient open(String clientId) {
        return open(hello(clientId, 0));
    }

    public WireClient open(ClientFrame.Hello hello) {
        raw(preamble());
        say(hello);
        welcome = hear(BrokerFrame.Welcome.class);
        assertEquals(FrameLayout.VERSION, version);
        return this;
    }

    public WireClient welcomed(BrokerFrame.Welcome newWelcome) {
        welcome = newWelcome;
        return this;
    }

    public BrokerFrame.Welcome welcome() {
        return welcome;
    }

    /** The next frame, which must be of this type. */
    public <T extends BrokerFrame> T hear(Class<T> type) {
        return assertInstanceOf(type, hearAny());
    }

    public BrokerFrame hearAny() {
        try {
            BrokerFrame frame = heard.poll(PATIENCE_S, TimeUnit.SECONDS);
            assertNotNull(frame, "the broker says nothing");
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean hasHeard() {
        return !heard.isEmpty();
    }

    /** The next frame other than pongs, which must close the connection. */
    public void hearClosing(ErrorCode code) {
        BrokerFrame frame = hearAny();
        while (frame instanceof BrokerFrame.Pong) {
            frame = hearAny();
        }
        assertEquals(code, assertInstanceOf(BrokerFrame.Closing.class, frame).code());
        awaitClosed();
    }

    public void awaitClosed() {
        try {
            assertTrue(closed.await(PATIENCE_S, TimeUnit.SECONDS), "the connection stays open");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    public Throwable cause() {
        return cause;
    }

    public long resolve(DestinationKind kind, String name) {
        say(new ClientFrame.Resolve(++lastRequest, kind, name));
        return hear(BrokerFrame.Resolved.class).partition();
    }

    public static byte[] run(long partition, long producer, long sequence, String... texts) {
        ByteSink sink = new ByteSink(256);
        int at = RunLayout.begin(sink, partition, producer, sequence);
        RecordEncoder encoder = new RecordEncoder(sink);
        for (String text : texts) {
            encoder.begin(7, sequence, 1, true, 4).bodyType(BodyType.TEXT, false);
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            sink.putBytes(body, 0, body.length);
            encoder.end();
        }
        RunLayout.end(sink, at, texts.length);
        return sink.toByteArray();
    }

    /** Sends without waiting. */
    public void send(long partition, String... texts) {
        byte[] run = run(partition, welcome.producerId(), nextSequence, texts);
        nextSequence += texts.length;
        say(new ClientFrame.Send(0, run, 0, run.length));
    }

    /** Sends and waits for the confirmation. */
    public void sendConfirmed(long partition, String... texts) {
        send(partition, texts);
        long last = 0;
        while (last < nextSequence - 1) {
            last = hear(BrokerFrame.Confirm.class).last();
        }
    }

    public void attach(int consumerId, DestinationKind kind, String name) {
        attach(
                consumerId,
                kind.isQueue() ? ClientFrame.Source.QUEUE : ClientFrame.Source.TOPIC,
                kind,
                name);
    }

    public void attach(
            int consumerId, ClientFrame.Source source, DestinationKind kind, String name) {
        say(
                new ClientFrame.Attach(
                        ++lastRequest, consumerId, source, kind, name, null, null, false, null));
        hear(BrokerFrame.Done.class);
    }

    public void credit(int consumerId, int messages) {
        say(new ClientFrame.Credit(consumerId, messages, 1 << 20, false, 0));
    }

    public BrokerFrame.Deliver hearDelivery(String text) {
        BrokerFrame.Deliver deliver = hear(BrokerFrame.Deliver.class);
        assertEquals(text, text(deliver));
        return deliver;
    }

    public static String text(BrokerFrame.Deliver deliver) {
        RecordView record = new RecordView().wrap(deliver.array(), deliver.at());
        return new String(
                deliver.array(), record.bodyAt(), record.bodyLength(), StandardCharsets.UTF_8);
    }

    public void accept(BrokerFrame.Deliver deliver) {
        say(
                new ClientFrame.Settle(
                        ++lastRequest,
                        0,
                        deliver.consumerId(),
                        ClientFrame.Verb.ACCEPT,
                        deliver.partition(),
                        new long[] {deliver.offset(), deliver.offset()}));
        hear(BrokerFrame.Done.class);
    }

    public int nextRequest() {
        return ++lastRequest;
    }

    public void goodbye() {
        say(new ClientFrame.Goodbye());
        awaitClosed();
    }
}
