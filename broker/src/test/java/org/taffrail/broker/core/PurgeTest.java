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
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

/** Messages that a manager throws away. */
class PurgeTest extends CoreTest {
    private static final int MANY = 10_000;

    private static void sendMany(TestClient client, String queue) {
        long partition = client.partition(DestinationKind.QUEUE, queue);
        Message[] messages = new Message[100];
        for (int i = 0; i < MANY; i += messages.length) {
            for (int j = 0; j < messages.length; j++) {
                messages[j] = message("m" + (i + j));
            }
            client.send(partition, 0, messages);
        }
    }

    @Test
    void whatNobodyHoldsIsGone() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "held", "a");
        client.send("q", message("relaxed").nonPersistent());
        client.send("q", message("later").notBefore(rig.nowMs + 1000));
        client.send("q", message("urgent").priority(9));
        TestConsumer consumer = client.queue("q", "x = 1");
        TestConsumer holder = client.queue("q").credit(1).expect("urgent");

        Outcome outcome = client.manage(new Operation.Purge(queue("q"))).outcome();

        assertEquals(new Outcome(4, 1, 0, null), outcome);
        assertEquals(1, rig.depth("q"));
        rig.advance(2000);
        holder.credit(5).expectNothing();
        holder.releaseUnseen("urgent");
        holder.expect("urgent");
        consumer.credit(1).expectNothing();
        rig.assertRecoversToTheSameState();
        client.send("q", "b");
        holder.expect("b");
    }

    @Test
    void aPurgeSurvivesACrash() {
        CoreRig rig = rig();
        rig.connect().send("q", "a", "b");
        rig.connect().manage(new Operation.Purge(queue("q"))).expectDone(2);

        rig.crash();

        assertEquals(0, rig.depth("q"));
        rig.connect().queue("q").credit(1).expectNothing();
    }

    @Test
    void onlyWhatASelectorSelectsAndOnlySoManyFromTheFront() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 6; i++) {
            client.send("q", message("m" + i).property("odd", i % 2 == 1));
        }

        client.manage(new Operation.Purge(queue("q", "odd", 2))).expectDone(2);

        client.queue("q").credit(9).expect("m0", "m2", "m4", "m5");
    }

    @Test
    void oneMessageByItsOffset() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");

        client.manage(new Operation.Purge(at("q", 1))).expectDone(1);
        client.manage(new Operation.Purge(at("q", 1))).expectDone(0);
        client.manage(new Operation.Purge(at("q", 77))).expectDone(0);

        client.queue("q").credit(9).expect("a", "c");
    }

    @Test
    void oneSubscriptionOrAllOfATopic() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.durable("t", "one").close();
        client.subscribe(Source.SHARED_DURABLE, "t", "two").close();
        client.publish("t", "a", "b");
        long one =
                rig.core().overview().groups(DestinationKind.TOPIC, "t", null, 10).rows().stream()
                        .filter(group -> group.name().equals("one"))
                        .findFirst()
                        .orElseThrow()
                        .id();

        client.manage(new Operation.Purge(topic("t", one))).expectDone(2);
        client.durable("t", "one").credit(5).expectNothing();
        client.subscribe(Source.SHARED_DURABLE, "t", "two").credit(1).expect("a");

        Outcome rest = client.manage(new Operation.Purge(topic("t", 0))).outcome();
        assertEquals(new Outcome(1, 1, 0, null), rest);
        client.manage(new Operation.Purge(topic("t", 999)))
                .expectFailed(ErrorCode.NO_SUCH_SUBSCRIPTION);
    }

    @Test
    void othersAreServedWhileMuchIsPurged() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestClient manager = rig.connect();
        sendMany(client, "big");
        TestConsumer other = client.queue("other").credit(10);
        long otherPartition = client.partition(DestinationKind.QUEUE, "other");
        rig.hold();

        TestOperation purge = manager.manage(new Operation.Purge(queue("big")));
        rig.step();
        client.send(otherPartition, 0, message("between"));
        rig.step();
        rig.step();

        other.expect("between");
        assertFalse(purge.isAnswered());
        assertTrue(rig.depth("big") > 0 && rig.depth("big") < MANY, "depth " + rig.depth("big"));
        rig.run();
        purge.expectDone(MANY);
        assertEquals(0, rig.depth("big"));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void whatComesMeanwhileStays() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        sendMany(client, "q");
        long partition = client.partition(DestinationKind.QUEUE, "q");
        rig.hold();
        TestOperation purge = client.manage(new Operation.Purge(queue("q")));
        rig.step();
        client.send(partition, 0, message("new"));
        rig.run();

        purge.expectDone(MANY);
        client.queue("q").credit(1).expect("new");
    }

    @Test
    void aConnectionThatEndsEndsItsPurge() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestClient manager = rig.connect();
        sendMany(client, "q");
        rig.hold();
        manager.manage(new Operation.Purge(queue("q")));
        rig.step();
        manager.disconnect();
        rig.run();

        long left = rig.depth("q");
        assertTrue(left > 0 && left < MANY, "left " + left);
        assertTrue(rig.hasEnded(manager));
        client.queue("q").credit(1).expect("m" + (MANY - left));
    }

    @Test
    void aDrainEndsWhenAllIsPurged() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        rig.hold();
        TestConsumer consumer = client.queue("q");
        client.manage(new Operation.Purge(queue("q")));
        int token = consumer.beginDrain(5);
        rig.run();

        consumer.expectDrained(token);
    }

    @Test
    void messagesOfAKeyFlowOnBehindPurgedOnes() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer one = client.queue("q");
        TestConsumer two = client.queue("q");
        client.send("q", message("k1").key("k"));
        one.credit(1).expect("k1");
        client.send("q", message("k2").key("k"));
        client.send("q", message("k3").key("k"));
        client.send("q", message("l1").key("l"));
        two.credit(5).expect("l1");

        Outcome outcome = client.manage(new Operation.Purge(queue("q"))).outcome();
        assertEquals(new Outcome(2, 2, 0, null), outcome);
        client.send("q", message("k4").key("k"));
        one.accept("k1");
        one.credit(5).expect("k4");
        two.accept("l1");
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aQueueThatIsNotThereIsNamed() {
        CoreRig rig = rig();
        String why =
                rig.connect()
                        .manage(new Operation.Purge(queue("nowhere")))
                        .expectFailed(ErrorCode.NO_SUCH_DESTINATION);
        assertTrue(why.contains("nowhere"), why);
    }

    @Test
    void soManyAtOnceAndNoMore() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        sendMany(client, "q");
        rig.hold();
        TestOperation first = client.manage(new Operation.Purge(queue("q")));
        for (int i = 1; i < 100; i++) {
            client.manage(new Operation.Purge(queue("q")));
        }
        client.manage(new Operation.Purge(queue("q"))).expectFailed(ErrorCode.LIMIT_REACHED);
        rig.run();
        first.outcome();
        assertEquals(0, rig.depth("q"));
    }
}
