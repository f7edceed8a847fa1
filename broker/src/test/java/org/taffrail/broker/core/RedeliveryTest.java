// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;

/** Release, flags, counts and delays: Jakarta Messaging 3.4.7, 3.5.11 and 6.2.10. */
class RedeliveryTest extends CoreTest {
    @Test
    void aFirstDeliveryIsNotFlaggedAndCountsOne() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");

        client.queue("q").credit(1).expect("a").expectRedelivered(false, 1);
    }

    @Test
    void anAcceptedMessageIsGone() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");

        consumer.accept("a");

        assertEquals(0, rig.depth("q"));
        client.queue("q").drain(1).expectNothing();
    }

    @Test
    void aMessageReleasedUnseenIsAsIfNeverDelivered() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");

        consumer.releaseUnseen("a");

        TestConsumer other = client.queue("q").credit(1).expect("a");
        other.expectRedelivered(false, 1);
    }

    @Test
    void aMessageReleasedAsSeenIsFlaggedAndCounted() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");

        consumer.releaseSeen("a");
        consumer.credit(1).expect("a").expectRedelivered(true, 2);
        consumer.releaseSeen("a");

        consumer.credit(1).expect("a").expectRedelivered(true, 3);
    }

    @Test
    void theFlagStaysWhenAMessageIsReleasedUnseenLater() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.releaseSeen("a");
        consumer.credit(1).expect("a");

        consumer.releaseUnseen("a");

        consumer.credit(1).expect("a").expectRedelivered(true, 2);
    }

    @Test
    void aLostConnectionReleasesFlaggedButNotCounted() {
        CoreRig rig = rig();
        TestClient lost = rig.connect();
        TestClient other = rig.connect();
        other.send("q", "a");
        lost.queue("q").credit(1).expect("a");

        lost.disconnect();
        TestConsumer consumer = other.queue("q").credit(1).expect("a");
        consumer.expectRedelivered(true, 2);
        consumer.releaseSeen("a");

        consumer.credit(1).expect("a").expectRedelivered(true, 2);
    }

    @Test
    void manyReleasedMessagesComeBackInTheirOrder() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c", "d", "e");
        TestConsumer consumer = client.queue("q").credit(4).expect("a", "b", "c", "d");

        consumer.releaseSeen("d", "b");
        consumer.releaseUnseen("c", "a");

        client.queue("q").credit(10).expect("a", "b", "c", "d", "e");
    }

    @Test
    void aClosedConsumersMessagesStayHeldUntilTheyAreSettledUnderItsId() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        TestConsumer closed = client.queue("q").credit(3).expect("a", "b", "c");

        closed.close();
        TestConsumer other = client.queue("q").credit(10).expectNothing();
        closed.accept("a");
        closed.releaseUnseen("b");
        closed.releaseSeen("c");

        other.expect("b", "c");
        assertEquals(2, rig.depth("q"));
    }

    @Test
    void aClosedConsumersMessagesGoBackWhenTheConnectionEnds() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        client.queue("q").credit(3).expect("a").close();

        client.disconnect();

        rig.connect().queue("q").credit(1).expect("a").expectRedelivered(true, 2);
    }

    @Test
    void settlingARangeSettlesWhatOfItTheConsumerHolds() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer one = client.queue("q").credit(10);
        TestConsumer two = client.queue("q").credit(10);
        client.send("q", "a", "b", "c", "d");

        ClientFrame.Settle all = one.settleFrame(Verb.ACCEPT, 0, 0, Long.MAX_VALUE - 1);
        client.done(all.requestId(), all);

        assertEquals(2, rig.depth("q"));
        assertEquals(2, two.receivedCount());
    }

    @Test
    void rangesThatOverlapSettleOnce() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        TestConsumer consumer = client.queue("q").credit(3).expect("a", "b", "c");

        ClientFrame.Settle twice = consumer.settleFrame(Verb.RELEASE_SEEN, 0, 0, 2, 1, 1, 0, 5);
        client.done(twice.requestId(), twice);

        TestConsumer other = client.queue("q").credit(5).expect("a", "b", "c");
        other.expectRedelivered(true, 2);
        assertEquals(2, other.last("b").count());
    }

    @Test
    void settlingTwiceIsNothing() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b");
        TestConsumer consumer = client.queue("q").credit(2).expect("a", "b");
        consumer.accept("a");

        consumer.releaseSeen("a");
        consumer.accept("a");

        assertEquals(1, rig.depth("q"));
    }

    @Test
    void nobodySettlesWhatAnotherHolds() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b");
        TestConsumer one = client.queue("q").credit(1).expect("a");
        TestConsumer two = client.queue("q").credit(1).expect("b");

        ClientFrame.Settle foreign =
                two.settleFrame(Verb.ACCEPT, 0, one.last("a").offset(), one.last("a").offset());
        client.done(foreign.requestId(), foreign);

        assertEquals(2, rig.depth("q"));
    }

    @Test
    void aFailedDeliveryWaitsForTheRedeliveryDelay() {
        CoreRig rig = new CoreRig(limits().redeliveryDelayMs(500));
        TestClient client = rig.connect();
        client.send("q", "a", "b");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");

        consumer.releaseSeen("a");
        consumer.credit(10).expect("b");
        rig.advance(499);
        consumer.expectNothing();
        assertEquals(rig.nowMs + 1, rig.core().nextTimerMs());
        rig.advance(1);

        consumer.expect("a").expectRedelivered(true, 2);
    }

    @Test
    void aLostConnectionsMessagesDoNotWait() {
        CoreRig rig = new CoreRig(limits().redeliveryDelayMs(500));
        TestClient lost = rig.connect();
        lost.send("q", "a");
        lost.queue("q").credit(1).expect("a");

        lost.disconnect();

        rig.connect().queue("q").credit(1).expect("a");
    }

    @Test
    void theRedeliveryDelayOutlivesARestart() {
        CoreRig rig = new CoreRig(limits().redeliveryDelayMs(500));
        TestClient client = rig.connect();
        client.send("q", "a");
        client.queue("q").credit(1).expect("a").releaseSeen("a");
        rig.advance(200);

        rig.restart();
        TestConsumer consumer = rig.connect().queue("q").credit(1).expectNothing();
        rig.advance(300);

        consumer.expect("a").expectRedelivered(true, 2);
    }

    @Test
    void aSecondFailureAfterARestartWaitsAnew() {
        CoreRig rig = new CoreRig(limits().redeliveryDelayMs(500));
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.releaseSeen("a");
        rig.advance(500);
        consumer.credit(1).expect("a").releaseSeen("a");
        rig.advance(100);

        rig.crash();
        TestConsumer after = rig.connect().queue("q").credit(1);
        rig.advance(399);
        after.expectNothing();
        rig.advance(1);

        after.expect("a").expectRedelivered(true, 3);
    }

    @Test
    void aReleasedUrgentMessageIsUrgentAgain() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", message("urgent").priority(9));
        client.send("q", "a", "b");
        TestConsumer consumer = client.queue("q").credit(2).expect("urgent", "a");

        consumer.releaseSeen("urgent");
        consumer.credit(2).expect("urgent", "b");
    }
}
