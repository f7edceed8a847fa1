// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;
import static org.taffrail.broker.core.TestPolicy.policy;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;

/** Expired messages that are kept: Jakarta Messaging 3.4.9 leaves it to the provider. */
class ExpiryQueueTest extends CoreTest {
    private static final int FILLER = 200_000;

    private CoreRig expiring() {
        return new CoreRig(limits().all(policy().expiryQueue("EXP.{name}")));
    }

    private static String[] sendMany(CoreRig rig, TestClient client, String queue, int count) {
        String filler = "x".repeat(FILLER);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add("m" + i);
            client.send(
                    queue, message("m" + i).expiresAt(rig.nowMs + 10).property("filler", filler));
        }
        return bodies.toArray(new String[0]);
    }

    @Test
    void whatExpiresWhenItWouldBeDeliveredIsMoved() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        client.send("q", message("old").expiresAt(rig.nowMs + 10));
        client.send("q", "fresh");
        rig.advance(10);

        client.queue("q").credit(5).expect("fresh");

        assertEquals(1, rig.depth("q"));
        client.queue("EXP.q").credit(5).expect("old").expectRedelivered(false, 1);
        rig.assertRecoversToTheSameState();
    }

    @Test
    void theSweepMovesWhatNobodyAsksFor() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            bodies.add("m" + i);
            client.send("q", message("m" + i).expiresAt(rig.nowMs + 100 + i * 10));
        }

        rig.advance(3_000);

        assertEquals(0, rig.depth("q"));
        assertEquals(Long.MAX_VALUE, rig.core().nextTimerMs());
        client.queue("EXP.q").credit(200).expect(bodies.toArray(new String[0]));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aMovedMessageSaysWhereItCameFromAndDoesNotExpireAgain() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        long expiration = rig.nowMs + 10;
        client.send("q", message("a").expiresAt(expiration).property("colour", "red").priority(7));
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.releaseSeen("a");
        rig.advance(100_000);

        Delivery moved = client.queue("EXP.q").credit(1).last("a");

        assertEquals("q", moved.property("JMS_TAFFRAIL_ORIGIN"));
        assertEquals("queue", moved.property("JMS_TAFFRAIL_ORIGIN_KIND"));
        assertEquals(0L, moved.property("JMS_TAFFRAIL_ORIGIN_OFFSET"));
        assertEquals(expiration, moved.property("JMS_TAFFRAIL_ORIGIN_EXPIRATION"));
        assertEquals("expired", moved.property("JMS_TAFFRAIL_DEATH_REASON"));
        assertEquals(1, moved.property("JMS_TAFFRAIL_DEATH_COUNT"));
        assertEquals("red", moved.property("colour"));
        assertEquals(7, moved.record().priority());
        assertEquals(0, moved.record().expirationMs());
        assertTrue(moved.record().copy());
        assertNull(moved.property("JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION"));
    }

    @Test
    void theMoveIsInOneBatch() {
        CoreRig rig = expiring();
        rig.connect().send("q", message("a").expiresAt(rig.nowMs + 10));
        rig.advance(5_000);

        rig.crash();

        assertEquals(0, rig.depth("q"));
        rig.connect().queue("EXP.q").credit(1).expect("a");
    }

    @Test
    void whatExpiredWhileTheBrokerWasDownIsMovedAfterItsStart() {
        CoreRig rig = expiring();
        rig.connect().send("q", message("a").expiresAt(rig.nowMs + 10_000));
        rig.snapshot();
        rig.nowMs += 20_000;

        rig.crash();

        assertEquals(0, rig.depth("q"));
        rig.connect().queue("EXP.q").credit(1).expect("a");
        rig.assertRecoversToTheSameState();
    }

    @Test
    void whatExpiresLaterThanTheNextStartGoesWhereThatSays() {
        CoreRig rig = rig();
        rig.connect().send("q", message("a").expiresAt(rig.nowMs + 10_000));

        rig.crash(limits().queues("q", policy().expiryQueue("LATE")));
        rig.advance(12_000);

        assertEquals(1, rig.depth("LATE"));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void eachSubscriptionsMessageIsMoved() {
        CoreRig rig = new CoreRig(limits().topics("t", policy().expiryQueue("EXP.{name}")));
        TestClient client = rig.connect("c");
        client.durable("t", "one");
        client.durable("t", "two");
        TestConsumer reader = client.subscribe(Source.SHARED_DURABLE, "t", "read").credit(1);
        client.publish("t", message("a").expiresAt(rig.nowMs + 10));
        reader.expect("a").accept("a");

        rig.advance(5_000);

        TestConsumer moved = client.queue("EXP.t").credit(9).expect("a", "a");
        assertEquals("two", moved.last("a").property("JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION"));
        assertEquals(0, rig.core().overview().depth(DestinationKind.TOPIC, "t"));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void whatIsHeldWhenItExpiresMayStillBeAccepted() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        client.send("q", message("a").expiresAt(rig.nowMs + 10));
        TestConsumer consumer = client.queue("q").credit(5).expect("a");
        rig.advance(5_000);
        assertEquals(1, rig.depth("q"));

        consumer.accept("a");

        assertEquals(0, rig.depth("q"));
        assertEquals(0, rig.depth("EXP.q"));
    }

    @Test
    void whatExpiredWhileItWasHeldIsMovedWhenItComesBack() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        client.send("q", message("a").expiresAt(rig.nowMs + 10));
        client.send("q", message("b").expiresAt(rig.nowMs + 10));
        TestConsumer consumer = client.queue("q").credit(5).expect("a", "b");
        consumer.stop();
        rig.advance(5_000);

        consumer.releaseSeen("a");
        consumer.releaseUnseen("b");

        assertEquals(0, rig.depth("q"));
        client.queue("EXP.q").credit(5).expect("a", "b");
        rig.assertRecoversToTheSameState();
    }

    @Test
    void whatWaitsIsMovedWhenItExpires() {
        CoreRig rig = new CoreRig(limits().all(policy().expiryQueue("EXP.{name}").delayMs(60_000)));
        TestClient client = rig.connect();
        long now = rig.nowMs;
        client.send("q", message("delayed").expiresAt(now + 10).notBefore(now + 50_000));
        client.send("q", message("failed").expiresAt(now + 10));
        client.queue("q").credit(5).expect("failed").releaseSeen("failed");

        rig.advance(5_000);

        assertEquals(0, rig.depth("q"));
        client.queue("EXP.q").credit(5).expect("delayed", "failed");
        rig.assertRecoversToTheSameState();
    }

    @Test
    void expiryAndDeadLetterQueuesKeepWhatExpiresAndFailsInThem() {
        CoreRig rig =
                new CoreRig(limits().all(policy().deliveriesMax(1).expiryQueue("EXP.{name}")));
        TestClient client = rig.connect();
        client.send("q", message("a").expiresAt(rig.nowMs + 10));
        rig.advance(5_000);
        TestConsumer moved = client.queue("EXP.q");
        for (int i = 0; i < 3; i++) {
            moved.credit(1).expect("a").releaseSeen("a");
        }
        client.send("DLQ.q", message("b").expiresAt(rig.nowMs + 10));

        rig.advance(5_000);

        assertEquals(1, rig.depth("EXP.q"));
        assertEquals(0, rig.depth("DLQ.q"));
        assertEquals(0, rig.depth("DLQ.EXP.q") + rig.depth("EXP.DLQ.q") + rig.depth("EXP.EXP.q"));
    }

    @Test
    void aTemporaryQueuesMessagesAreDropped() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        String name = client.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();
        client.send(name, message("a").expiresAt(rig.nowMs + 10));

        rig.advance(5_000);

        assertEquals(0, rig.depth(name));
        assertEquals(0, rig.depth("EXP." + name));
    }

    @Test
    void aNonPersistentMessageIsMovedAsOne() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        client.send("q", message("a").nonPersistent().expiresAt(rig.nowMs + 10));

        rig.advance(5_000);

        Delivery moved = client.queue("EXP.q").credit(1).last("a");
        assertFalse(moved.record().persistent());
    }

    @Test
    void aSweepOfMuchIsSpreadOverBatchesInOrder() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        String[] all = sendMany(rig, client, "q", 40);

        rig.advance(5_000);

        assertEquals(0, rig.depth("q"));
        client.queue("EXP.q").credit(40, 1 << 30).expect(all);
        assertTrue(rig.largestBatchBytes() < 3_000_000, () -> "" + rig.largestBatchBytes());
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aSweepUnderWayGoesOnAfterACrash() {
        CoreRig rig = expiring();
        String[] all = sendMany(rig, rig.connect(), "q", 40);
        rig.hold();
        rig.advance(5_000);
        rig.step();
        rig.step();
        assertTrue(rig.depth("q") > 0);

        rig.run();
        rig.crash();

        assertEquals(0, rig.depth("q"));
        rig.connect().queue("EXP.q").credit(40, 1 << 30).expect(all);
    }

    @Test
    void deliveringOthersGoesOnDuringASweep() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        sendMany(rig, client, "q", 40);
        TestConsumer consumer = client.queue("other").credit(1);
        rig.hold();
        rig.advance(5_000);
        rig.step();

        client.send("other", "a");
        for (int step = 0; step < 8 && consumer.receivedCount() == 0; step++) {
            rig.step();
        }

        consumer.expect("a");
        assertTrue(rig.depth("q") > 0, "the sweep is still under way");
    }

    @Test
    void muchThatExpiresAheadOfAMessageHoldsItUpOnlySoLong() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        String[] all = sendMany(rig, client, "q", 40);
        client.send("q", "fresh");
        rig.advance(10);

        TestConsumer consumer = client.queue("q").drain(1).expect("fresh");

        assertEquals(1, rig.depth("q"));
        consumer.accept("fresh");
        client.queue("EXP.q").credit(40, 1 << 30).expect(all);
        assertTrue(rig.largestBatchBytes() < 3_000_000, () -> "" + rig.largestBatchBytes());
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aSelectorFindsWhatIsBehindMuchThatExpires() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        String[] all = sendMany(rig, client, "q", 20);
        client.send("q", message("fresh").property("colour", "red"));
        rig.advance(10);

        client.queue("q", "colour = 'red'").drain(1).expect("fresh");

        client.queue("EXP.q").credit(40, 1 << 30).expect(all);
    }

    @Test
    void aSubscriptionThatEndsEndsItsSweep() {
        CoreRig rig = expiring();
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();
        String filler = "x".repeat(FILLER);
        for (int i = 0; i < 40; i++) {
            client.publish(
                    "t", message("m" + i).expiresAt(rig.nowMs + 10).property("filler", filler));
        }
        rig.hold();
        rig.advance(5_000);
        rig.step();
        long moved = rig.depth("EXP.t");

        client.unsubscribe("sub");
        rig.run();

        assertTrue(rig.depth("EXP.t") <= moved + 10, () -> "" + rig.depth("EXP.t"));
        assertEquals(Long.MAX_VALUE, rig.core().nextTimerMs());
        rig.assertRecoversToTheSameState();
    }
}
