// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;
import static org.taffrail.link.LinkHarness.next;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.taffrail.link.LinkHarness.Consumer;
import org.taffrail.link.LinkHarness.Outcomes;
import org.taffrail.link.failover.FailoverLink;
import org.taffrail.link.failover.ReconnectPolicy;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.BrokerFrame.Recognition;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A link that goes on with one connection after the other, each to a broker that the test plays.
 */
@Timeout(60)
class FailoverLinkTest {
    private static final long PRODUCER = 77;

    /** Of a message of 2900 bytes. */
    private static final int PIECES = 2;

    private final BlockingQueue<ScriptedBroker> reached = new LinkedBlockingQueue<>();
    private final List<MemoryWire> wires = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final Outcomes outcomes = new Outcomes();
    private volatile boolean reachable = true;
    private FailoverLink link;

    private final Link.Listener listener =
            new Link.Listener() {
                @Override
                public void interrupted(Throwable cause) {
                    heard.add("interrupted");
                }

                @Override
                public void restored(Link.Peer peer) {
                    heard.add("restored");
                }

                @Override
                public void lost(Throwable cause) {
                    heard.add(cause);
                }
            };

    private final class Brokers implements FailoverLink.Brokers {
        @Override
        public int count() {
            return 2;
        }

        @Override
        public FrameLink make(int index, Link.Listener ofRoute, Continuity continuity) {
            ScriptedBroker broker = new ScriptedBroker();
            MemoryWire wire = new MemoryWire(broker, 1000);
            wires.add(wire);
            if (reachable) {
                reached.add(broker);
            } else {
                wire.refuse();
            }
            return new FrameLink(wire, ConnectionOptions.defaults(), false, ofRoute, continuity);
        }

        @Override
        public String address() {
            return "failover:(a,b)";
        }
    }

    @AfterEach
    void end() {
        if (link != null) {
            link.close();
        }
        wires.forEach(MemoryWire::close);
    }

    private static ReconnectPolicy policy(long timeoutMs) {
        return new ReconnectPolicy(1, 5, 2, -1, -1, timeoutMs, 20_000, false, 20_000, 100);
    }

    private ScriptedBroker open() throws Exception {
        return open(policy(20_000));
    }

    private ScriptedBroker open(ReconnectPolicy policy) throws Exception {
        link = new FailoverLink(new Brokers(), policy, listener);
        CompletableFuture<Link.Peer> opened = link.open();
        ScriptedBroker broker = next(reached);
        ClientFrame.Hello hello = broker.welcome(Recognition.NONE, PRODUCER, 4);
        assertEquals(0, hello.producerId());
        get(opened);
        return broker;
    }

    /** Loses the connection and lets the client go on. */
    private ScriptedBroker lose(ScriptedBroker broker, Recognition recognition) throws Exception {
        broker.hangUp();
        ScriptedBroker other = next(reached);
        long producer = recognition == Recognition.KNOWN ? PRODUCER : PRODUCER + 1;
        ClientFrame.Hello hello = other.welcome(recognition, producer, 4);
        assertEquals(PRODUCER, hello.producerId());
        return other;
    }

    private void expectRestored() throws Exception {
        assertEquals("interrupted", next(heard));
        assertEquals("restored", next(heard));
    }

    private void send(String name) {
        link.send(0, Runs.run(1, name.length()), outcomes.named(name));
    }

    private static long expectSend(ScriptedBroker broker, long transaction, String name) {
        ClientFrame.Send send = broker.expect(ClientFrame.Send.class);
        assertEquals(transaction, send.transactionId());
        assertEquals(Runs.run(1, name.length()).length(), send.length());
        return RunLayout.sequence(send.array(), send.at());
    }

    @Test
    void sendsWhatWasNotAnsweredAgainInItsOrder() throws Exception {
        ScriptedBroker broker = open();
        send("answered");
        send("a");
        send("bb");
        assertEquals(1, expectSend(broker, 0, "answered"));
        broker.tell(new BrokerFrame.Confirm(1, 1));
        outcomes.expectConfirmed("answered");

        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        assertEquals(2, expectSend(other, 0, "a"));
        assertEquals(3, expectSend(other, 0, "bb"));
        expectRestored();
        send("ccc");
        assertEquals(4, expectSend(other, 0, "ccc"));
        other.tell(
                new BrokerFrame.Confirm(2, 2),
                new BrokerFrame.Refuse(3, 3, ErrorCode.NO_ROOM, ""),
                new BrokerFrame.Confirm(4, 4));

        outcomes.expectConfirmed("a");
        outcomes.expectFailed("bb", ErrorCode.NO_ROOM);
        outcomes.expectConfirmed("ccc");
    }

    @Test
    void sendsAgainByAndByWhereTheWindowHasBecomeSmaller() throws Exception {
        ScriptedBroker broker = open();
        send("a");
        send("bb");
        send("ccc");
        broker.hangUp();
        ScriptedBroker other = next(reached);
        other.welcome(Recognition.KNOWN, PRODUCER, 1);

        assertEquals(1, expectSend(other, 0, "a"));
        expectRestored();
        assertTrue(other.silent());
        other.tell(new BrokerFrame.Confirm(1, 1));
        assertEquals(2, expectSend(other, 0, "bb"));
        other.tell(new BrokerFrame.Confirm(2, 2));
        assertEquals(3, expectSend(other, 0, "ccc"));
        other.tell(new BrokerFrame.Confirm(3, 3));

        outcomes.expectConfirmed("a", "bb", "ccc");
    }

    @Test
    void sendsAnewWhereNothingOfItHasComeIntoTheLog() throws Exception {
        ScriptedBroker broker = open();
        link.send(link.newTransaction(), Runs.run(1, 0), outcomes.named("in a transaction"));
        send("a");
        broker.expect(ClientFrame.Send.class);

        ScriptedBroker other = lose(broker, Recognition.NOTHING_LASTING);

        outcomes.expectFailed("in a transaction", ErrorCode.CONNECTION_LOST);
        ClientFrame.Send again = other.expect(ClientFrame.Send.class);
        assertEquals(1, RunLayout.sequence(again.array(), again.at()));
        assertEquals(PRODUCER + 1, RunLayout.producer(again.array(), again.at()));
        other.tell(new BrokerFrame.Confirm(1, 1));
        outcomes.expectConfirmed("a");
    }

    @Test
    void doesNotGuessWhatABrokerHasForgotten() throws Exception {
        ScriptedBroker broker = open();
        long transaction = link.newTransaction();
        send("a");
        CompletableFuture<Void> commit = link.commit(transaction);
        broker.expect(ClientFrame.Send.class);
        broker.expect(ClientFrame.Commit.class);

        ScriptedBroker other = lose(broker, Recognition.FORGOTTEN);

        outcomes.expectFailed("a", ErrorCode.PRODUCER_FORGOTTEN);
        assertFails(ErrorCode.PRODUCER_FORGOTTEN, commit);
        expectRestored();
        send("b");
        assertEquals(1, expectSend(other, 0, "b"));
    }

    @Test
    void asksWhatBecameOfACommit() throws Exception {
        ScriptedBroker broker = open();
        long first = link.newTransaction();
        long second = link.newTransaction();
        CompletableFuture<Void> committed = link.commit(first);
        CompletableFuture<Void> notCommitted = link.commit(second);
        broker.expect(ClientFrame.Commit.class);

        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        // its answer is lost as well
        assertEquals(first, other.expect(ClientFrame.AskOutcome.class).transactionId());
        ScriptedBroker third = lose(other, Recognition.KNOWN);
        ClientFrame.AskOutcome ofFirst = third.expect(ClientFrame.AskOutcome.class);
        ClientFrame.AskOutcome ofSecond = third.expect(ClientFrame.AskOutcome.class);
        third.tell(
                new BrokerFrame.Done(ofFirst.requestId()),
                new BrokerFrame.Failed(ofSecond.requestId(), ErrorCode.NOT_COMMITTED, ""));

        assertEquals(first, ofFirst.transactionId());
        get(committed);
        assertFails(ErrorCode.NOT_COMMITTED, notCommitted);
    }

    @Test
    void aTransactionDoesNotSurviveItsConnection() throws Exception {
        ScriptedBroker broker = open();
        long transaction = link.newTransaction();
        link.send(transaction, Runs.run(1, 0), outcomes.named("a"));
        expectSend(broker, transaction, "");

        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        expectRestored();

        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
        WireException refused =
                assertThrows(
                        WireException.class,
                        () -> link.send(transaction, Runs.run(1, 0), outcomes.named("b")));
        assertEquals(ErrorCode.TRANSACTION_DOOMED, refused.code());
        assertFails(ErrorCode.TRANSACTION_DOOMED, link.commit(transaction));
        get(link.rollback(transaction));
        assertTrue(other.silent());
    }

    @Test
    void sendsALargeMessageAgainThatWasRolledBack() throws Exception {
        ScriptedBroker broker = open();
        CompletableFuture<Void> sent =
                CompletableFuture.runAsync(
                        () -> link.send(0, Runs.run(1, 2900), outcomes.named("large")));
        long transaction = broker.expect(ClientFrame.Send.class).transactionId();
        ScriptedBroker other = lose(broker, Recognition.KNOWN);

        long again = answerPieces(other);
        ClientFrame.Commit commit = other.expect(ClientFrame.Commit.class);
        other.tell(new BrokerFrame.Done(commit.requestId()));

        get(sent);
        outcomes.expectConfirmed("large");
        assertNotEquals(transaction, again);
    }

    private static long answerPieces(ScriptedBroker broker) {
        ClientFrame.Send piece = broker.expect(ClientFrame.Send.class);
        int pieces = 1;
        long sequence = RunLayout.sequence(piece.array(), piece.at());
        broker.tell(new BrokerFrame.Confirm(sequence, sequence));
        while (pieces < PIECES) {
            broker.expect(ClientFrame.Send.class);
            sequence++;
            pieces++;
            broker.tell(new BrokerFrame.Confirm(sequence, sequence));
        }
        return piece.transactionId();
    }

    @Test
    void makesConsumersAgainAndDropsSettlementsOfBefore() throws Exception {
        ScriptedBroker broker = open();
        Consumer consumer = new Consumer();
        CompletableFuture<Void> attached = link.attach(spec(9), consumer);
        ClientFrame.Attach attach = broker.expect(ClientFrame.Attach.class);
        broker.tell(new BrokerFrame.Done(attach.requestId()));
        get(attached);
        link.credit(9, 5, 100, false);
        assertEquals(attach.consumerId(), broker.expect(ClientFrame.Credit.class).consumerId());
        deliver(broker, attach.consumerId(), 1);
        Link.Delivery before = consumer.nextDelivery();

        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        ClientFrame.Attach again = other.expect(ClientFrame.Attach.class);
        other.tell(new BrokerFrame.Done(again.requestId()));
        expectRestored();
        settle(0, before);
        link.credit(9, 5, 100, false);

        assertEquals("q", again.destination());
        assertEquals(again.consumerId(), other.expect(ClientFrame.Credit.class).consumerId());
        deliver(other, again.consumerId(), 2);
        settle(0, consumer.nextDelivery());
        assertEquals(again.consumerId(), other.expect(ClientFrame.Settle.class).consumerId());
        long transaction = link.newTransaction();
        settle(transaction, before);
        CompletableFuture<Void> commit = link.commit(transaction);
        assertFails(ErrorCode.TRANSACTION_DOOMED, commit);
        other.expect(ClientFrame.Rollback.class);
    }

    private void settle(long transaction, Link.Delivery delivery) {
        link.settle(
                transaction,
                delivery.consumerId(),
                ClientFrame.Verb.ACCEPT,
                delivery.partition(),
                new long[] {delivery.offset(), delivery.offset()},
                false);
    }

    private static void deliver(ScriptedBroker broker, int consumerId, long offset) {
        byte[] record = Runs.record(3);
        broker.tell(
                new BrokerFrame.Deliver(consumerId, 5, offset, 1, false, record, 0, record.length));
    }

    private static Link.ConsumerSpec spec(int consumerId) {
        return new Link.ConsumerSpec(
                consumerId,
                ClientFrame.Source.QUEUE,
                DestinationKind.QUEUE,
                "q",
                null,
                null,
                false,
                null,
                false,
                false);
    }

    @Test
    void aConsumerThatCanNotBeMadeAgainHearsWhy() throws Exception {
        ScriptedBroker broker = open();
        Consumer consumer = new Consumer();
        CompletableFuture<Void> attached = link.attach(spec(9), consumer);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Attach.class).requestId()));
        get(attached);

        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        int request = other.expect(ClientFrame.Attach.class).requestId();
        other.tell(new BrokerFrame.Failed(request, ErrorCode.NO_SUCH_DESTINATION, "gone"));

        LinkHarness.assertCode(ErrorCode.NO_SUCH_DESTINATION, next(consumer.heard));
        expectRestored();
        get(link.detach(9));
    }

    @Test
    void hasItsTemporaryDestinationsAgainByTheirNames() throws Exception {
        ScriptedBroker broker = open();
        CompletableFuture<Link.Target> made = link.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        ClientFrame.CreateTemporary create = broker.expect(ClientFrame.CreateTemporary.class);
        broker.tell(
                new BrokerFrame.Resolved(
                        create.requestId(), 30, DestinationKind.TEMPORARY_QUEUE, "t.1"));
        assertEquals("t.1", get(made).name());

        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        ClientFrame.CreateTemporary again = other.expect(ClientFrame.CreateTemporary.class);
        assertEquals("t.1", again.name());
        other.tell(
                new BrokerFrame.Resolved(
                        again.requestId(), 31, DestinationKind.TEMPORARY_QUEUE, "t.1"));
        expectRestored();
    }

    @Test
    void asksAgainForWhatWasNotAnswered() throws Exception {
        ScriptedBroker broker = open();
        CompletableFuture<Link.Target> target = link.resolve(DestinationKind.QUEUE, "q");
        CompletableFuture<Void> gone = link.unsubscribe("s");
        broker.expect(ClientFrame.Resolve.class);
        broker.expect(ClientFrame.Unsubscribe.class);

        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        int request = other.expect(ClientFrame.Resolve.class).requestId();
        int second = other.expect(ClientFrame.Unsubscribe.class).requestId();
        other.tell(
                new BrokerFrame.Resolved(request, 5, DestinationKind.QUEUE, "q"),
                new BrokerFrame.Failed(second, ErrorCode.NO_SUCH_SUBSCRIPTION, "gone"));

        assertEquals(5, get(target).partition());
        get(gone);
    }

    @Test
    void aSendWaitsForAConnectionAndNotForEver() throws Exception {
        ReconnectPolicy impatient =
                new ReconnectPolicy(1, 5, 2, -1, -1, 20_000, 20_000, false, 50, 100);
        ScriptedBroker broker = open(impatient);
        reachable = false;
        broker.hangUp();
        assertEquals("interrupted", next(heard));

        WireException failure = assertThrows(WireException.class, () -> send("a"));

        assertEquals(ErrorCode.TIMEOUT, failure.code());
        assertTrue(failure.getMessage().contains("failover:(a,b) for 50 ms"), failure::getMessage);
    }

    @Test
    void givesUpWhenNoBrokerComesBackInTime() throws Exception {
        ScriptedBroker broker = open(policy(50));
        Consumer consumer = new Consumer();
        CompletableFuture<Void> attached = link.attach(spec(9), consumer);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Attach.class).requestId()));
        get(attached);
        send("a");
        reachable = false;
        broker.hangUp();

        assertEquals("interrupted", next(heard));
        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
        LinkHarness.assertCode(ErrorCode.CONNECTION_LOST, next(consumer.heard));
        assertInstanceOf(WireException.class, next(heard));
        assertFails(ErrorCode.CONNECTION_LOST, link.resolve(DestinationKind.QUEUE, "q"));
        assertThrows(WireException.class, () -> send("b"));
    }

    @Test
    void closesWhileItReconnects() throws Exception {
        ScriptedBroker broker = open();
        send("a");
        reachable = false;
        broker.hangUp();
        assertEquals("interrupted", next(heard));
        CompletableFuture<Link.Target> waiting = link.resolve(DestinationKind.QUEUE, "q");

        link.close();

        assertFails(ErrorCode.CONNECTION_LOST, waiting);
        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
        assertTrue(heard.isEmpty());
    }

    @Test
    void aCloseThatIsToComeEndsReconnecting() throws Exception {
        ScriptedBroker broker = open();
        send("a");
        reachable = false;
        broker.hangUp();

        link.closing();

        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
    }

    @Test
    void aRefusalAtTheBeginningIsFinal() throws Exception {
        link = new FailoverLink(new Brokers(), policy(20_000), listener);
        CompletableFuture<Link.Peer> opened = link.open();
        ScriptedBroker broker = next(reached);
        broker.expectHello();
        broker.sendPreamble();
        broker.tell(new BrokerFrame.Closing(ErrorCode.AUTHENTICATION_FAILED, "no"));

        assertFails(ErrorCode.AUTHENTICATION_FAILED, opened);
        assertTrue(reached.isEmpty());
    }

    @Test
    void triesTheNextBrokerWhereOneIsNotReached() throws Exception {
        reachable = false;
        link = new FailoverLink(new Brokers(), policy(20_000), listener);
        CompletableFuture<Link.Peer> opened = link.open();
        while (wires.size() < 3) {
            Thread.onSpinWait();
        }
        assertFalse(opened.isDone());
        reachable = true;

        next(reached).welcome(Recognition.NONE, PRODUCER, 4);
        get(opened);
    }

    @Test
    void aLossWhileAllIsRestoredIsOneInterruption() throws Exception {
        ScriptedBroker broker = open();
        Consumer consumer = new Consumer();
        CompletableFuture<Void> attached = link.attach(spec(9), consumer);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Attach.class).requestId()));
        get(attached);

        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        other.expect(ClientFrame.Attach.class);
        ScriptedBroker third = lose(other, Recognition.KNOWN);
        third.tell(new BrokerFrame.Done(third.expect(ClientFrame.Attach.class).requestId()));

        expectRestored();
        assertTrue(heard.isEmpty());
        List<Object> rest = new ArrayList<>(consumer.heard);
        assertEquals(List.of(), rest);
    }
}
