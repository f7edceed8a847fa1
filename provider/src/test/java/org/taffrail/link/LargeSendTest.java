// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertCode;
import static org.taffrail.link.LinkHarness.get;
import static org.taffrail.link.LinkHarness.next;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordAssembly;
import org.taffrail.wire.record.RecordParts;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** Messages larger than a frame, to a broker that grants little: both ways of a link. */
class LargeSendTest {
    private static final int WINDOW_BYTES = 4096;
    private static final int MESSAGE_BYTES_MAX = 10_000;

    private ScriptedBroker broker;
    private final BlockingQueue<Throwable> losses = new LinkedBlockingQueue<>();
    private final LinkHarness.Outcomes outcomes = new LinkHarness.Outcomes();
    private final LinkHarness.Consumer consumer = new LinkHarness.Consumer();
    private MemoryWire wire;
    private FrameLink link;

    @BeforeEach
    void open() throws Exception {
        open(ScriptedBroker.WAIT_MS);
    }

    private void open(int sendTimeoutMs) throws Exception {
        broker = new ScriptedBroker();
        wire = new MemoryWire(broker, 1 << 20);
        ConnectionOptions options =
                ConnectionOptions.defaults()
                        .with(ConnectionOptions.SEND_TIMEOUT_MS, sendTimeoutMs)
                        .with(ConnectionOptions.CLOSE_TIMEOUT_MS, ScriptedBroker.WAIT_MS);
        link = new FrameLink(wire, options, true, losses::add, Continuity.single(), wire::nowNs);
        CompletableFuture<Link.Peer> opened = link.open();
        broker.expectHello();
        broker.sendPreamble();
        broker.tell(
                new BrokerFrame.Welcome(
                        FrameLayout.VERSION,
                        0,
                        FrameLayout.FRAME_BYTES_MAX,
                        MESSAGE_BYTES_MAX,
                        0,
                        ScriptedBroker.PRODUCER,
                        8,
                        WINDOW_BYTES,
                        1_234L,
                        1,
                        "scripted",
                        BrokerFrame.Recognition.NONE));
        assertEquals(MESSAGE_BYTES_MAX, get(opened).messageBytesMax());
    }

    @AfterEach
    void close() {
        wire.close();
    }

    private CompletableFuture<Throwable> sendElsewhere(long transaction, int bodyBytes) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        link.send(transaction, Runs.run(1, bodyBytes), outcomes.named("large"));
                        return null;
                    } catch (WireException e) {
                        return e;
                    }
                });
    }

    private ClientFrame.Send expectPiece(long sequence) {
        ClientFrame.Send send = broker.expect(ClientFrame.Send.class);
        assertEquals(sequence, RunLayout.sequence(send.array(), send.at()));
        assertEquals(ScriptedBroker.PRODUCER, RunLayout.producer(send.array(), send.at()));
        return send;
    }

    @Test
    void goesInPiecesThroughTheWindowAndIsCommitted() throws Exception {
        CompletableFuture<Throwable> sent = sendElsewhere(0, 9_000);
        ClientFrame.Send head = expectPiece(1);
        RecordAssembly assembly =
                new RecordAssembly(head.array(), head.at() + RunLayout.HEADER_BYTES);
        boolean whole = false;
        long sequence = 1;
        while (!whole) {
            broker.tell(new BrokerFrame.Confirm(sequence, sequence));
            sequence++;
            ClientFrame.Send part = expectPiece(sequence);
            assertEquals(head.transactionId(), part.transactionId());
            RecordView view =
                    new RecordView().wrap(part.array(), part.at() + RunLayout.HEADER_BYTES);
            whole =
                    assembly.add(
                            (int) sequence - 2, part.array(), view.bodyAt(), view.bodyLength());
        }
        ClientFrame.Commit commit = broker.expect(ClientFrame.Commit.class);
        assertEquals(head.transactionId(), commit.transactionId());
        assertEquals(null, get(sent));
        assertArrayEquals(Runs.record(9_000), assembly.record());

        broker.tell(new BrokerFrame.Confirm(sequence, sequence));
        link.send(0, Runs.run(1, 10), outcomes.named("next"));
        expectPiece(sequence + 1);
        broker.tell(new BrokerFrame.Confirm(sequence + 1, sequence + 1));
        assertTrue(outcomes.heard.isEmpty());
        broker.tell(new BrokerFrame.Done(commit.requestId()));

        outcomes.expectConfirmed("large", "next");
        broker.verify();
    }

    @Test
    void belongsToTheTransactionThatItIsSentIn() throws Exception {
        link.newTransaction();
        CompletableFuture<Throwable> sent = sendElsewhere(1, 5_000);
        for (int sequence = 1; sequence <= 2; sequence++) {
            assertEquals(1, expectPiece(sequence).transactionId());
            broker.tell(new BrokerFrame.Confirm(sequence, sequence));
        }
        assertEquals(null, get(sent));
        outcomes.expectConfirmed("large");
        broker.verify();
    }

    @Test
    void aPieceThatIsRefusedEndsTheSendAndTakesItBack() throws Exception {
        CompletableFuture<Throwable> sent = sendElsewhere(0, 9_000);
        long transaction = expectPiece(1).transactionId();
        broker.tell(new BrokerFrame.Refuse(1, 1, ErrorCode.NO_ROOM, "full"));

        assertCode(ErrorCode.NO_ROOM, get(sent));
        assertEquals(transaction, broker.expect(ClientFrame.Rollback.class).transactionId());
        broker.verify();
        assertTrue(outcomes.heard.isEmpty());
    }

    @Test
    void aCommitThatIsRefusedIsTheOutcome() throws Exception {
        CompletableFuture<Throwable> sent = sendElsewhere(0, 5_000);
        expectPiece(1);
        broker.tell(new BrokerFrame.Confirm(1, 1));
        expectPiece(2);
        ClientFrame.Commit commit = broker.expect(ClientFrame.Commit.class);
        broker.tell(
                new BrokerFrame.Confirm(2, 2),
                new BrokerFrame.Failed(commit.requestId(), ErrorCode.TRANSACTION_DOOMED, "gone"));
        assertEquals(null, get(sent));
        outcomes.expectFailed("large", ErrorCode.TRANSACTION_DOOMED);
    }

    @Test
    void aWindowThatStaysFullTakesItBack() throws Exception {
        close();
        open(100);
        CompletableFuture<Throwable> sent = sendElsewhere(0, 9_000);
        long transaction = expectPiece(1).transactionId();
        assertCode(ErrorCode.TIMEOUT, get(sent));
        assertEquals(transaction, broker.expect(ClientFrame.Rollback.class).transactionId());
        assertTrue(outcomes.heard.isEmpty());
    }

    @Test
    void oneByteTooMuchIsRefusedBeforeAnythingIsSent() {
        int most = MESSAGE_BYTES_MAX - Runs.record(0).length;
        WireException refusal =
                Assertions.assertThrows(
                        WireException.class,
                        () -> link.send(0, Runs.run(1, most + 1), outcomes.named("too large")));
        assertCode(ErrorCode.MESSAGE_TOO_LARGE, refusal);
        assertTrue(refusal.getMessage().contains("" + (MESSAGE_BYTES_MAX + 1)));
        assertTrue(refusal.getMessage().contains("limits.messageBytesMax is 10000"));
        assertTrue(broker.silent());
    }

    @Test
    void theEndOfTheLinkIsTheOutcome() throws Exception {
        CompletableFuture<Throwable> sent = sendElsewhere(0, 5_000);
        expectPiece(1);
        broker.tell(new BrokerFrame.Confirm(1, 1));
        expectPiece(2);
        broker.expect(ClientFrame.Commit.class);
        assertEquals(null, get(sent));
        broker.tell(new BrokerFrame.Confirm(2, 2));
        broker.hangUp();
        outcomes.expectFailed("large", ErrorCode.CONNECTION_LOST);
        assertTrue(outcomes.heard.isEmpty());
    }

    private void attach() throws Exception {
        CompletableFuture<Void> attached =
                link.attach(
                        new Link.ConsumerSpec(
                                7,
                                ClientFrame.Source.QUEUE,
                                DestinationKind.QUEUE,
                                "q",
                                null,
                                null,
                                false,
                                null,
                                false,
                                false),
                        consumer);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Attach.class).requestId()));
        get(attached);
    }

    /** Cuts a record into runs. */
    private static byte[][] pieces(int bodyBytes) {
        RecordParts parts = new RecordParts(Runs.record(bodyBytes), 0, 1000, 2000);
        byte[][] pieces = new byte[parts.pieces()][];
        for (int i = 0; i < pieces.length; i++) {
            ByteSink sink = new ByteSink(16);
            parts.write(sink, i, 5);
            pieces[i] = sink.toByteArray();
        }
        return pieces;
    }

    private static BrokerFrame head(byte[] run, long offset) {
        int length = run.length - RunLayout.HEADER_BYTES;
        return new BrokerFrame.Deliver(7, 5, offset, 2, true, run, RunLayout.HEADER_BYTES, length);
    }

    private static BrokerFrame part(byte[] run, long offset, int index) {
        RecordView view = new RecordView().wrap(run, RunLayout.HEADER_BYTES);
        return new BrokerFrame.DeliverPart(
                7, 5, offset, index, run, view.bodyAt(), view.bodyLength());
    }

    @Test
    void isHandedOverWhenItsLastPartHasCome() throws Exception {
        attach();
        byte[][] pieces = pieces(3_500);
        broker.tell(head(pieces[0], 100));
        for (int i = 1; i < pieces.length; i++) {
            assertTrue(consumer.heard.isEmpty());
            broker.tell(part(pieces[i], 100, i - 1));
        }
        Link.Delivery delivery = consumer.nextDelivery();
        assertEquals(100, delivery.offset());
        assertEquals(2, delivery.count());
        assertTrue(delivery.redelivered());
        assertArrayEquals(Runs.record(3_500), delivery.record());
    }

    @Test
    void oneThatIsTakenBackIsForgotten() throws Exception {
        attach();
        byte[][] pieces = pieces(3_500);
        broker.tell(head(pieces[0], 100), part(pieces[1], 100, 0), head(pieces[0], 200));
        for (int i = 1; i < pieces.length; i++) {
            broker.tell(part(pieces[i], 200, i - 1));
        }
        assertEquals(200, consumer.nextDelivery().offset());
        byte[] small = Runs.record(10);
        broker.tell(
                head(pieces[0], 300),
                new BrokerFrame.Deliver(7, 5, 400, 1, false, small, 0, small.length));
        assertEquals(400, consumer.nextDelivery().offset());

        broker.tell(head(pieces[0], 500));
        CompletableFuture<Void> detached = link.detach(7);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Detach.class).requestId()));
        get(detached);
        assertTrue(consumer.heard.isEmpty());
        assertTrue(losses.isEmpty());
    }

    static Stream<List<BrokerFrame>> framesThatDoNotBelong() {
        byte[][] pieces = pieces(3_500);
        BrokerFrame head = head(pieces[0], 100);
        return Stream.of(
                List.of(part(pieces[1], 100, 0)),
                List.of(head, part(pieces[2], 100, 1)),
                List.of(head, part(pieces[1], 101, 0)),
                List.of(head, part(pieces[1], 100, 0), part(pieces[1], 100, 0)));
    }

    @ParameterizedTest
    @MethodSource("framesThatDoNotBelong")
    void partsThatDoNotBelongCostTheLink(List<BrokerFrame> frames) throws Exception {
        attach();
        broker.tell(frames.toArray(BrokerFrame[]::new));
        assertCode(ErrorCode.PROTOCOL_VIOLATION, next(losses));
    }

    @Test
    void anAnnouncementBeyondAllBoundsCostsTheLink() throws Exception {
        attach();
        byte[] head = pieces(3_500)[0];
        // the bytes in the parts stand in the last field, before the body
        RecordView view = new RecordView().wrap(head, RunLayout.HEADER_BYTES);
        Arrays.fill(head, view.bodyAt() - 8, view.bodyAt() - 1, (byte) 0x7F);
        broker.tell(head(head, 100));
        assertCode(ErrorCode.MESSAGE_TOO_LARGE, next(losses));
    }
}
