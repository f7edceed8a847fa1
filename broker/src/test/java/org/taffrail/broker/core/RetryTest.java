// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;
import static org.taffrail.broker.core.TestOperation.at;
import static org.taffrail.broker.core.TestOperation.queue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.record.DestinationKind;

/** Dead letters that a manager sends back to where they came from. */
class RetryTest extends CoreTest {
    private static void die(TestClient client, String queue, Message message, String body) {
        client.send(queue, message);
        TestConsumer consumer = client.queue(queue).credit(1).expect(body);
        consumer.fail(body);
        consumer.close();
    }

    private static void die(TestClient client, String queue, String body) {
        die(client, queue, message(body), body);
    }

    @Test
    void goBackAsTheyWere() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        die(client, "q", message("a").property("colour", "red").priority(7).key("k"), "a");
        assertEquals(1, rig.depth("DLQ.q"));

        client.manage(new Operation.Retry(queue("DLQ.q"), null)).expectDone(1);

        assertEquals(0, rig.depth("DLQ.q"));
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.expectRedelivered(false, 1);
        Delivery back = consumer.last("a");
        assertEquals(1, back.record().propertyCount());
        assertEquals("red", back.property("colour"));
        assertEquals(7, back.record().priority());
        assertEquals("k", back.record().key());
        consumer.fail("a");
        Delivery again = client.queue("DLQ.q").credit(1).last("a");
        assertEquals("q", again.property("JMS_TAFFRAIL_ORIGIN"));
        assertEquals(1, again.property("JMS_TAFFRAIL_DEATH_COUNT"));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void eachGoesToItsOwnQueue() {
        CoreRig rig = new CoreRig(limits().all(TestPolicy.policy().deadLetterQueue("dead")));
        TestClient client = rig.connect();
        die(client, "p", "a");
        die(client, "q", "b");
        die(client, "p", "c");

        client.manage(new Operation.Retry(at("dead", 2), null)).expectDone(1);
        client.queue("p").credit(1).expect("c");
        client.manage(new Operation.Retry(queue("dead"), null)).expectDone(2);

        client.queue("p").credit(9).expect("a");
        client.queue("q").credit(9).expect("b");
    }

    @Test
    void anExpirationThatIsStillToComeCountsAgain() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        long soon = rig.nowMs + 1_000;
        long late = rig.nowMs + 100_000;
        die(client, "q", message("soon").expiresAt(soon), "soon");
        die(client, "q", message("late").expiresAt(late), "late");
        rig.advance(5_000);

        client.manage(new Operation.Retry(queue("DLQ.q"), null)).expectDone(2);

        TestConsumer consumer = client.queue("q").credit(9).expect("soon", "late");
        assertEquals(0, consumer.last("soon").record().expirationMs());
        assertEquals(late, consumer.last("late").record().expirationMs());
        assertNull(consumer.last("late").property("JMS_TAFFRAIL_ORIGIN_EXPIRATION"));
    }

    @Test
    void whatDiedInASubscriptionStaysUnlessAQueueIsNamed() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer consumer = client.durable("t", "sub").credit(1);
        client.publish("t", "a");
        consumer.expect("a").fail("a");

        Outcome refused = client.manage(new Operation.Retry(queue("DLQ.t"), null)).outcome();

        assertEquals(0, refused.done());
        assertEquals(1, refused.left());
        assertTrue(refused.why().contains("subscription of t"), refused.why());
        assertEquals(1, rig.depth("DLQ.t"));
        client.manage(new Operation.Retry(queue("DLQ.t"), "to")).expectDone(1);
        assertEquals(0, client.queue("to").credit(1).last("a").record().propertyCount());
    }

    @Test
    void whatWasSentThereStays() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("DLQ.q", message("a").property("JMS_TAFFRAIL_ORIGIN", "q"));
        client.send("DLQ.q", "b");

        Outcome outcome = client.manage(new Operation.Retry(queue("DLQ.q"), null)).outcome();

        assertEquals(new Outcome(0, 0, 2, "a message does not say where it came from"), outcome);
        client.queue("DLQ.q").credit(9).expect("a", "b");
    }

    @Test
    void aQueueThatIsGoneIsMadeAgainOrNamedWhereItMayNotBe() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        die(client, "q", "a");
        client.manage(new Operation.Delete(DestinationKind.QUEUE, "q", false)).expectDone(1);

        client.manage(new Operation.Retry(queue("DLQ.q"), null)).expectDone(1);
        client.queue("q").credit(1).expect("a").fail("a");
        client.disconnect();
        TestClient other = rig.connect();
        other.manage(new Operation.Delete(DestinationKind.QUEUE, "q", false)).expectDone(1);
        rig.crash(limits().createOnUse(false));
        Outcome outcome = rig.connect().manage(new Operation.Retry(queue("DLQ.q"), null)).outcome();

        assertEquals(1, outcome.left());
        assertTrue(outcome.why().contains("came from q"), outcome.why());
        assertEquals(1, rig.depth("DLQ.q"));
    }

    @Test
    void isInOneBatchWithTheSettlement() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        die(client, "q", "a");
        client.manage(new Operation.Retry(queue("DLQ.q"), null)).expectDone(1);

        rig.crash();

        assertEquals(0, rig.depth("DLQ.q"));
        rig.connect().queue("q").credit(1).expect("a");
    }

    @Test
    void noMoreLargeOnesGoBackThanAreMeant() {
        CoreRig rig = new CoreRig(limits().recordBytesMax(400));
        TestClient client = rig.connect();
        String first = "first " + "long ".repeat(200);
        String second = "second " + "long ".repeat(200);
        client.sendLarge("q", 150, message(first));
        client.sendLarge("q", 150, message(second));
        client.queue("q").credit(9).fail(first, second);
        assertEquals(2, rig.depth("DLQ.q"));

        client.manage(new Operation.Retry(queue("DLQ.q", null, 1), null)).expectDone(1);

        assertEquals(1, rig.depth("DLQ.q"));
        assertEquals(1, rig.depth("q"));
    }
}
