// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.taffrail.broker.core.TestPolicy.policy;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

/** What failed deliveries lead to, by the destination's name. */
class RedeliveryPolicyTest extends CoreTest {
    private static void failTimes(TestConsumer consumer, String body, int times) {
        for (int i = 0; i < times; i++) {
            consumer.credit(1).expect(body).releaseSeen(body);
        }
    }

    @Test
    void eachQueueHasTheLimitOfItsPattern() {
        CoreRig rig =
                new CoreRig(
                        limits().queues("orders.*", policy().deliveriesMax(2))
                                .queues("orders.eu", policy().deliveriesMax(3))
                                .queues("endless", policy().deliveriesMax(0)));
        TestClient client = rig.connect();
        client.send("orders.us", "a");
        client.send("orders.eu", "b");
        client.send("endless", "c");

        failTimes(client.queue("orders.us"), "a", 2);
        failTimes(client.queue("orders.eu"), "b", 3);
        TestConsumer endless = client.queue("endless");
        failTimes(endless, "c", 40);

        client.queue("DLQ.orders.us").credit(5).expect("a");
        client.queue("DLQ.orders.eu").credit(5).expect("b");
        endless.credit(1).expect("c").expectRedelivered(true, 41);
        rig.assertRecoversToTheSameState();
    }

    @Test
    void theDelayGrowsWithEachFailureUpToItsBound() {
        CoreRig rig =
                new CoreRig(
                        limits().queues("q", policy().delayMs(100).delayFactor(3).delayMaxMs(500)));
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(100).expect("a");
        int count = 1;
        for (long delayMs : new long[] {100, 300, 500, 500}) {
            consumer.releaseSeen("a");
            rig.advance(delayMs - 1);
            consumer.expectNothing();
            rig.advance(1);

            consumer.expect("a").expectRedelivered(true, ++count);
        }
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aGrownDelayOutlivesACrashAndGrowsOn() {
        TestLimits limits = limits().all(policy().delayMs(100).delayFactor(2));
        CoreRig rig = new CoreRig(limits);
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(9).expect("a");
        consumer.releaseSeen("a");
        rig.advance(100);
        consumer.expect("a").releaseSeen("a");
        rig.advance(150);

        rig.crash();
        TestConsumer after = rig.connect().queue("q").credit(9);
        rig.advance(49);
        after.expectNothing();
        rig.advance(1);
        after.expect("a").expectRedelivered(true, 3).releaseSeen("a");
        rig.advance(399);
        after.expectNothing();
        rig.advance(1);

        after.expect("a").expectRedelivered(true, 4);
    }

    @Test
    void whatWaitsKeepsItsTimeWhereTheNextStartHasAnotherPolicy() {
        CoreRig rig = new CoreRig(limits().all(policy().delayMs(1_000)));
        TestClient client = rig.connect();
        client.send("q", "a");
        client.queue("q").credit(1).expect("a").releaseSeen("a");

        rig.crash(limits().all(policy().delayMs(5).deliveriesMax(2).deadLetterQueue("DEAD")));
        TestConsumer consumer = rig.connect().queue("q").credit(1);
        rig.advance(999);
        consumer.expectNothing();
        rig.advance(1);
        consumer.expect("a").expectRedelivered(true, 2).releaseSeen("a");

        assertEquals(1, rig.depth("DEAD"));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void oneDeadLetterQueueMayServeMany() {
        CoreRig rig =
                new CoreRig(
                        limits().destinations(
                                        "#", policy().deliveriesMax(1).deadLetterQueue("DEAD")));
        TestClient client = rig.connect("c");
        client.send("q", "a");
        TestConsumer subscriber = client.durable("t", "sub");
        client.publish("t", "b");

        failTimes(client.queue("q"), "a", 1);
        failTimes(subscriber, "b", 1);

        TestConsumer dead = client.queue("DEAD").credit(5).expect("a", "b");
        assertEquals("q", dead.last("a").property("JMS_TAFFRAIL_ORIGIN"));
        assertEquals("t", dead.last("b").property("JMS_TAFFRAIL_ORIGIN"));
        assertEquals("topic", dead.last("b").property("JMS_TAFFRAIL_ORIGIN_KIND"));
    }

    @Test
    void aSharedDeadLetterQueueKeepsWhatFailsInIt() {
        CoreRig rig = new CoreRig(limits().all(policy().deliveriesMax(1).deadLetterQueue("DEAD")));
        TestClient client = rig.connect();
        client.send("q", "a");
        failTimes(client.queue("q"), "a", 1);
        TestConsumer dead = client.queue("DEAD");

        failTimes(dead, "a", 4);
        dead.credit(1).expect("a").fail("a");

        dead.credit(1).expect("a").expectRedelivered(true, 5);
        assertEquals(1, rig.depth("DEAD"));
    }

    @Test
    void withoutADeadLetterQueueMessagesComeAgain() {
        CoreRig rig =
                new CoreRig(
                        limits().queues("q", policy().deliveriesMax(1).deadLetterQueue("none")));
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q");

        failTimes(consumer, "a", 3);
        consumer.credit(1).expect("a").fail("a");

        consumer.credit(1).expect("a").expectRedelivered(true, 4);
    }

    @Test
    void aTopicsPolicyIsThatOfItsSubscriptions() {
        CoreRig rig =
                new CoreRig(
                        limits().topics("prices.#", policy().deliveriesMax(2).delayMs(50))
                                .queues("prices.#", policy().deliveriesMax(1)));
        TestClient client = rig.connect("c");
        TestConsumer durable = client.durable("prices.gold", "sub").credit(9);
        TestConsumer shared = client.subscribe(Source.SHARED, "prices.gold", "other").credit(9);
        client.publish("prices.gold", "a");
        durable.expect("a").releaseSeen("a");
        shared.expect("a").accept("a");
        rig.advance(49);
        durable.expectNothing();
        rig.advance(1);

        durable.expect("a").releaseSeen("a");

        client.queue("DLQ.prices.gold").credit(9).expect("a");
        assertEquals(0, rig.core().overview().depth(DestinationKind.TOPIC, "prices.gold"));
    }

    @Test
    void creatingOnUseIsAMatterOfTheName() {
        CoreRig rig =
                new CoreRig(
                        limits().all(policy().createOnUse(false))
                                .queues("free.#", policy().createOnUse(true)));
        TestClient client = rig.connect("c");
        client.send("free.q", "a");

        for (DestinationKind kind :
                new DestinationKind[] {DestinationKind.QUEUE, DestinationKind.TOPIC}) {
            String name = kind == DestinationKind.QUEUE ? "other.q" : "free.t";
            Source source = kind == DestinationKind.QUEUE ? Source.QUEUE : Source.TOPIC;
            client.expectFailed(
                    ErrorCode.NO_SUCH_DESTINATION,
                    new ClientFrame.Resolve(client.nextRequest(), kind, name));
            client.expectFailed(
                    ErrorCode.NO_SUCH_DESTINATION,
                    client.attachFrame(source, kind, name, null, null, false));
        }
    }

    @Test
    void aDeadLetterQueueIsMadeWhereClientsMayMakeNone() {
        CoreRig rig =
                new CoreRig(
                        limits().all(policy().deliveriesMax(1).createOnUse(false))
                                .queues("q", policy().createOnUse(true)));
        TestClient client = rig.connect();
        client.send("q", "a");

        failTimes(client.queue("q"), "a", 1);

        client.queue("DLQ.q").credit(1).expect("a");
    }

    @Test
    void aDestinationThatExistsIsUsedWhereNoneIsMadeAnyMore() {
        CoreRig rig = rig();
        rig.connect().send("q", "a");

        rig.crash(limits().all(policy().createOnUse(false)));

        rig.connect().queue("q").credit(1).expect("a");
    }

    @Test
    void messagesOfOneRollbackWaitAsTheirOwnCountsSay() {
        CoreRig rig = new CoreRig(limits().all(policy().delayMs(100).delayFactor(2)));
        TestClient client = rig.connect();
        client.send("q", "a", "b");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.releaseSeen("a");
        rig.advance(100);
        consumer.credit(2).expect("a", "b");
        consumer.acceptIn(1, "a", "b");

        client.rollback(1);

        consumer.credit(9);
        rig.advance(100);
        consumer.expect("b").expectRedelivered(true, 2);
        rig.advance(100);
        consumer.expect("a").expectRedelivered(true, 3);
        assertNotEquals(consumer.last("a").count(), consumer.last("b").count());
        rig.assertRecoversToTheSameState();
    }
}
