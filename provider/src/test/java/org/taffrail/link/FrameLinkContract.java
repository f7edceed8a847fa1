// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertCode;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;
import static org.taffrail.link.LinkHarness.next;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameReader;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a {@link FrameLink} promises over any channel. */
abstract class FrameLinkContract {
    final ScriptedBroker broker = new ScriptedBroker();
    final BlockingQueue<Throwable> losses = new LinkedBlockingQueue<>();
    private final LinkHarness.Outcomes outcomes = new LinkHarness.Outcomes();
    private final LinkHarness.Consumer consumer = new LinkHarness.Consumer();
    private Link link;

    /** Makes a link to {@link #broker}. */
    abstract Link makeLink(ConnectionOptions options) throws Exception;

    /** Lets go of what {@link #makeLink} made. */
    abstract void dispose() throws Exception;

    @BeforeEach
    void makeLink() throws Exception {
        link =
                makeLink(
                        ConnectionOptions.defaults()
                                .with(ConnectionOptions.SEND_TIMEOUT_MS, ScriptedBroker.WAIT_MS)
                                .with(ConnectionOptions.CLOSE_TIMEOUT_MS, 300)
                                .with(ConnectionOptions.CLIENT_ID, "client"));
    }

    @AfterEach
    void expectNothingMore() throws Exception {
        try {
            broker.verify();
        } finally {
            dispose();
        }
    }

    private void open() throws Exception {
        CompletableFuture<Link.Peer> opened = link.open();
        broker.welcome();
        get(opened);
    }

    private void attach(int consumerId) throws Exception {
        CompletableFuture<Void> attached = link.attach(spec(consumerId), consumer);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Attach.class).requestId()));
        get(attached);
    }

    private static Link.ConsumerSpec spec(int consumerId) {
        return new Link.ConsumerSpec(
                consumerId,
                ClientFrame.Source.QUEUE,
                DestinationKind.QUEUE,
                "orders",
                null,
                "a = 1",
                false,
                null,
                true,
                false);
    }

    @Test
    void opensWithWhatTheBrokerGrants() throws Exception {
        CompletableFuture<Link.Peer> opened = link.open();
        ClientFrame.Hello hello = broker.welcome();

        assertEquals(new Link.Peer(3000, 1234, "scripted"), get(opened));
        assertEquals("client", hello.clientId());
        assertEquals("ANONYMOUS", hello.mechanism());
        assertTrue(hello.product().startsWith("Taffrail provider"));
    }

    @Test
    void sendsUserAndPasswordAsPlain() throws Exception {
        Link other =
                makeLink(
                        ConnectionOptions.defaults()
                                .with(ConnectionOptions.USERNAME, "scott")
                                .with(ConnectionOptions.PASSWORD, "tigér"));
        CompletableFuture<Link.Peer> opened = other.open();
        ClientFrame.Hello hello = broker.expectHello();
        broker.sendPreamble();
        broker.tell(new BrokerFrame.Closing(ErrorCode.AUTHENTICATION_FAILED, "no such user"));

        assertEquals("PLAIN", hello.mechanism());
        assertArrayEquals("\0scott\0tigér".getBytes(StandardCharsets.UTF_8), hello.response());
        WireException e = assertFails(ErrorCode.AUTHENTICATION_FAILED, opened);
        assertEquals("no such user", e.getMessage());
        assertTrue(losses.isEmpty());
    }

    @Test
    void refusesAChallengeThatNoMechanismAnswers() throws Exception {
        CompletableFuture<Link.Peer> opened = link.open();
        broker.expectHello();
        broker.sendPreamble();
        broker.tell(new BrokerFrame.Challenge(new byte[] {1}));

        assertFails(ErrorCode.AUTHENTICATION_FAILED, opened);
    }

    @Test
    void refusesWhatSpeaksSomethingElse() throws Exception {
        CompletableFuture<Link.Peer> opened = link.open();
        broker.expectHello();
        broker.tellBytes("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII));

        assertFails(ErrorCode.BAD_MAGIC, opened);
    }

    @Test
    void requestBeforeTheOpeningFails() {
        assertFails(ErrorCode.CONNECTION_LOST, link.commit(1));
        assertThrows(WireException.class, () -> link.send(0, Runs.run(1, 1), failure -> {}));
    }

    @Test
    void opensOnce() throws Exception {
        open();

        assertThrows(IllegalStateException.class, link::open);
    }

    @Test
    void answersFindTheirRequestsInAnyOrder() throws Exception {
        open();
        CompletableFuture<Link.Target> resolved = link.resolve(DestinationKind.QUEUE, "a");
        CompletableFuture<Link.Target> temporary =
                link.createTemporary(DestinationKind.TEMPORARY_TOPIC);
        CompletableFuture<Void> committed = link.commit(link.newTransaction());
        CompletableFuture<Void> unsubscribed = link.unsubscribe("s");
        ClientFrame.Resolve resolve = broker.expect(ClientFrame.Resolve.class);
        ClientFrame.CreateTemporary create = broker.expect(ClientFrame.CreateTemporary.class);
        ClientFrame.Commit commit = broker.expect(ClientFrame.Commit.class);
        ClientFrame.Unsubscribe unsubscribe = broker.expect(ClientFrame.Unsubscribe.class);
        broker.tell(
                new BrokerFrame.Failed(
                        unsubscribe.requestId(), ErrorCode.NO_SUCH_SUBSCRIPTION, "s"),
                new BrokerFrame.Done(commit.requestId()),
                new BrokerFrame.Resolved(
                        create.requestId(), 9, DestinationKind.TEMPORARY_TOPIC, "t-1"),
                new BrokerFrame.Resolved(resolve.requestId(), 8, DestinationKind.QUEUE, "a"));

        assertEquals(new Link.Target(8, DestinationKind.QUEUE, "a"), get(resolved));
        assertEquals(new Link.Target(9, DestinationKind.TEMPORARY_TOPIC, "t-1"), get(temporary));
        get(committed);
        assertFails(ErrorCode.NO_SUCH_SUBSCRIPTION, unsubscribed);
    }

    @Test
    void sendsAreNumberedWithoutGapsAndConfirmedInRanges() throws Exception {
        open();
        link.send(0, Runs.run(1, 10), outcomes.named("a"));
        link.send(3, Runs.run(2, 10), outcomes.named("b"));
        link.send(0, Runs.run(1, 10), outcomes.named("c"));

        assertEquals(1, expectRun(0));
        assertEquals(2, expectRun(3));
        assertEquals(4, expectRun(0));
        broker.tell(new BrokerFrame.Confirm(1, 3));
        outcomes.expectConfirmed("a", "b");
        broker.tell(new BrokerFrame.Refuse(4, 4, ErrorCode.NO_ROOM, "full"));
        assertEquals("full", outcomes.expectFailed("c", ErrorCode.NO_ROOM).getMessage());
    }

    private long expectRun(long transactionId) {
        ClientFrame.Send send = broker.expect(ClientFrame.Send.class);
        assertEquals(transactionId, send.transactionId());
        assertEquals(ScriptedBroker.PRODUCER, RunLayout.producer(send.array(), send.at()));
        assertEquals(5, RunLayout.partition(send.array(), send.at()));
        return RunLayout.sequence(send.array(), send.at());
    }

    @Test
    void listenersHearInTheOrderOfTheSendsAlsoWhenAnswersDoNotCome() throws Exception {
        open();
        for (String name : List.of("a", "b", "c")) {
            link.send(0, Runs.run(1, 10), outcomes.named(name));
            expectRun(0);
        }
        broker.tell(new BrokerFrame.Confirm(3, 3), new BrokerFrame.Confirm(2, 2));
        get(roundTrip());
        assertTrue(outcomes.heard.isEmpty());
        broker.tell(new BrokerFrame.Confirm(1, 1));

        outcomes.expectConfirmed("a", "b", "c");
    }

    private CompletableFuture<Void> roundTrip() {
        CompletableFuture<Void> answer = link.rollback(99);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Rollback.class).requestId()));
        return answer;
    }

    @Test
    void aSinkMayBeUsedAgainOnceSendReturns() throws Exception {
        open();
        ByteSink sink = Runs.run(1, 10);
        link.send(0, sink, outcomes.named("a"));
        Arrays.fill(sink.array(), (byte) 0);

        assertEquals(1, expectRun(0));
    }

    @Test
    void sendWaitsWhileTheWindowOfMessagesIsFull() throws Exception {
        open();
        for (int i = 0; i < ScriptedBroker.WINDOW_MESSAGES; i++) {
            link.send(0, Runs.run(1, 10), outcomes.named("" + i));
            expectRun(0);
        }
        CompletableFuture<Void> sent = sendElsewhere(1, 10, "late");
        get(roundTrip());
        assertFalse(sent.isDone());
        broker.tell(new BrokerFrame.Confirm(1, 1));

        get(sent);
        assertEquals(5, expectRun(0));
    }

    @Test
    void sendWaitsWhileTheWindowOfBytesIsFull() throws Exception {
        open();
        link.send(0, Runs.run(1, 2000), outcomes.named("a"));
        CompletableFuture<Void> sent = sendElsewhere(1, 2000, "b");
        assertEquals(1, expectRun(0));
        get(roundTrip());
        assertTrue(broker.silent());
        broker.tell(new BrokerFrame.Confirm(1, 1));

        get(sent);
        assertEquals(2, expectRun(0));
    }

    @Test
    void aSendThatWouldFillTheWindowAloneIsRefused() throws Exception {
        open();

        assertCode(ErrorCode.MESSAGE_TOO_LARGE, sendFails(Runs.run(1, 5000)));
        assertCode(ErrorCode.MESSAGE_TOO_LARGE, sendFails(Runs.run(1, 3000)));
        assertCode(
                ErrorCode.MESSAGE_TOO_LARGE,
                sendFails(Runs.run(ScriptedBroker.WINDOW_MESSAGES + 1, 1)));
        link.send(0, Runs.run(1, 1), outcomes.named("next"));
        assertEquals(1, expectRun(0));
    }

    private Throwable sendFails(ByteSink run) {
        return assertThrows(
                WireException.class, () -> link.send(0, run, outcomes.named("refused")));
    }

    @Test
    void sendGivesUpWhenTheWindowStaysFull() throws Exception {
        link = makeLink(ConnectionOptions.defaults().with(ConnectionOptions.SEND_TIMEOUT_MS, 50));
        open();
        for (int i = 0; i < ScriptedBroker.WINDOW_MESSAGES; i++) {
            link.send(0, Runs.run(1, 10), outcomes.named("" + i));
            expectRun(0);
        }

        assertCode(ErrorCode.TIMEOUT, sendFails(Runs.run(1, 10)));
        broker.tell(new BrokerFrame.Confirm(1, 4));
        outcomes.expectConfirmed("0", "1", "2", "3");
        link.send(0, Runs.run(1, 10), outcomes.named("next"));
        assertEquals(5, expectRun(0));
    }

    @Test
    void aListenerThatWouldWaitForTheLinkIsToldSo() throws Exception {
        open();
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        link.send(
                0,
                Runs.run(1, 10),
                failure -> {
                    try {
                        for (int i = 0; i <= ScriptedBroker.WINDOW_MESSAGES; i++) {
                            link.send(0, Runs.run(1, 10), again -> {});
                        }
                    } catch (IllegalStateException e) {
                        heard.add(e);
                    }
                });
        expectRun(0);
        broker.tell(new BrokerFrame.Confirm(1, 1));

        assertEquals(IllegalStateException.class, next(heard).getClass());
        for (int i = 0; i < ScriptedBroker.WINDOW_MESSAGES; i++) {
            expectRun(0);
        }
    }

    @Test
    void lossWakesWhoWaitsForTheWindow() throws Exception {
        open();
        for (int i = 0; i < ScriptedBroker.WINDOW_MESSAGES; i++) {
            link.send(0, Runs.run(1, 10), outcomes.named("" + i));
            expectRun(0);
        }
        CompletableFuture<Void> sent = sendElsewhere(1, 10, "late");
        get(roundTrip());
        broker.hangUp();

        assertFails(ErrorCode.CONNECTION_LOST, sent);
        broker.expectEnd();
    }

    private CompletableFuture<Void> sendElsewhere(int count, int bodyBytes, String name) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                ByteSink run = Runs.run(count, bodyBytes);
                                link.send(0, run, outcomes.named(name));
                                sent.complete(null);
                            } catch (RuntimeException e) {
                                sent.completeExceptionally(e);
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        Awaitility.await()
                .until(() -> sent.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
        return sent;
    }

    @Test
    void manyThreadsSendWithoutGapOrMix() throws Exception {
        open();
        int threads = 4;
        int each = 200;
        CountDownLatch confirmed = new CountDownLatch(threads * each);
        List<Thread> senders = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread sender =
                    new Thread(
                            () -> {
                                ByteSink sink = new ByteSink(256);
                                for (int i = 0; i < each; i++) {
                                    sink.clear();
                                    ByteSink run = Runs.run(1, i % 50);
                                    sink.putBytes(run.array(), 0, run.length());
                                    link.send(0, sink, failure -> confirmed.countDown());
                                }
                            });
            sender.start();
            senders.add(sender);
        }
        for (long sequence = 1; sequence <= threads * each; sequence++) {
            assertEquals(sequence, expectRun(0));
            broker.tell(new BrokerFrame.Confirm(sequence, sequence));
        }

        assertTrue(confirmed.await(ScriptedBroker.WAIT_MS, TimeUnit.MILLISECONDS));
        for (Thread sender : senders) {
            sender.join();
        }
    }

    @Test
    void deliveriesAreTheListenersToKeep() throws Exception {
        open();
        attach(7);
        link.credit(7, 10, 1000, true);
        assertEquals(
                new ClientFrame.Credit(7, 10, 1000, true, 0),
                broker.expect(ClientFrame.Credit.class));
        byte[] first = Runs.record(20);
        byte[] second = Runs.record(300);
        broker.tell(
                new BrokerFrame.Deliver(7, 5, 100, 1, false, first, 0, first.length),
                new BrokerFrame.Deliver(7, 5, 101, 3, true, second, 0, second.length));

        Link.Delivery a = consumer.nextDelivery();
        Link.Delivery b = consumer.nextDelivery();
        assertEquals(100, a.offset());
        assertFalse(a.redelivered());
        assertArrayEquals(first, a.record());
        assertEquals(3, b.count());
        assertTrue(b.redelivered());
        assertArrayEquals(second, b.record());
    }

    @Test
    void drainEndsAfterItsDeliveries() throws Exception {
        open();
        attach(7);
        List<Object> order = new ArrayList<>();
        CompletableFuture<Void> drained =
                link.drain(7, 1, 500).whenComplete((ok, failure) -> order.addAll(consumer.heard));
        ClientFrame.Credit credit = broker.expect(ClientFrame.Credit.class);
        byte[] record = Runs.record(20);
        broker.tell(
                new BrokerFrame.Deliver(7, 5, 100, 1, false, record, 0, record.length),
                new BrokerFrame.Drained(7, credit.drainToken()));

        get(drained);
        assertEquals(1, order.size());
        assertFalse(credit.reset());
    }

    @Test
    void consumerThatTheBrokerEndsHearsWhy() throws Exception {
        open();
        attach(7);
        CompletableFuture<Void> drained = link.drain(7, 1, 500);
        broker.expect(ClientFrame.Credit.class);
        broker.tell(new BrokerFrame.ConsumerClosed(7, ErrorCode.NO_SUCH_DESTINATION, "gone"));

        assertFails(ErrorCode.NO_SUCH_DESTINATION, drained);
        assertCode(ErrorCode.NO_SUCH_DESTINATION, next(consumer.heard));
        assertFails(ErrorCode.NO_SUCH_CONSUMER, link.drain(7, 1, 1));
        link.credit(7, 1, 1, false);
        assertTrue(losses.isEmpty());
        get(roundTrip());
    }

    @Test
    void drainsOfAConsumerThatTheBrokerHasEndedAreAnsweredAllTheSame() throws Exception {
        open();
        attach(7);
        CompletableFuture<Void> first = link.drain(7, 1, 500);
        CompletableFuture<Void> second = link.drain(7, 1, 500);
        int firstToken = broker.expect(ClientFrame.Credit.class).drainToken();
        int secondToken = broker.expect(ClientFrame.Credit.class).drainToken();
        broker.tell(
                new BrokerFrame.ConsumerClosed(7, ErrorCode.NO_SUCH_DESTINATION, "gone"),
                new BrokerFrame.Drained(7, firstToken),
                new BrokerFrame.Drained(7, secondToken));

        assertFails(ErrorCode.NO_SUCH_DESTINATION, first);
        assertFails(ErrorCode.NO_SUCH_DESTINATION, second);
        get(roundTrip());
        assertTrue(losses.isEmpty());
    }

    @Test
    void refusedAttachmentLeavesNoConsumer() throws Exception {
        open();
        CompletableFuture<Void> attached = link.attach(spec(7), consumer);
        int id = broker.expect(ClientFrame.Attach.class).requestId();
        broker.tell(new BrokerFrame.Failed(id, ErrorCode.INVALID_SELECTOR, "at 3"));

        assertFails(ErrorCode.INVALID_SELECTOR, attached);
        assertTrue(consumer.heard.isEmpty());
        attach(7);
    }

    @Test
    void detachedConsumerIdIsFreeAndItsDrainEnds() throws Exception {
        open();
        attach(7);
        CompletableFuture<Void> drained = link.drain(7, 1, 500);
        broker.expect(ClientFrame.Credit.class);
        CompletableFuture<Void> detached = link.detach(7);
        assertThrows(IllegalArgumentException.class, () -> link.attach(spec(7), consumer));
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Detach.class).requestId()));

        get(detached);
        get(drained);
        attach(7);
    }

    @Test
    void settlesWithAndWithoutAnAnswer() throws Exception {
        open();
        assertTrue(
                link.settle(0, 7, ClientFrame.Verb.ACCEPT, 5, new long[] {1, 2}, false).isDone());
        assertEquals(0, broker.expect(ClientFrame.Settle.class).requestId());
        CompletableFuture<Void> settled =
                link.settle(4, 7, ClientFrame.Verb.ACCEPT, 5, new long[] {3, 3, 5, 9}, true);
        ClientFrame.Settle settle = broker.expect(ClientFrame.Settle.class);
        assertArrayEquals(new long[] {3, 3, 5, 9}, settle.ranges());
        assertEquals(4, settle.transactionId());
        assertFalse(settled.isDone());
        broker.tell(new BrokerFrame.Done(settle.requestId()));

        get(settled);
        get(link.settle(0, 7, ClientFrame.Verb.FAIL, 5, new long[0], true));
    }

    @Test
    void aSettlementOfVeryManyRangesGoesInSeveralFrames() throws Exception {
        open();
        long[] ranges = new long[2 * FrameReader.RANGES_MAX + 2];
        for (int i = 0; i < ranges.length; i++) {
            ranges[i] = 2L * i;
        }
        CompletableFuture<Void> settled =
                link.settle(0, 7, ClientFrame.Verb.RELEASE_SEEN, 5, ranges, true);
        ClientFrame.Settle first = broker.expect(ClientFrame.Settle.class);
        ClientFrame.Settle second = broker.expect(ClientFrame.Settle.class);
        broker.tell(new BrokerFrame.Done(first.requestId()));
        get(roundTrip());
        assertFalse(settled.isDone());
        broker.tell(new BrokerFrame.Done(second.requestId()));

        get(settled);
        assertEquals(2 * FrameReader.RANGES_MAX, first.ranges().length);
        assertEquals(2, second.ranges().length);
    }

    @Test
    void requestLargerThanAFrameFailsAndIsForgotten() throws Exception {
        open();

        assertFails(ErrorCode.FRAME_TOO_LARGE, link.unsubscribe("x".repeat(1 << 20)));
        get(roundTrip());
    }

    @Test
    void lostConnectionCompletesEverything() throws Exception {
        open();
        attach(7);
        CompletableFuture<Void> committed = link.commit(1);
        CompletableFuture<Link.Target> resolved = link.resolve(DestinationKind.QUEUE, "q");
        CompletableFuture<Void> attached = link.attach(spec(8), failing());
        CompletableFuture<Void> drained = link.drain(7, 1, 1);
        link.send(0, Runs.run(1, 1), outcomes.named("a"));
        link.send(0, Runs.run(1, 1), outcomes.named("b"));
        broker.expect(ClientFrame.Commit.class);
        broker.expect(ClientFrame.Resolve.class);
        broker.expect(ClientFrame.Attach.class);
        broker.expect(ClientFrame.Credit.class);
        expectRun(0);
        expectRun(0);
        broker.tell(new BrokerFrame.Confirm(2, 2));
        get(roundTrip());
        broker.hangUp();

        assertFails(ErrorCode.CONNECTION_LOST, committed);
        assertFails(ErrorCode.CONNECTION_LOST, resolved);
        assertFails(ErrorCode.CONNECTION_LOST, attached);
        assertFails(ErrorCode.CONNECTION_LOST, drained);
        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
        outcomes.expectConfirmed("b");
        assertCode(ErrorCode.CONNECTION_LOST, next(consumer.heard));
        next(losses);
        assertFails(ErrorCode.CONNECTION_LOST, link.commit(2));
        assertCode(ErrorCode.CONNECTION_LOST, sendFails(Runs.run(1, 1)));
        link.credit(7, 1, 1, false);
        link.close();
        link.close();
        assertTrue(losses.isEmpty());
        broker.expectEnd();
    }

    private static Link.ConsumerListener failing() {
        return new Link.ConsumerListener() {
            @Override
            public void delivered(Link.Delivery delivery) {
                throw new AssertionError("not attached");
            }

            @Override
            public void closed(Throwable cause) {
                throw new AssertionError("never attached");
            }
        };
    }

    @Test
    void closingByTheBrokerIsALossWithItsReason() throws Exception {
        open();
        CompletableFuture<Void> committed = link.commit(1);
        broker.expect(ClientFrame.Commit.class);
        broker.tell(new BrokerFrame.Closing(ErrorCode.STOPPING, "maintenance"));

        WireException e = assertFails(ErrorCode.CONNECTION_LOST, committed);
        assertTrue(e.getMessage().contains("maintenance"), e.getMessage());
        assertCode(ErrorCode.STOPPING, next(losses));
        broker.expectEnd();
    }

    @Test
    void whatAnswersNothingCostsTheLink() throws Exception {
        open();
        broker.tell(new BrokerFrame.Done(12345));

        assertCode(ErrorCode.PROTOCOL_VIOLATION, next(losses));
        broker.expectEnd();
    }

    @Test
    void answerToASendThatNeverWasCostsTheLink() throws Exception {
        open();
        link.send(0, Runs.run(1, 1), outcomes.named("a"));
        expectRun(0);
        broker.tell(new BrokerFrame.Confirm(1, 2));

        assertCode(ErrorCode.PROTOCOL_VIOLATION, next(losses));
        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
        broker.expectEnd();
    }

    @Test
    void aListenersDefectCostsTheLinkRatherThanAMessage() throws Exception {
        open();
        Link.ConsumerListener defective =
                new Link.ConsumerListener() {
                    @Override
                    public void delivered(Link.Delivery delivery) {
                        throw new IllegalStateException("a defect the test makes");
                    }

                    @Override
                    public void closed(Throwable cause) {
                        consumer.closed(cause);
                    }
                };
        CompletableFuture<Void> attached = link.attach(spec(7), defective);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Attach.class).requestId()));
        get(attached);
        byte[] record = Runs.record(20);
        broker.tell(new BrokerFrame.Deliver(7, 5, 100, 1, false, record, 0, record.length));

        assertEquals(IllegalStateException.class, next(losses).getClass());
        assertCode(ErrorCode.CONNECTION_LOST, next(consumer.heard));
        broker.expectEnd();
    }

    @Test
    void closeSaysGoodbyeAfterWhatWasSent() throws Exception {
        link =
                makeLink(
                        ConnectionOptions.defaults()
                                .with(ConnectionOptions.CLOSE_TIMEOUT_MS, ScriptedBroker.WAIT_MS));
        open();
        link.send(0, Runs.run(1, 1), outcomes.named("a"));
        CompletableFuture<Void> closed = closeElsewhere();
        expectRun(0);
        broker.expect(ClientFrame.Goodbye.class);
        broker.tell(new BrokerFrame.Confirm(1, 1));
        broker.hangUp();

        get(closed);
        assertFails(ErrorCode.CONNECTION_LOST, link.commit(1));
        assertTrue(losses.isEmpty());
        broker.expectEnd();
    }

    @Test
    void closeIsBoundedWhenTheBrokerIsSilent() throws Exception {
        open();
        attach(7);
        CompletableFuture<Void> committed = link.commit(1);
        link.send(0, Runs.run(1, 1), outcomes.named("a"));
        broker.expect(ClientFrame.Commit.class);
        expectRun(0);
        long beganNs = System.nanoTime();
        link.close();
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);

        assertTrue(tookMs >= 250 && tookMs < 5000, "took " + tookMs + " ms");
        broker.expect(ClientFrame.Goodbye.class);
        broker.expectEnd();
        assertFails(ErrorCode.CONNECTION_LOST, committed);
        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
        assertTrue(consumer.heard.isEmpty());
        assertTrue(losses.isEmpty());
    }

    @Test
    void closeFromAListenerDoesNotWaitForItself() throws Exception {
        link =
                makeLink(
                        ConnectionOptions.defaults()
                                .with(ConnectionOptions.CLOSE_TIMEOUT_MS, ScriptedBroker.WAIT_MS));
        open();
        CompletableFuture<Long> tookNs = new CompletableFuture<>();
        link.send(
                0,
                Runs.run(1, 1),
                failure -> {
                    long beganNs = System.nanoTime();
                    link.close();
                    tookNs.complete(System.nanoTime() - beganNs);
                });
        expectRun(0);
        broker.tell(new BrokerFrame.Confirm(1, 1));

        assertTrue(TimeUnit.NANOSECONDS.toMillis(get(tookNs)) < ScriptedBroker.WAIT_MS / 2);
        broker.expect(ClientFrame.Goodbye.class);
        broker.expectEnd();
        assertTrue(losses.isEmpty());
    }

    @Test
    void closeBeforeTheOpeningIsNothing() throws Exception {
        link.close();
        link.close();

        assertFails(ErrorCode.CONNECTION_LOST, link.open());
    }

    @Test
    void closeDuringTheOpeningEndsIt() throws Exception {
        CompletableFuture<Link.Peer> opened = link.open();
        broker.expectHello();
        link.close();

        assertFails(ErrorCode.CONNECTION_LOST, opened);
        broker.expectEnd();
        assertTrue(losses.isEmpty());
    }

    private CompletableFuture<Void> closeElsewhere() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            link.close();
                            closed.complete(null);
                        });
        thread.setDaemon(true);
        thread.start();
        return closed;
    }
}
