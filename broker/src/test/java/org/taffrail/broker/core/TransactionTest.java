// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;

/** All or nothing: Jakarta Messaging 6.2.7. */
class TransactionTest extends CoreTest {
    @Test
    void whatIsSentIsThereAfterTheCommitOnly() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer consumer = rig.connect().queue("q").credit(5);

        client.sendIn(1, "q", "a", "b");
        client.expectConfirmed(2);
        consumer.expectNothing();
        client.commit(1);

        consumer.expect("a", "b");
    }

    @Test
    void aRollbackForgetsWhatWasSent() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.sendIn(1, "q", "a");

        client.rollback(1);
        client.commit(1);

        assertEquals(0, rig.depth("q"));
    }

    @Test
    void aCommitSettlesAndSendsInOneBatch() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("in", "a");
        TestConsumer consumer = client.queue("in").credit(1).expect("a");
        consumer.acceptIn(1, "a");
        client.sendIn(1, "out", "b");
        assertEquals(1, rig.depth("in"));

        client.commit(1);
        rig.crash();

        assertEquals(0, rig.depth("in"));
        assertEquals(1, rig.depth("out"));
    }

    @Test
    void aRolledBackMessageComesAgainAtItsPlaceFlaggedAndCounted() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        TestConsumer consumer = client.queue("q").credit(2).expect("a", "b");
        consumer.acceptIn(1, "a", "b");

        client.rollback(1);

        consumer.credit(3).expect("a", "b", "c");
        assertEquals(2, consumer.last("a").count());
        assertEquals(true, consumer.last("b").redelivered());
        assertEquals(1, consumer.last("c").count());
    }

    @Test
    void aMessageInATransactionIsNotSettledOtherwise() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.acceptIn(1, "a");

        consumer.accept("a");
        consumer.acceptIn(2, "a");
        client.commit(2);

        assertEquals(1, rig.depth("q"));
        client.rollback(1);
        consumer.credit(1).expect("a").expectRedelivered(true, 2);
    }

    @Test
    void aClosedConsumersMessagesCanStillBeCommitted() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b");
        TestConsumer consumer = client.queue("q").credit(2).expect("a", "b");
        consumer.acceptIn(1, "a");
        consumer.close();
        consumer.acceptIn(1, "b");

        client.commit(1);

        assertEquals(0, rig.depth("q"));
    }

    @Test
    void aNonDurableSubscriptionsMessagesCanBeCommittedAfterItsEnd() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer consumer = client.topic("t").credit(2);
        client.publish("t", "a", "b");
        consumer.expect("a", "b").acceptIn(1, "a");
        consumer.acceptIn(2, "b");
        consumer.close();
        client.sendIn(1, "q", "reply");

        client.commit(1);
        client.rollback(2);

        assertEquals(1, rig.depth("q"));
        consumer.expectCloseFailed(ErrorCode.NO_SUCH_CONSUMER);
    }

    @Test
    void theEndOfTheConnectionRollsBack() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        client.queue("q").credit(1).expect("a").acceptIn(1, "a");
        client.sendIn(1, "out", "b");

        client.disconnect();

        rig.connect().queue("q").credit(1).expect("a").expectRedelivered(true, 2);
        assertEquals(0, rig.depth("out"));
    }

    @Test
    void aCrashRollsBack() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        client.queue("q").credit(1).expect("a").acceptIn(1, "a");
        client.sendIn(1, "out", "b");

        rig.crash();

        rig.connect().queue("q").credit(1).expect("a").expectRedelivered(true, 2);
        assertEquals(0, rig.depth("out"));
    }

    @Test
    void transactionsOfOneConnectionAreIndependent() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.sendIn(1, "q", "a");
        client.sendIn(2, "q", "b");
        client.rollback(1);
        client.commit(2);

        client.queue("q").credit(5).expect("b");
    }

    @Test
    void aRefusedSendDoomsItsTransaction() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        client.queue("q").credit(1).expect("a").acceptIn(1, "a");
        client.send(4711, 1, Message.message("nowhere"));
        client.expectRefused(ErrorCode.NO_SUCH_DESTINATION);
        client.sendIn(1, "q", "b");
        client.expectRefused(ErrorCode.TRANSACTION_DOOMED);

        client.expectFailed(
                ErrorCode.TRANSACTION_DOOMED, new ClientFrame.Commit(client.nextRequest(), 1));

        client.queue("q").credit(5).expect("a").expectRedelivered(true, 2);
    }

    @Test
    void aTransactionOfTooManyBytesIsDoomed() {
        CoreRig rig = new CoreRig(limits().transactionBytesMax(250));
        TestClient client = rig.connect();
        client.sendIn(1, "q", "a", "b");
        client.sendIn(1, "q", "c");
        client.expectRefused(ErrorCode.TRANSACTION_TOO_LARGE);

        client.expectFailed(
                ErrorCode.TRANSACTION_DOOMED, new ClientFrame.Commit(client.nextRequest(), 1));

        assertEquals(0, rig.depth("q"));
    }

    @Test
    void aTransactionOfTooManySettlementsIsDoomed() {
        CoreRig rig = new CoreRig(limits().transactionSettlementsMax(2));
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        TestConsumer consumer = client.queue("q").credit(5).expect("a", "b", "c");
        consumer.acceptIn(1, "a", "b");

        client.expectFailed(
                ErrorCode.TRANSACTION_TOO_LARGE,
                consumer.settleFrame(Verb.ACCEPT, 1, consumer.ranges("c")));
        client.expectFailed(
                ErrorCode.TRANSACTION_DOOMED, new ClientFrame.Commit(client.nextRequest(), 1));

        assertEquals(3, rig.depth("q"));
    }

    @Test
    void onlyAcceptingIsPartOfATransaction() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(5).expect("a");

        for (Verb verb : new Verb[] {Verb.RELEASE_SEEN, Verb.RELEASE_UNSEEN, Verb.FAIL}) {
            client.expectFailed(
                    ErrorCode.PROTOCOL_VIOLATION,
                    consumer.settleFrame(verb, 1, consumer.ranges("a")));
        }
    }

    @Test
    void anEmptyTransactionCommitsAndRollsBack() {
        CoreRig rig = rig();
        TestClient client = rig.connect();

        client.commit(1);
        client.rollback(2);
    }

    @Test
    void settlementsOfManyConsumersAreOneTransaction() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("one", "a");
        client.send("two", "b");
        TestConsumer one = client.queue("one").credit(1).expect("a");
        TestConsumer two = client.queue("two").credit(1).expect("b");
        one.acceptIn(1, "a");
        two.acceptIn(1, "b");

        client.commit(1);

        assertEquals(0, rig.depth("one") + rig.depth("two"));
        rig.assertRecoversToTheSameState();
    }
}
