// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;
import static org.taffrail.link.LinkHarness.next;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.link.LinkHarness.Consumer;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.BrokerFrame.Recognition;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What a link does over the loss of its connection, with brokers that the test plays. */
@Timeout(60)
class FailoverLinkTest extends FailoverLinkFixture {
    /** Of a message of 2900 bytes. */
    private static final int PIECES = 2;

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
    void doesNotSendAgainWhatWasGivenUp() throws Exception {
        ScriptedBroker broker = open();
        Link.SendListener unwanted = outcomes.named("given up");
        link.send(0, Runs.run(1, 1), unwanted);
        send("bb");
        send("ccc");
        Link.SendListener last = outcomes.named("last");
        link.send(0, Runs.run(1, 4), last);
        link.abandon(unwanted);
        broker.hangUp();
        ScriptedBroker other = next(reached);
        other.welcome(Recognition.KNOWN, PRODUCER, 1);

        assertEquals(2, expectSend(other, 0, "bb"));
        outcomes.expectFailed("given up", ErrorCode.CONNECTION_LOST);
        link.abandon(last);
        other.tell(new BrokerFrame.Confirm(2, 2));
        assertEquals(3, expectSend(other, 0, "ccc"));
        other.tell(new BrokerFrame.Confirm(3, 3));

        outcomes.expectConfirmed("bb", "ccc");
        outcomes.expectFailed("last", ErrorCode.CONNECTION_LOST);
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
        // in whichever order: the first was asked about already
        Set<Long> asked = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            ClientFrame.AskOutcome of = third.expect(ClientFrame.AskOutcome.class);
            asked.add(of.transactionId());
            third.tell(
                    of.transactionId() == first
                            ? new BrokerFrame.Done(of.requestId())
                            : new BrokerFrame.Failed(of.requestId(), ErrorCode.NOT_COMMITTED, ""));
        }

        assertEquals(Set.of(first, second), asked);
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

    @ParameterizedTest
    @EnumSource(
            value = ClientFrame.Source.class,
            names = {"BROWSER", "SIDE", "TOPIC"})
    void whoReadsThePastHearsThatItDoesNotGoOn(ClientFrame.Source source) throws Exception {
        ScriptedBroker broker = open();
        Consumer consumer = new Consumer();
        Link.ConsumerSpec spec =
                new Link.ConsumerSpec(
                        9,
                        source,
                        DestinationKind.QUEUE,
                        "q",
                        null,
                        null,
                        false,
                        source == ClientFrame.Source.BROWSER ? null : "earliest",
                        false,
                        false);
        CompletableFuture<Void> attached = link.attach(spec, consumer);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Attach.class).requestId()));
        get(attached);

        lose(broker, Recognition.KNOWN);

        WireException end = LinkHarness.assertCode(ErrorCode.CONNECTION_LOST, next(consumer.heard));
        assertTrue(end.getMessage().contains("begin it again"), end::getMessage);
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
}
