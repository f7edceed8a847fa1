// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

/** What happens while a large message is on its way to a consumer, one part in each step. */
class PartStreamTest {
    /** So large that one is read at a time. */
    private static final int PIECE = 200_000;

    private static final String LARGE = "0123456789abcdef".repeat(122_000);

    private CoreRig rig;
    private TestClient client;

    @BeforeEach
    void sendOne() {
        rig = new CoreRig(TestLimits.limits());
        client = rig.connect();
        client.sendLarge("q", PIECE, message(LARGE));
    }

    private static int parts() {
        return message(LARGE).parts(PIECE).pieces() - 1;
    }

    /** Goes on until the consumer has a part of the message. */
    private void stepInto(TestConsumer consumer) {
        while (!consumer.isAmidMessage()) {
            rig.step();
        }
        rig.step();
        assertTrue(consumer.isAmidMessage());
    }

    @Test
    void isReadPartByPartAndOnlyOnce() {
        int before = rig.loadsAsked();
        client.queue("q").credit(1).expect(LARGE);
        assertEquals(parts(), rig.loadsAsked() - before);
    }

    @Test
    void oneReadServesAllWhoWaitForThePart() {
        TestClient other = rig.connect();
        long partition = client.partition(DestinationKind.TOPIC, "t");
        TestConsumer one = client.topic("t");
        TestConsumer two = other.topic("t");
        TestConsumer three = other.topic("t");
        client.sendLarge(partition, PIECE, message(LARGE));
        int before = rig.loadsAsked();
        rig.hold();
        one.credit(1);
        two.credit(1);
        three.credit(1);
        rig.run();
        one.expect(LARGE);
        two.expect(LARGE);
        three.expect(LARGE);
        assertEquals(parts(), rig.loadsAsked() - before);
    }

    @Test
    void othersGoOnMeanwhileAndOnTheSameConnectionToo() {
        TestConsumer consumer = client.queue("q");
        TestConsumer neighbour = client.queue("r").credit(9);
        rig.hold();
        consumer.credit(9);
        stepInto(consumer);

        client.send("r", "1", "2");
        rig.step();
        rig.step();

        neighbour.expect("1", "2");
        assertTrue(consumer.isAmidMessage());
        rig.run();
        consumer.expect(LARGE);
    }

    @Test
    void whatFollowsForTheSameConsumerWaits() {
        client.send("q", "next");
        TestConsumer consumer = client.queue("q");
        TestConsumer second = client.queue("q");
        rig.hold();
        consumer.credit(9);
        stepInto(consumer);
        consumer.expectNothing();
        second.credit(9);
        rig.step();
        second.expect("next");
        rig.run();
        consumer.expect(LARGE);
    }

    @Test
    void aDrainEndsAfterTheLastPart() {
        TestConsumer consumer = client.queue("q");
        rig.hold();
        int token = consumer.beginDrain(5);
        stepInto(consumer);
        consumer.expectDrained();
        rig.run();
        consumer.expect(LARGE).expectDrained(token);
    }

    @Test
    void aFullConnectionGetsNoPartUntilItHasRoom() {
        TestConsumer consumer = client.queue("q");
        rig.hold();
        consumer.credit(9);
        stepInto(consumer);
        rig.core().pause(client.connection);
        rig.run();
        assertTrue(consumer.isAmidMessage());
        rig.core().resume(client.connection);
        rig.run();
        consumer.expect(LARGE);
    }

    @Test
    void aConsumerThatDetachesGivesItBackUnseen() {
        TestConsumer consumer = client.queue("q");
        rig.hold();
        consumer.credit(9);
        stepInto(consumer);
        client.begin(new ClientFrame.Detach(client.nextRequest(), consumer.id));
        rig.run();
        consumer.expectNothing();
        client.queue("q").credit(1).expect(LARGE).expectRedelivered(false, 1);
    }

    @Test
    void aConnectionThatEndsGivesItBackUnseen() {
        TestClient other = rig.connect();
        TestConsumer consumer = other.queue("q");
        rig.hold();
        consumer.credit(9);
        stepInto(consumer);
        rig.disconnect(other);
        rig.run();
        assertTrue(rig.hasEnded(other));
        client.queue("q").credit(1).expect(LARGE).expectRedelivered(false, 1);
        rig.assertRecoversToTheSameState();
    }

    @Test
    void noSettlementCanNameItBeforeItIsThere() {
        for (Verb verb : Verb.values()) {
            TestConsumer consumer = client.queue("q");
            rig.hold();
            consumer.credit(9, 1 << 22);
            stepInto(consumer);
            long partition = client.partition(DestinationKind.QUEUE, "q");
            rig.decide(
                    client,
                    new ClientFrame.Settle(
                            0, 0, consumer.id, verb, partition, new long[] {0, 100}));
            rig.run();
            consumer.expect(LARGE);
            assertEquals(1, rig.depth("q"));
            consumer.releaseUnseen(LARGE);
            consumer.expect(LARGE);
            consumer.close();
            client.disconnect();
            client = rig.connect();
        }
    }

    @Test
    void aCrashInTheMiddleLosesNothing() {
        TestConsumer consumer = client.queue("q");
        rig.hold();
        consumer.credit(9);
        stepInto(consumer);
        rig.crash();
        rig.run();
        rig.connect().queue("q").credit(1).expect(LARGE).expectRedelivered(true, 2);
    }

    @Test
    void recentMessagesOfOthersStayInMemory() {
        rig = new CoreRig(TestLimits.limits().windowBytes(300_000));
        client = rig.connect();
        client.send("r", "recent");
        client.sendLarge("q", PIECE, message(LARGE));
        client.queue("q").credit(1).expect(LARGE);
        int before = rig.loadsAsked();
        client.queue("r").credit(1).expect("recent");
        assertEquals(before, rig.loadsAsked());
        assertFalse(rig.core().canGoOn());
    }

    @Test
    void aCrashOrAStopOnTheWayToTheDeadLettersLeavesItWhereItIs() {
        for (boolean orderly : new boolean[] {false, true}) {
            TestConsumer consumer = client.queue("q").credit(5).expect(LARGE);
            rig.hold();
            client.begin(consumer.settleFrame(Verb.FAIL, 0, consumer.ranges(LARGE)));
            rig.step();
            rig.step();
            assertTrue(rig.stagedBytes() > PIECE);

            if (orderly) {
                rig.restart();
            } else {
                rig.crash();
            }
            rig.run();

            assertEquals(0, rig.stagedBytes());
            assertEquals(1, rig.depth("q"));
            assertEquals(0, rig.depth("DLQ.q"));
            client = rig.connect();
            client.queue("q")
                    .credit(5)
                    .expect(LARGE)
                    .expectRedelivered(true, 2)
                    .releaseUnseen(LARGE);
            client.disconnect();
            client = rig.connect();
        }
    }

    @Test
    void movesToTheDeadLettersInStepsAndTheBatchesStaySmall() {
        TestConsumer consumer = client.queue("q").credit(5).expect(LARGE);
        rig.hold();
        client.begin(consumer.settleFrame(Verb.FAIL, 0, consumer.ranges(LARGE)));
        int steps = 0;
        while (rig.depth("q") > 0) {
            rig.step();
            steps++;
        }
        assertTrue(steps >= parts());
        rig.run();
        client.queue("DLQ.q").credit(1).expect(LARGE);
        rig.assertRecoversToTheSameState();
    }
}
