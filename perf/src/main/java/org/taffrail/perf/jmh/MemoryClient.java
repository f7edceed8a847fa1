// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import org.taffrail.broker.session.Outlet;
import org.taffrail.broker.session.Session;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameAssembler;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.FrameReader;
import org.taffrail.wire.frame.FrameWriter;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RunLayout;

import java.util.Arrays;

/**
 * A client of a {@link MemoryBroker}: its frames are bytes for its session, and it cuts what the
 * session says into frames, which it counts. It reads them only while it is being set up, so that
 * little of what is measured is its own.
 */
final class MemoryClient implements Outlet, FrameAssembler.Output {
    private static final int BODY_BYTES = 1024;
    private static final int CREDIT_MESSAGES = 1 << 20;
    private static final int CREDIT_BYTES = 1 << 30;

    /** Where the run begins in a frame that sends it: behind the header and the transaction. */
    private static final int RUN_AT = FrameLayout.HEADER_BYTES + Long.BYTES;

    private final MemoryBroker broker;
    private final FrameAssembler assembler = new FrameAssembler(FrameLayout.FRAME_BYTES_MAX, this);
    private final FrameReader reader = new FrameReader();
    private final ByteSink out = new ByteSink(256);
    private final FrameWriter writer = new FrameWriter(out);
    private final ByteSink send = new ByteSink(2 * BODY_BYTES);
    private Session session;
    private boolean reads = true;
    private BrokerFrame lastRead;
    private long producer;
    private long partition;
    private long sequence = 1;
    private int requests;
    private long frames;

    MemoryClient(MemoryBroker broker) {
        this.broker = broker;
    }

    /** Says hello, and is welcomed. */
    void open(Session newSession) {
        session = newSession;
        FrameLayout.putPreamble(out, FrameLayout.VERSION, FrameLayout.VERSION);
        say(
                new ClientFrame.Hello(
                        0,
                        FrameLayout.FRAME_BYTES_MAX,
                        0,
                        1,
                        session.id(),
                        0,
                        null,
                        "ANONYMOUS",
                        null,
                        "benchmark"));
        producer = heard(BrokerFrame.Welcome.class).producerId();
    }

    /** Sends to a destination from now on: persistent messages of 1 KiB. */
    void produce(DestinationKind kind, String name) {
        say(new ClientFrame.Resolve(++requests, kind, name));
        partition = heard(BrokerFrame.Resolved.class).partition();
        ByteSink run = new ByteSink(2 * BODY_BYTES);
        int at = RunLayout.begin(run, partition, producer, sequence);
        RecordEncoder encoder = new RecordEncoder(run);
        encoder.begin(1, 2, 3, true, 4).bodyType(BodyType.BYTES, false);
        run.putBytes(new byte[BODY_BYTES], 0, BODY_BYTES);
        encoder.end();
        RunLayout.end(run, at, 1);
        new FrameWriter(send).send(0, run.array(), 0, run.length());
        reads = false;
    }

    /** Consumes from a destination from now on, and gives credit for a while. */
    void consume(ClientFrame.Source source, DestinationKind kind, String name) {
        say(new ClientFrame.Attach(++requests, 1, source, kind, name, null, null, false, null));
        heard(BrokerFrame.Done.class);
        say(new ClientFrame.Credit(1, CREDIT_MESSAGES, CREDIT_BYTES, true, 0));
        reads = false;
    }

    /** Sends a message; the broker deals with it in its next turn. */
    void send() {
        RunLayout.address(send.array(), RUN_AT, partition, producer, sequence++);
        broker.received(session, send.array(), send.length());
    }

    /** Accepts all that it holds of a partition, and gives as much credit as that used up. */
    void accept(long ofPartition, int messages) {
        out.clear();
        writer.write(
                new ClientFrame.Settle(
                        0,
                        0,
                        1,
                        ClientFrame.Verb.ACCEPT,
                        ofPartition,
                        new long[] {0, Long.MAX_VALUE - 1}));
        writer.write(new ClientFrame.Credit(1, messages, messages * 2 * BODY_BYTES, false, 0));
        broker.received(session, out.array(), out.length());
    }

    /** The partition that it sends to. */
    long partition() {
        return partition;
    }

    /** How many frames the session has said. */
    long frames() {
        return frames;
    }

    private void say(ClientFrame frame) {
        writer.write(frame);
        broker.received(session, out.array(), out.length());
        out.clear();
        broker.turn();
    }

    private <T extends BrokerFrame> T heard(Class<T> type) {
        return type.cast(lastRead);
    }

    @Override
    public void write(byte[] array, int at, int length) {
        assembler.received(array, at, length);
    }

    @Override
    public void preamble(byte[] array, int at) {
        FrameLayout.chooseVersion(array, at);
    }

    @Override
    public void frame(byte[] array, int at, int length) {
        frames++;
        if (reads) {
            lastRead = reader.readBroker(Arrays.copyOfRange(array, at, at + length), 0, length);
        }
    }

    @Override
    public boolean wantsMore() {
        return true;
    }

    @Override
    public long unsentBytes() {
        return 0;
    }

    @Override
    public void end() {
        throw new IllegalStateException("the broker has ended the connection: " + lastRead);
    }

    @Override
    public String peer() {
        return "benchmark";
    }
}
