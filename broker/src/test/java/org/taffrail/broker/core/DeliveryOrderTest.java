// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;

/** Order and priority: Jakarta Messaging 3.4.10 and 6.2.9. */
class DeliveryOrderTest extends CoreTest {
    @Test
    void deliversInTheOrderOfOffsets() {
        CoreRig rig = rig();
        TestClient client = rig.connect();

        client.send("q", "a", "b", "c");
        TestConsumer consumer = client.queue("q").credit(10);
        client.send("q", "d");

        consumer.expect("a", "b", "c", "d");
    }

    @Test
    void deliversTheMessagesOfOneRunInTheirOrder() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        long partition = client.partition(DestinationKind.QUEUE, "q");

        client.send(partition, 0, message("a"), message("b"), message("c"));

        client.queue("q").credit(2).expect("a", "b").credit(1).expect("c");
    }

    @Test
    void deliversEachPriorityBeforeAllLowerOnes() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            client.send("q", message("m" + i).priority(i % 10));
        }
        for (int priority = 9; priority >= 0; priority--) {
            for (int i = priority; i < 30; i += 10) {
                expected.add("m" + i);
            }
        }

        TestConsumer consumer = client.queue("q").credit(100);

        consumer.expect(expected.toArray(String[]::new));
    }

    @Test
    void aReleasedMessageComesBeforeLaterOnesOfItsPriority() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        client.send("q", message("urgent").priority(7));
        TestConsumer first = client.queue("q").credit(3).expect("urgent", "a", "b");

        first.releaseSeen("a");

        client.queue("q").credit(5).expect("a", "c");
    }

    @Test
    void consumersOfAQueueTakeTurns() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer one = client.queue("q").credit(10);
        TestConsumer two = client.queue("q").credit(10);

        client.send("q", "a", "b", "c", "d");

        assertEquals(2, one.receivedCount());
        assertEquals(2, two.receivedCount());
    }

    @Test
    void aConsumerWithoutCreditHoldsNothingBackFromOthers() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer stopped = client.queue("q");
        TestConsumer busy = client.queue("q").credit(10);

        client.send("q", "a", "b", "c");

        stopped.expectNothing();
        busy.expect("a", "b", "c");
    }

    @Test
    void everySubscriptionOfATopicGetsEveryMessage() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer one = client.topic("t").credit(10);
        TestConsumer two = client.durable("t", "sub").credit(10);

        client.publish("t", "a", "b");

        one.expect("a", "b");
        two.expect("a", "b");
    }

    @Test
    void aSubscriptionGetsNothingFromBeforeItsTime() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.publish("t", "before");

        TestConsumer late = client.topic("t").credit(10);
        client.publish("t", "after");

        late.expect("after");
    }

    @Test
    void aTopicWithoutSubscriptionsKeepsNothing() {
        CoreRig rig = rig();
        TestClient client = rig.connect();

        client.publish("t", "nobody");

        assertEquals(0, rig.core().overview().depth(DestinationKind.TOPIC, "t"));
    }

    @Test
    void thousandsOfConsumersWithoutCreditDoNotKeepTheCoreBusy() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 3000; i++) {
            client.queue("q");
        }
        client.send("q", "a");

        TestConsumer last = client.queue("q").credit(1);

        last.expect("a");
        last.drain(0);
    }
}
