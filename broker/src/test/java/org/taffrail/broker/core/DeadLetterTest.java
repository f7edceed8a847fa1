// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;

/** The end of what can't be delivered. */
class DeadLetterTest extends CoreTest {
    private static void failTimes(TestConsumer consumer, String body, int times) {
        for (int i = 0; i < times; i++) {
            consumer.credit(1).expect(body).releaseSeen(body);
        }
    }

    @Test
    void afterTheLimitAMessageIsInTheDeadLetterQueue() {
        CoreRig rig = new CoreRig(limits().deliveriesMax(3));
        TestClient client = rig.connect();
        client.send("q", "a");

        failTimes(client.queue("q"), "a", 3);

        assertEquals(0, rig.depth("q"));
        assertEquals(1, rig.depth("DLQ.q"));
        client.queue("DLQ.q").credit(1).expect("a").expectRedelivered(false, 1);
    }

    @Test
    void aDeadLetterSaysWhereItCameFromAndWhy() {
        CoreRig rig = new CoreRig(limits().deliveriesMax(2));
        TestClient client = rig.connect();
        client.send("q", "other");
        client.send("q", message("a").property("colour", "red").priority(7));
        rig.advance(1_000);

        failTimes(client.queue("q"), "a", 2);

        Delivery dead = client.queue("DLQ.q").credit(1).last("a");
        assertEquals("q", dead.property("JMS_TAFFRAIL_ORIGIN"));
        assertEquals("queue", dead.property("JMS_TAFFRAIL_ORIGIN_KIND"));
        assertEquals(1L, dead.property("JMS_TAFFRAIL_ORIGIN_OFFSET"));
        assertEquals("delivery limit", dead.property("JMS_TAFFRAIL_DEATH_REASON"));
        assertEquals(2, dead.property("JMS_TAFFRAIL_DEATH_COUNT"));
        assertEquals(rig.nowMs, dead.property("JMS_TAFFRAIL_DEATH_TIME"));
        assertEquals("red", dead.property("colour"));
        assertEquals(7, dead.record().priority());
        assertTrue(dead.record().copy());
    }

    @Test
    void aDeadLetterOfASubscriptionNamesIt() {
        CoreRig rig = new CoreRig(limits().deliveriesMax(1));
        TestClient client = rig.connect("c");
        TestConsumer consumer = client.durable("t", "sub");
        TestConsumer other = client.subscribe(Source.SHARED, "t", "other").credit(5);
        client.publish("t", "a");

        failTimes(consumer, "a", 1);

        Delivery dead = client.queue("DLQ.t").credit(1).last("a");
        assertEquals("topic", dead.property("JMS_TAFFRAIL_ORIGIN_KIND"));
        assertEquals("sub", dead.property("JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION"));
        other.expect("a");
    }

    @Test
    void aFailedMessageGoesThereWhateverItsCount() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b");
        TestConsumer consumer = client.queue("q").credit(2).expect("a", "b");

        consumer.fail("a", "b");

        TestConsumer dead = client.queue("DLQ.q").credit(5).expect("a", "b");
        assertEquals(
                "refused by the consumer", dead.last("a").property("JMS_TAFFRAIL_DEATH_REASON"));
        assertEquals(1, dead.last("a").property("JMS_TAFFRAIL_DEATH_COUNT"));
    }

    @Test
    void theMoveIsInOneBatch() {
        CoreRig rig = new CoreRig(limits().deliveriesMax(1));
        TestClient client = rig.connect();
        client.send("q", "a");
        failTimes(client.queue("q"), "a", 1);

        rig.crash();

        assertEquals(0, rig.depth("q"));
        rig.connect().queue("DLQ.q").credit(1).expect("a");
    }

    @Test
    void aDeadLetterQueueHasNoDeadLetterQueue() {
        CoreRig rig = new CoreRig(limits().deliveriesMax(2));
        TestClient client = rig.connect();
        client.send("q", "a");
        failTimes(client.queue("q"), "a", 2);
        TestConsumer consumer = client.queue("DLQ.q");

        failTimes(consumer, "a", 5);
        consumer.credit(1).expect("a").fail("a");

        consumer.credit(1).expect("a").expectRedelivered(true, 6);
        assertEquals(0, rig.depth("DLQ.DLQ.q"));
    }

    @Test
    void aTemporaryQueuesMessagesComeAgain() {
        CoreRig rig = new CoreRig(limits().deliveriesMax(1));
        TestClient client = rig.connect();
        String name = client.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();
        client.send(name, "a");
        TestConsumer consumer = client.queue(name);

        failTimes(consumer, "a", 3);

        consumer.credit(1).expect("a").expectRedelivered(true, 4);
    }

    @Test
    void withoutALimitAMessageComesForEver() {
        CoreRig rig = new CoreRig(limits().deliveriesMax(0));
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q");

        failTimes(consumer, "a", 50);

        consumer.credit(1).expect("a").expectRedelivered(true, 51);
    }

    @Test
    void theCountOfADeadLetterBeginsAnew() {
        CoreRig rig = new CoreRig(limits().deliveriesMax(2));
        TestClient client = rig.connect();
        client.send("q", "a");
        failTimes(client.queue("q"), "a", 2);

        client.queue("DLQ.q").credit(1).expect("a").expectRedelivered(false, 1);
    }

    @Test
    void aDeadLetterHasLostExpirationAndDelay() {
        CoreRig rig = new CoreRig(limits().deliveriesMax(1));
        TestClient client = rig.connect();
        client.send("q", message("a").expiresAt(rig.nowMs + 10_000));
        failTimes(client.queue("q"), "a", 1);
        rig.advance(60_000);

        client.queue("DLQ.q").credit(1).expect("a");
    }

    @Test
    void aRollbackAtTheLimitMovesAllItsMessagesThere() {
        CoreRig rig = new CoreRig(limits().deliveriesMax(1));
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        TestConsumer consumer = client.queue("q").credit(3).expect("a", "b", "c");
        consumer.acceptIn(1, "a", "b", "c");

        client.rollback(1);

        client.queue("DLQ.q").credit(5).expect("a", "b", "c");
        assertEquals(0, rig.depth("q"));
    }

    @Test
    void aMessageOnItsWayThereStaysOnItWhenTheConnectionEnds() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        TestConsumer consumer = client.queue("q").credit(3).expect("a", "b", "c");

        rig.hold();
        consumer.fail("a", "b");
        client.disconnect();
        rig.run();

        rig.connect().queue("DLQ.q").credit(5).expect("a", "b");
        rig.connect().queue("q").credit(5).expect("c");
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aMessageOnItsWayThereIsFlaggedAfterAStop() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");

        rig.hold();
        consumer.fail("a");
        rig.restart();

        TestClient again = rig.connect();
        if (rig.depth("DLQ.q") == 0) {
            again.queue("q").credit(1).expect("a").expectRedelivered(true, 2);
        } else {
            again.queue("DLQ.q").credit(1).expect("a").expectRedelivered(false, 1);
        }
    }

    @Test
    void manyLargeDeadLettersAtOnceAreSpreadOverBatchesAndKeepTheirOrder() {
        CoreRig rig = new CoreRig(limits().deliveriesMax(1));
        TestClient client = rig.connect();
        String filler = "x".repeat(200_000);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            bodies.add("m" + i);
            client.send("q", message("m" + i).property("filler", filler));
        }
        String[] all = bodies.toArray(new String[0]);
        TestConsumer consumer = client.queue("q").credit(40, 1 << 30).expect(all);

        consumer.acceptIn(1, all);
        client.rollback(1);

        assertEquals(0, rig.depth("q"));
        client.queue("DLQ.q").credit(40, 1 << 30).expect(all);
        assertTrue(rig.largestBatchBytes() < 3_000_000, () -> "" + rig.largestBatchBytes());
        rig.assertRecoversToTheSameState();
    }
}
