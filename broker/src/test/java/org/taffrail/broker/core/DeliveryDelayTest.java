// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.record.DestinationKind;

/** Delivery times: Jakarta Messaging 3.4.13. */
class DeliveryDelayTest extends CoreTest {
    @Test
    void aMessageIsNotDeliveredBeforeItsTime() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer consumer = client.queue("q").credit(5);
        client.send("q", message("late").notBefore(rig.nowMs + 1_000));
        client.send("q", "now");

        consumer.expect("now");
        rig.advance(999);
        consumer.expectNothing();
        rig.advance(1);

        consumer.expect("late").expectRedelivered(false, 1);
    }

    @Test
    void theCoreSaysWhenItWantsToBeWoken() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        assertEquals(Long.MAX_VALUE, rig.core().nextTimerMs());

        client.send("q", message("b").notBefore(rig.nowMs + 2_000));
        client.send("q", message("a").notBefore(rig.nowMs + 1_000));

        assertEquals(rig.nowMs + 1_000, rig.core().nextTimerMs());
        rig.advance(1_000);
        assertEquals(rig.nowMs + 1_000, rig.core().nextTimerMs());
    }

    @Test
    void delayedMessagesComeInTheOrderOfTheirOffsetsOnceTheyMay() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", message("a").notBefore(rig.nowMs + 300));
        client.send("q", message("b").notBefore(rig.nowMs + 100));
        client.send("q", message("c").notBefore(rig.nowMs + 200));
        rig.advance(300);

        client.queue("q").credit(5).expect("a", "b", "c");
    }

    @Test
    void aDrainDoesNotSeeWhatWaits() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", message("a").notBefore(rig.nowMs + 300));

        client.queue("q").drain(1).expectNothing();
        assertEquals(1, rig.depth("q"));
    }

    @Test
    void theDelayOutlivesARestart() {
        CoreRig rig = rig();
        rig.connect().send("q", message("a").notBefore(rig.nowMs + 1_000));
        rig.advance(400);

        rig.crash();
        TestConsumer consumer = rig.connect().queue("q").credit(1).expectNothing();
        rig.advance(599);
        consumer.expectNothing();
        rig.advance(1);

        consumer.expect("a");
    }

    @Test
    void theDelayOutlivesASnapshot() {
        CoreRig rig = rig();
        rig.connect().send("q", message("a").priority(8).notBefore(rig.nowMs + 1_000));
        rig.connect().send("q", "b");
        rig.snapshot();
        rig.discardCovered();

        rig.crash();
        TestConsumer consumer = rig.connect().queue("q").credit(5).expect("b");
        rig.advance(1_000);

        consumer.expect("a");
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aDelayedUrgentMessageOvertakesOnceItMay() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", message("urgent").priority(9).notBefore(rig.nowMs + 100));
        client.send("q", "a", "b");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        rig.advance(100);

        consumer.credit(2).expect("urgent", "b");
    }

    @Test
    void topicsKnowDelaysToo() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer consumer = client.topic("t").credit(5);

        client.publish("t", message("late").notBefore(rig.nowMs + 100));
        consumer.expectNothing();
        rig.advance(100);

        consumer.expect("late");
        assertEquals(1, rig.core().overview().depth(DestinationKind.TOPIC, "t"));
    }

    @Test
    void manyDelaysInAnyOrderEndInTime() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer consumer = client.queue("q").credit(1_000);
        for (int i = 0; i < 500; i++) {
            client.send("q", message("m" + i).notBefore(rig.nowMs + 1 + i * 7919 % 500));
        }

        for (int ms = 1; ms <= 500; ms++) {
            rig.advance(1);
            assertEquals(ms, consumer.receivedCount());
        }
    }
}
