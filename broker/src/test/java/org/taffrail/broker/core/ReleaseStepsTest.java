// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;

/** What goes back in several steps looks as if it had gone back at once, whatever comes between. */
class ReleaseStepsTest extends CoreTest {
    private static final String[] SEVEN = {"a", "b", "c", "d", "e", "f", "g"};

    private CoreRig rig(int releasesMax) {
        return new CoreRig(limits().releasesMax(releasesMax));
    }

    /** A client that holds seven messages of a queue in which another three are. */
    private static TestConsumer holder(CoreRig rig) {
        TestClient client = rig.connect();
        client.send("q", SEVEN);
        TestConsumer consumer = client.queue("q").credit(7).expect(SEVEN);
        client.send("q", "x", "y", "z");
        return consumer;
    }

    private static void expectAll(TestConsumer consumer) {
        consumer.expect("a", "b", "c", "d", "e", "f", "g", "x", "y", "z");
    }

    private static int beginRollback(TestConsumer consumer, long transaction) {
        TestClient client = consumer.client;
        return client.begin(new ClientFrame.Rollback(client.nextRequest(), transaction));
    }

    private static int begin(TestConsumer consumer, Verb verb, String... bodies) {
        return consumer.client.begin(consumer.settleFrame(verb, 0, consumer.ranges(bodies)));
    }

    @Test
    void aLostConnectionsMessagesGoBackSoManyInEachBatch() {
        CoreRig rig = rig(3);
        TestConsumer consumer = holder(rig);

        consumer.client.disconnect();

        assertEquals(List.of(6L, 1L), rig.releasedByBatch(), "a command and a step, and a step");
        TestConsumer other = rig.connect().queue("q").credit(20);
        expectAll(other);
        assertEquals(2, other.last("g").count());
        assertTrue(other.last("g").redelivered());
        assertEquals(1, other.last("x").count());
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aConnectionHasEndedWhenAllIsBack() {
        CoreRig rig = rig(3);
        TestConsumer consumer = holder(rig);

        rig.hold();
        consumer.client.disconnect();
        assertFalse(rig.hasEnded(consumer.client));
        rig.step();
        assertFalse(rig.hasEnded(consumer.client));
        rig.step();

        assertTrue(rig.hasEnded(consumer.client));
    }

    @Test
    void othersAreServedWhileMessagesGoBack() {
        CoreRig rig = rig(3);
        TestConsumer consumer = holder(rig);
        TestClient client = rig.connect();
        client.send("other", "o");
        TestConsumer other = client.queue("other");
        rig.hold();

        consumer.client.disconnect();
        other.credit(1);
        rig.step();

        other.expect("o");
        assertFalse(rig.hasEnded(consumer.client));
        rig.run();
    }

    @Test
    void aConsumerWithCreditGetsAllInOrderOnceAllIsBack() {
        CoreRig rig = rig(3);
        TestConsumer consumer = holder(rig);
        TestConsumer other = rig.connect().queue("q");
        rig.hold();

        consumer.client.disconnect();
        other.credit(20);
        rig.step();
        other.expectNothing();
        rig.run();

        expectAll(other);
    }

    @Test
    void aDrainWaitsForWhatIsOnItsWayBack() {
        CoreRig rig = rig(2);
        TestConsumer consumer = holder(rig);
        TestConsumer other = rig.connect().queue("q");
        rig.hold();

        begin(consumer, Verb.RELEASE_UNSEEN, SEVEN);
        int token = other.beginDrain(20);
        rig.step();
        other.expectDrained();
        other.expectNothing();
        rig.run();

        expectAll(other);
        other.expectDrained(token);
    }

    @Test
    void aRollbackIsAnsweredWhenAllIsBack() {
        CoreRig rig = rig(3);
        TestConsumer consumer = holder(rig);
        consumer.acceptIn(1, SEVEN);
        rig.hold();

        int rollback = beginRollback(consumer, 1);
        rig.step();
        assertFalse(consumer.client.isAnswered(rollback));
        rig.step();
        consumer.client.expectDone(rollback);
        rig.run();

        assertEquals(List.of(6L, 1L), rig.releasedByBatch(), "a command and a step, and a step");
        consumer.credit(20);
        expectAll(consumer);
        consumer.releaseSeen("g");
        consumer.credit(1).expect("g").expectRedelivered(true, 3);
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aRefusedCommitIsAnsweredWhenAllIsBack() {
        CoreRig rig = rig(3);
        TestConsumer consumer = holder(rig);
        consumer.acceptIn(1, SEVEN);
        TestClient client = consumer.client;
        client.send(4711, 1, message("nowhere"));
        rig.hold();

        int commit = client.begin(new ClientFrame.Commit(client.nextRequest(), 1));
        rig.step();
        assertFalse(client.isAnswered(commit));
        rig.run();

        assertTrue(client.isAnswered(commit));
        expectAll(client.queue("q").credit(20));
    }

    @Test
    void aSettlementThatGivesBackIsAnsweredWhenAllIsBack() {
        for (Verb verb : List.of(Verb.RELEASE_UNSEEN, Verb.RELEASE_SEEN, Verb.FAIL)) {
            CoreRig rig = rig(3);
            TestConsumer consumer = holder(rig);
            rig.hold();

            int request = begin(consumer, verb, SEVEN);
            rig.step();
            assertFalse(consumer.client.isAnswered(request), verb.name());
            rig.run();

            consumer.client.expectDone(request);
            String queue = verb == Verb.FAIL ? "DLQ.q" : "q";
            TestConsumer other = rig.connect().queue(queue).credit(7).expect(SEVEN);
            other.expectRedelivered(verb == Verb.RELEASE_SEEN, verb == Verb.RELEASE_SEEN ? 2 : 1);
            rig.assertRecoversToTheSameState();
        }
    }

    @Test
    void aMessageOnItsWayBackIsNotSettledOtherwise() {
        CoreRig rig = rig(1);
        TestConsumer consumer = holder(rig);
        rig.hold();

        int release = begin(consumer, Verb.RELEASE_SEEN, SEVEN);
        int accept = begin(consumer, Verb.ACCEPT, SEVEN);
        int again = begin(consumer, Verb.RELEASE_SEEN, SEVEN);
        assertTrue(consumer.client.isAnswered(accept), "there is nothing to accept");
        rig.run();

        consumer.client.expectDone(release);
        consumer.client.expectDone(again);
        assertEquals(10, rig.depth("q"));
        consumer.credit(7).expect(SEVEN).expectRedelivered(true, 2);
    }

    @Test
    void theEndOfTheConnectionDuringARollbackFinishesTheRollbackFirst() {
        CoreRig rig = rig(2);
        TestConsumer consumer = holder(rig);
        consumer.acceptIn(1, "a", "b", "c", "d", "e");
        rig.hold();

        beginRollback(consumer, 1);
        rig.step();
        consumer.client.disconnect();
        rig.run();

        assertTrue(rig.hasEnded(consumer.client));
        assertEquals(List.of(4L, 2L, 1L), rig.releasedByBatch());
        TestConsumer other = rig.connect().queue("q").credit(20);
        expectAll(other);
        other.releaseSeen("e", "f");
        other.credit(2).expect("e", "f");
        assertEquals(3, other.last("e").count(), "a rollback counts");
        assertEquals(2, other.last("f").count(), "a lost connection does not");
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aConsumersEndDuringAReleaseChangesNothing() {
        CoreRig rig = rig(2);
        TestConsumer consumer = holder(rig);
        rig.hold();

        int release = begin(consumer, Verb.RELEASE_SEEN, SEVEN);
        int detach =
                consumer.client.begin(
                        new ClientFrame.Detach(consumer.client.nextRequest(), consumer.id));
        rig.run();

        consumer.client.expectDone(release);
        consumer.client.expectDone(detach);
        expectAll(rig.connect().queue("q").credit(20));
        consumer.expectCloseFailed(ErrorCode.NO_SUCH_CONSUMER);
    }

    @Test
    void anOrderlyStopFinishesWhatIsOnItsWayBack() {
        CoreRig rig = rig(2);
        TestConsumer consumer = holder(rig);
        consumer.acceptIn(1, "a", "b", "c", "d");
        rig.hold();
        beginRollback(consumer, 1);
        rig.step();

        rig.restart();

        TestConsumer after = rig.connect().queue("q").credit(20);
        expectAll(after);
        assertTrue(after.last("g").redelivered());
        assertFalse(after.last("x").redelivered(), "the stop was clean");
        after.releaseSeen("d", "g");
        after.credit(2).expect("d", "g");
        assertEquals(3, after.last("d").count());
        assertEquals(2, after.last("g").count());
    }

    @Test
    void aStopGivesManyWaitingDeadLettersBackInSteps() {
        CoreRig rig = new CoreRig(limits().releasesMax(2).windowBytes(1));
        TestConsumer consumer = holder(rig);
        rig.hold();
        begin(consumer, Verb.FAIL, SEVEN);

        rig.restart();

        TestClient after = rig.connect();
        long dead = rig.depth("DLQ.q");
        assertEquals(10, rig.depth("q") + dead);
        assertTrue(rig.releasedByBatch().stream().allMatch(batch -> batch <= 2));
        TestConsumer rest = after.queue("q").credit(20);
        assertTrue(dead == 7 || rest.last("g").redelivered());
    }

    @Test
    void aCrashDuringARollbackLeavesTheRestFlaggedButNotCounted() {
        CoreRig rig = rig(3);
        TestConsumer consumer = holder(rig);
        consumer.acceptIn(1, SEVEN);
        rig.hold();
        beginRollback(consumer, 1);
        rig.step();

        rig.crash();
        rig.run();

        TestConsumer after = rig.connect().queue("q").credit(20);
        expectAll(after);
        assertTrue(after.last("g").redelivered());
        after.releaseSeen("f", "g");
        after.credit(2).expect("f", "g");
        assertEquals(3, after.last("f").count());
        assertEquals(2, after.last("g").count());
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aClientIdAndItsSubscriptionAreFreeWhileMessagesGoBack() {
        CoreRig rig = rig(2);
        TestClient client = rig.connect("c");
        TestConsumer consumer = client.durable("t", "sub").credit(7);
        client.publish("t", SEVEN);
        consumer.expect(SEVEN);
        rig.hold();

        client.disconnect();
        TestClient next = rig.connect("c");
        int attach =
                next.begin(
                        next.attachFrame(
                                ClientFrame.Source.DURABLE,
                                DestinationKind.TOPIC,
                                "t",
                                "sub",
                                null,
                                false));
        next.expectDone(attach);
        assertFalse(rig.hasEnded(client));
        rig.run();
        next.disconnect();

        TestConsumer again = rig.connect("c").durable("t", "sub").credit(9);
        again.expect(SEVEN).expectRedelivered(true, 2);
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aSubscriptionWhoseMessagesGoBackCanBeClosed() {
        CoreRig rig = rig(2);
        TestClient client = rig.connect("c");
        TestConsumer consumer = client.durable("t", "sub").credit(7);
        client.publish("t", SEVEN);
        consumer.expect(SEVEN);
        rig.hold();

        client.disconnect();
        TestClient next = rig.connect("c");
        next.unsubscribe("sub");
        rig.run();

        assertTrue(rig.hasEnded(client));
        assertEquals(0, rig.core().overview().depth(DestinationKind.TOPIC, "t"));
        next.durable("t", "sub").credit(9).expectNothing();
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aSubscriptionOfWhichAnotherMessageIsHeldCanNotBeClosed() {
        CoreRig rig = rig(2);
        TestClient client = rig.connect("c");
        TestConsumer consumer = client.durable("t", "sub").credit(7);
        client.publish("t", SEVEN);
        consumer.expect(SEVEN);
        rig.hold();

        begin(consumer, Verb.RELEASE_SEEN, "a", "b", "c", "d", "e", "f");
        client.begin(new ClientFrame.Detach(client.nextRequest(), consumer.id));
        BrokerFrame answer = client.ask(new ClientFrame.Unsubscribe(client.nextRequest(), "sub"));

        assertTrue(
                answer instanceof BrokerFrame.Failed failed
                        && failed.code() == ErrorCode.SUBSCRIPTION_IN_USE);
    }

    @Test
    void fewMessagesOfOneClientDoNotWaitForVeryManyOfAnother() {
        CoreRig rig = rig(2);
        TestConsumer many = holder(rig);
        TestClient client = rig.connect();
        client.send("other", "o");
        TestConsumer few = client.queue("other").credit(1).expect("o");
        few.acceptIn(1, "o");
        rig.hold();

        many.client.disconnect();
        int rollback = beginRollback(few, 1);

        few.client.expectDone(rollback);
        assertFalse(rig.hasEnded(many.client));
        rig.run();
    }

    @Test
    void clientsTakeTurnsWithWhatGoesBack() {
        CoreRig rig = rig(1);
        TestConsumer one = holder(rig);
        TestClient client = rig.connect();
        client.send("other", "o", "p", "q");
        TestConsumer other = client.queue("other").credit(3).expect("o", "p", "q");
        rig.hold();

        int first = begin(one, Verb.RELEASE_SEEN, SEVEN);
        int second = begin(other, Verb.RELEASE_SEEN, "o", "p", "q");
        for (int i = 0; i < 4; i++) {
            rig.step();
        }

        other.client.expectDone(second);
        assertFalse(one.client.isAnswered(first));
        rig.run();
        one.client.expectDone(first);
    }

    @Test
    void aTemporaryQueueDiesAtOnceWithWhatIsHeldOfIt() {
        CoreRig rig = rig(2);
        TestClient client = rig.connect();
        String name = client.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();
        client.send(name, SEVEN);
        client.queue(name).credit(5).expect("a", "b", "c", "d", "e");
        rig.hold();

        client.disconnect();
        TestClient other = rig.connect();
        other.expectFailed(
                ErrorCode.NO_SUCH_DESTINATION,
                new ClientFrame.Resolve(
                        other.nextRequest(), DestinationKind.TEMPORARY_QUEUE, name));
        rig.run();

        assertTrue(rig.hasEnded(client));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void deadLettersOfTheLastStepThatAreTooManyForItAreMoreToDo() {
        CoreRig rig = new CoreRig(limits().windowBytes(64 << 20).deliveriesMax(1).releasesMax(8));
        TestClient client = rig.connect();
        String filler = "x".repeat(300_000);
        for (String body : SEVEN) {
            client.send("q", message(body).property("filler", filler));
        }
        TestConsumer consumer = client.queue("q").credit(7, 1 << 30).expect(SEVEN);
        consumer.acceptIn(1, SEVEN);
        String[] small = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};
        client.send("other", small);
        TestConsumer other = client.queue("other").credit(9).expect(small);
        rig.hold();
        begin(other, Verb.RELEASE_UNSEEN, small);
        int rollback = beginRollback(consumer, 1);

        assertTrue(rig.core().work(rig.nowMs, 100));
        client.expectDone(rollback);
        assertTrue(rig.depth("q") > 0);
        rig.run();

        assertEquals(0, rig.depth("q"));
        client.queue("DLQ.q").credit(7, 1 << 30).expect(SEVEN);
    }

    @Test
    void whatComesNextIsDeliveredWhereNothingComesBack() {
        CoreRig rig = rig(2);
        TestConsumer consumer = holder(rig);
        TestConsumer other = rig.connect().queue("q");
        rig.hold();

        begin(consumer, Verb.FAIL, SEVEN);
        other.credit(20);
        rig.run();

        other.expect("x", "y", "z");
    }

    @Test
    void messagesWithDifferentCountsKeepTheirs() {
        CoreRig rig = rig(4);
        TestConsumer consumer = holder(rig);
        consumer.releaseSeen("b", "d", "f");
        consumer.credit(3).expect("b", "d", "f");

        consumer.client.disconnect();

        TestConsumer other = rig.connect().queue("q").credit(20);
        expectAll(other);
        other.releaseSeen(SEVEN);
        other.credit(7).expect(SEVEN);
        assertEquals(2, other.last("a").count());
        assertEquals(3, other.last("b").count());
        assertEquals(2, other.last("g").count());
        rig.assertRecoversToTheSameState();
    }
}
