// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.ClientFrame;

/** Push with credit, drains, and the overdraft that makes priority count under prefetch. */
class CreditTest extends CoreTest {
    @Test
    void aNewConsumerGetsNothingBeforeCredit() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");

        client.queue("q").expectNothing().credit(1).expect("a");
    }

    @Test
    void deliversAsManyMessagesAsThereIsCredit() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c", "d");

        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.credit(2).expect("b", "c");
    }

    @Test
    void bytesOfCreditAreExceededByOneMessageAtMost() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");

        TestConsumer consumer = client.queue("q").credit(10, 1).expect("a");
        consumer.credit(0, 200).expect("b", "c");
    }

    @Test
    void aResetForgetsUnusedCredit() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer consumer = client.queue("q").credit(10);

        consumer.stop();
        client.send("q", "a");
        consumer.expectNothing();

        consumer.credit(1).expect("a");
    }

    @Test
    void aDrainDeliversWhatIsThereAndForgetsTheRest() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b");

        TestConsumer consumer = client.queue("q").drain(10).expect("a", "b");
        client.send("q", "c");

        consumer.expectNothing();
    }

    @Test
    void aDrainOfAnEmptyQueueIsAnsweredAtOnce() {
        CoreRig rig = rig();
        TestClient client = rig.connect();

        client.queue("q").drain(1).expectNothing();
    }

    @Test
    void aDrainTakesNoMoreThanItAsksFor() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b");

        TestConsumer consumer = client.queue("q").drain(1).expect("a");
        consumer.drain(1).expect("b");
        consumer.drain(1).expectNothing();
    }

    @Test
    void aDrainSeesWhatWasConfirmedBefore() {
        CoreRig rig = rig();
        TestClient sender = rig.connect();
        TestConsumer consumer = rig.connect().queue("q");
        sender.send("q", "a");
        sender.expectConfirmed(1);

        consumer.drain(1).expect("a");
    }

    @Test
    void creditDuringADrainCountsAfterIt() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q");

        rig.hold();
        int first = consumer.beginDrain(5);
        consumer.credit(1);
        int second = consumer.beginDrain(0);
        rig.run();
        client.send("q", "b");

        consumer.expectDrained(first, second);
        consumer.expect("a");
    }

    @Test
    void aDrainOfAClosedConsumerIsAnswered() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.close();

        consumer.drain(1).expectNothing();
    }

    @Test
    void aCloseDuringADrainEndsTheDrainFirst() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer consumer = client.queue("q");

        rig.hold();
        int token = consumer.beginDrain(1);
        consumer.close();
        rig.run();

        consumer.expectDrained(token);
    }

    @Test
    void anUrgentMessageIsDeliveredOnTopOfThePrefetch() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 20; i++) {
            client.send("q", "m" + i);
        }
        TestConsumer consumer = client.queue("q").credit(16);
        assertEquals(16, consumer.receivedCount());

        client.send("q", message("urgent").priority(9));

        assertEquals("urgent", consumer.last("urgent").body());
    }

    @Test
    void urgentMessagesExceedTheCreditByAnEighthOfWhatIsHeld() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 16; i++) {
            client.send("q", "m" + i);
        }
        TestConsumer consumer = client.queue("q").credit(16);

        for (int i = 0; i < 10; i++) {
            client.send("q", message("urgent" + i).priority(9));
        }

        assertEquals(18, consumer.receivedCount());
    }

    @Test
    void urgentMessagesDoNotRunAwayWithTheByteCredit() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 16; i++) {
            client.send("q", "m" + i);
        }
        TestConsumer consumer = client.queue("q").credit(1000, 16 * 34);
        int before = consumer.receivedCount();
        assertTrue(before >= 16 && before < 20, "received " + before);

        for (int i = 0; i < 100; i++) {
            client.send("q", message("urgent" + i).priority(9));
        }

        int most = before + before / 8 + 1;
        assertTrue(
                consumer.receivedCount() > before && consumer.receivedCount() <= most,
                consumer.receivedCount() + " received, allowed " + most);
    }

    @Test
    void aMessageNoMoreUrgentThanWhatIsHeldWaitsForCredit() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 16; i++) {
            client.send("q", message("m" + i).priority(9));
        }
        TestConsumer consumer = client.queue("q").credit(16);

        client.send("q", message("late").priority(9));

        assertEquals(16, consumer.receivedCount());
    }

    @Test
    void anUrgentMessageIsNotForAConsumerThatWasStopped() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 16; i++) {
            client.send("q", "m" + i);
        }
        TestConsumer consumer = client.queue("q").credit(16);
        consumer.stop();

        client.send("q", message("urgent").priority(9));

        assertEquals(16, consumer.receivedCount());
    }

    @Test
    void anUrgentMessageIsNotForAConsumerThatDrained() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 16; i++) {
            client.send("q", "m" + i);
        }
        TestConsumer consumer = client.queue("q").drain(16);

        client.send("q", message("urgent").priority(9));

        assertEquals(16, consumer.receivedCount());
    }

    @Test
    void anUrgentMessageIsNotForAConsumerThatAsksForOneAtATime() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "m");
        TestConsumer consumer = client.queue("q").credit(1).expect("m");

        client.send("q", message("urgent").priority(9));

        consumer.expectNothing();
    }

    @Test
    void creditForAConsumerThatIsNotThereIsPassedOver() {
        CoreRig rig = rig();
        TestClient client = rig.connect();

        rig.decide(client, new ClientFrame.Credit(77, 10, 10, false, 0));

        client.send("q", "a");
        client.expectConfirmed(1);
    }

    @Test
    void moreCreditThanANumberHoldsIsPlenty() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer consumer = client.queue("q").credit(Integer.MAX_VALUE, Integer.MAX_VALUE);

        consumer.credit(Integer.MAX_VALUE, Integer.MAX_VALUE);
        client.send("q", "a");

        consumer.expect("a");
        assertEquals(1, consumer.last("a").count());
    }

    @Test
    void nothingIsDeliveredToAPausedConnectionAndOthersGoOn() {
        CoreRig rig = rig();
        TestClient full = rig.connect();
        TestClient other = rig.connect();
        TestConsumer waits = full.queue("q").credit(10);
        rig.core().pause(full.connection);

        other.send("q", "a", "b");
        waits.expectNothing();
        other.queue("q").credit(1).expect("a");

        rig.core().resume(full.connection);
        rig.run();
        waits.expect("b");
    }

    @Test
    void aDrainOfAPausedConnectionWaitsUntilItIsResumed() {
        CoreRig rig = rig();
        TestClient full = rig.connect();
        full.send("q", "a");
        TestConsumer consumer = full.queue("q");
        rig.core().pause(full.connection);

        int token = consumer.beginDrain(1);
        consumer.expectNothing();
        consumer.expectDrained();

        rig.core().resume(full.connection);
        rig.run();
        consumer.expect("a").expectDrained(token);
    }
}
