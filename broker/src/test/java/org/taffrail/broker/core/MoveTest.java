// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;
import static org.taffrail.broker.core.TestOperation.at;
import static org.taffrail.broker.core.TestOperation.queue;
import static org.taffrail.broker.core.TestOperation.topic;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;

/** Messages that a manager moves to another queue. */
class MoveTest extends CoreTest {
    private static final String BODY = "x".repeat(10_000);
    private static final int MANY = 200;

    private static void sendMany(TestClient client) {
        for (int i = 0; i < MANY; i++) {
            client.send("q", message(i + BODY));
        }
    }

    private static String[] many(int from, int to) {
        List<String> bodies = new ArrayList<>();
        for (int i = from; i < to; i++) {
            bodies.add(i + BODY);
        }
        return bodies.toArray(new String[0]);
    }

    @Test
    void messagesKeepWhatTheyAreAndTheirOrder() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "taken");
        TestConsumer taker = client.queue("q").credit(1).expect("taken");
        client.send(
                "q",
                message("a")
                        .property("colour", "red")
                        .key("k")
                        .type("T")
                        .expiresAt(rig.nowMs + 60_000));
        client.send("q", message("later").notBefore(rig.nowMs + 1000));
        client.send("q", message("urgent").priority(8));
        client.send("q", "b");

        Outcome outcome = client.manage(new Operation.Move(queue("q"), "to")).outcome();

        assertEquals(new Outcome(4, 1, 0, null), outcome);
        TestConsumer consumer = client.queue("to").credit(9).expect("urgent", "a", "b");
        Delivery moved = consumer.last("a");
        assertEquals("red", moved.property("colour"));
        assertEquals("k", moved.record().key());
        assertEquals("T", moved.record().type());
        assertEquals(rig.nowMs + 60_000, moved.record().expirationMs());
        assertEquals(1, moved.record().propertyCount());
        assertTrue(moved.record().copy());
        assertEquals(0, consumer.last("urgent").record().expirationMs());
        rig.advance(1000);
        consumer.expect("later");
        taker.accept("taken");
        assertEquals(0, rig.depth("q"));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void theMessageIdStays() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        String id = client.browser("q").credit(1).last("a").record().messageId();

        client.manage(new Operation.Move(queue("q"), "to")).expectDone(1);

        assertEquals(id, client.queue("to").credit(1).last("a").record().messageId());
    }

    @Test
    void failedDeliveriesAreCountedAnew() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.releaseSeen("a");
        consumer.close();

        client.manage(new Operation.Move(queue("q"), "to")).expectDone(1);

        client.queue("to").credit(1).expect("a").expectRedelivered(false, 1);
    }

    @Test
    void someByASelectorOrAnOffset() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 6; i++) {
            client.send("q", message("m" + i).property("odd", i % 2 == 1));
        }

        client.manage(new Operation.Move(queue("q", "odd", 2), "to")).expectDone(2);
        client.manage(new Operation.Move(at("q", 0), "to")).expectDone(1);

        client.queue("q").credit(9).expect("m2", "m4", "m5");
        client.queue("to").credit(9).expect("m1", "m3", "m0");
    }

    @Test
    void aSubscriptionsMessagesGoToAQueue() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.durable("t", "one").close();
        client.durable("t", "two").close();
        client.publish("t", "a", "b");
        long one =
                rig.core()
                        .overview()
                        .groups(DestinationKind.TOPIC, "t", null, 1)
                        .rows()
                        .get(0)
                        .id();

        client.manage(new Operation.Move(topic("t", one), "to")).expectDone(2);

        client.queue("to").credit(9).expect("a", "b");
        client.durable("t", "one").credit(9).expectNothing();
        client.durable("t", "two").credit(9).expect("a", "b");
    }

    @Test
    void whereverACrashComesEachMessageIsInOneOfTheTwoQueues() {
        for (int steps = 0; steps < 12; steps++) {
            CoreRig rig = rig();
            TestClient client = rig.connect();
            sendMany(client);
            client.partition(DestinationKind.QUEUE, "to");
            rig.hold();
            client.manage(new Operation.Move(queue("q"), "to"));
            for (int i = 0; i < steps; i++) {
                rig.step();
            }

            rig.crash();
            rig.run();

            int moved = (int) rig.depth("to");
            assertEquals(MANY - moved, rig.depth("q"));
            TestClient after = rig.connect();
            after.queue("to").credit(MANY, Integer.MAX_VALUE).expect(many(0, moved));
            after.queue("q").credit(MANY, Integer.MAX_VALUE).expect(many(moved, MANY));
        }
    }

    @Test
    void aBatchIsSmallAndOthersAreServedInBetween() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        sendMany(client);
        TestConsumer other = client.queue("other").credit(10);
        long partition = client.partition(DestinationKind.QUEUE, "other");
        rig.hold();
        TestOperation move = client.manage(new Operation.Move(queue("q"), "to"));
        rig.step();
        client.send(partition, 0, message("between"));
        rig.step();
        rig.step();

        other.expect("between");
        assertFalse(move.isAnswered());
        rig.run();
        move.expectDone(MANY);
        assertTrue(rig.largestBatchBytes() < 2 << 20, "bytes " + rig.largestBatchBytes());
        client.queue("to").credit(MANY, Integer.MAX_VALUE).expect(many(0, MANY));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void consumersMayTakeMessagesMeanwhileAndNoneIsInBothHands() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        sendMany(client);
        TestConsumer consumer = client.queue("q");
        rig.hold();
        TestOperation move = client.manage(new Operation.Move(queue("q"), "to"));
        rig.step();
        rig.step();
        consumer.credit(50, Integer.MAX_VALUE);
        rig.run();

        Outcome outcome = move.outcome();
        assertEquals(consumer.receivedCount(), outcome.held());
        assertEquals(MANY, outcome.held() + outcome.done());
        assertEquals(outcome.done(), rig.depth("to"));
        assertTrue(outcome.held() > 0, "the consumer never came to it");
    }

    @Test
    void aConnectionThatEndsEndsItsMove() {
        CoreRig rig = rig();
        TestClient manager = rig.connect();
        sendMany(manager);
        rig.hold();
        manager.manage(new Operation.Move(queue("q"), "to"));
        rig.step();
        rig.step();
        manager.disconnect();
        rig.run();

        assertEquals(MANY, rig.depth("q") + rig.depth("to"));
        assertTrue(rig.depth("q") > 0, "all was moved before the end");
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aTargetThatIsDeletedMeanwhileEndsIt() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        sendMany(client);
        rig.hold();
        TestOperation move = client.manage(new Operation.Move(queue("q"), "to"));
        rig.step();
        client.manage(new Operation.Delete(DestinationKind.QUEUE, "to", true)).expectDone(1);
        rig.run();

        assertTrue(move.expectFailed(ErrorCode.NO_SUCH_DESTINATION).contains("to"));
        assertTrue(rig.depth("q") > 0);
        rig.assertRecoversToTheSameState();
    }

    @Test
    void nonPersistentOnesAreMovedAndStillLostInACrash() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", message("a").nonPersistent());
        client.send("q", "b");

        client.manage(new Operation.Move(queue("q"), "to")).expectDone(2);
        assertEquals(2, rig.depth("to"));
        rig.crash();

        rig.connect().queue("to").credit(9).expect("b");
        assertEquals(0, rig.depth("q"));
    }

    @Test
    void whatCantBeASourceOrATargetIsRefused() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        String temporary = client.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();

        client.manage(new Operation.Move(queue("q"), "q")).expectFailed(ErrorCode.INVALID_OPTION);
        client.manage(new Operation.Move(queue("q"), temporary))
                .expectFailed(ErrorCode.NOT_SUPPORTED);
        client.manage(new Operation.Move(queue(temporary), "q"))
                .expectFailed(ErrorCode.NOT_SUPPORTED);
        client.manage(new Operation.Move(queue("nowhere"), "q"))
                .expectFailed(ErrorCode.NO_SUCH_DESTINATION);
        client.manage(new Operation.Move(queue("q"), " ")).expectFailed(ErrorCode.INVALID_NAME);
        client.queue("q").credit(1).expect("a");
    }
}
