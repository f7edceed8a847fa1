// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

/** Messages with a key go to one consumer at a time, in order: {@link Lanes}. */
class MessageGroupTest extends CoreTest {
    private static Message of(String body) {
        return message(body).key(body.substring(0, 1));
    }

    /** Sends messages whose group is the first letter of their body. */
    private static void send(TestClient client, String... bodies) {
        for (String body : bodies) {
            client.send("q", of(body));
        }
    }

    @Test
    void aGroupGoesToOneConsumerAndAnotherGroupToTheNext() {
        TestClient client = rig().connect();
        TestConsumer one = client.queue("q").credit(10);
        TestConsumer two = client.queue("q").credit(10);

        send(client, "A1", "B1", "A2", "B2", "B3", "A3");

        two.expect("A1", "A2", "A3");
        one.expect("B1", "B2", "B3");
    }

    @Test
    void aGroupStaysWithItsConsumerWhenAllIsSettled() {
        TestClient client = rig().connect();
        TestConsumer one = client.queue("q").credit(10);
        TestConsumer two = client.queue("q").credit(10);
        send(client, "A1");
        two.expect("A1").accept("A1");
        client.send("q", "free");
        one.expect("free");

        send(client, "A2");

        two.expect("A2");
        one.expectNothing();
    }

    @Test
    void messagesWithoutAGroupAndOtherGroupsFlowPastAnOwnerWithoutCredit() {
        TestClient client = rig().connect();
        TestConsumer owner = client.queue("q").credit(1);
        send(client, "A1");
        owner.expect("A1").accept("A1");
        TestConsumer other = client.queue("q").credit(10);

        send(client, "A2", "A3", "B1");
        client.send("q", "free");

        other.expect("B1", "free");
        owner.expectNothing();
        owner.credit(10).expect("A2", "A3");
    }

    @Test
    void whatIsPutAsideIsNotLookedAtAgainByOthers() {
        TestClient client = rig().connect();
        TestConsumer owner = client.queue("q").credit(1);
        send(client, "A0");
        owner.expect("A0");
        for (int i = 1; i <= 500; i++) {
            send(client, "A" + i);
        }
        TestConsumer other = client.queue("q").credit(10);
        int loads = client.rig().loadsAsked();

        for (int i = 0; i < 20; i++) {
            client.send("q", "free" + i);
        }

        assertEquals(10, other.receivedCount());
        assertTrue(client.rig().loadsAsked() - loads <= 20, "loads of records");
    }

    @Test
    void aGroupMovesOnWhenItsConsumerEndsButNotBeforeWhatThatHoldsIsSettled() {
        TestClient client = rig().connect();
        TestConsumer first = client.queue("q").credit(2);
        send(client, "A1", "A2", "A3");
        first.expect("A1", "A2");
        TestConsumer second = client.queue("q").credit(10);

        first.close();
        second.expectNothing();
        first.accept("A1");
        second.expectNothing();

        first.accept("A2");
        second.expect("A3");
    }

    @Test
    void aGroupComesBackInOrderWhenAConnectionEnds() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestClient dying = rig.connect();
        TestConsumer first = dying.queue("q").credit(2);
        send(client, "A1", "A2", "A3");
        first.expect("A1", "A2");
        TestConsumer second = client.queue("q").credit(10).expectNothing();

        dying.disconnect();

        second.expect("A1", "A2", "A3");
    }

    @Test
    void aFailedMessageHoldsBackItsOwnGroupAndNoOther() {
        CoreRig rig = new CoreRig(limits().redeliveryDelayMs(1000));
        TestClient client = rig.connect();
        TestConsumer one = client.queue("q").credit(1);
        send(client, "A1", "A2", "B1");
        client.send("q", "free");
        one.expect("A1");

        one.releaseSeen("A1");
        one.credit(10).expect("B1", "free");
        rig.advance(999);
        one.expectNothing();

        rig.advance(1);
        one.expect("A1", "A2");
    }

    @Test
    void aFailedMessageHoldsBackItsGroupAfterAStart() {
        CoreRig rig = new CoreRig(limits().redeliveryDelayMs(1000));
        TestClient client = rig.connect();
        TestConsumer one = client.queue("q").credit(2);
        client.send("q", "free");
        send(client, "A1", "A2", "B1");
        one.expect("free", "A1").releaseSeen("free");
        one.releaseSeen("A1");
        rig.assertRecoversToTheSameState();

        rig.crash();
        TestConsumer two = rig.connect().queue("q").credit(10).expect("B1");
        rig.advance(1000);

        two.expect("free", "A1", "A2");
    }

    @Test
    void aFailedMessageHoldsBackItsGroupAfterAStartFromASnapshot() {
        CoreRig rig = new CoreRig(limits().redeliveryDelayMs(1000));
        TestClient client = rig.connect();
        TestConsumer one = client.queue("q").credit(1);
        send(client, "A1", "A2", "B1");
        one.expect("A1").releaseSeen("A1");
        rig.snapshot();
        rig.discardCovered();

        rig.crash();
        TestConsumer two = rig.connect().queue("q").drain(10).expect("B1");
        rig.advance(1000);

        two.drain(10).expect("A1", "A2");
    }

    @Test
    void aGroupFlowsOnAfterADeadLetter() {
        CoreRig rig = new CoreRig(limits().redeliveryDelayMs(1000).deliveriesMax(2));
        TestClient client = rig.connect();
        TestConsumer one = client.queue("q").credit(1);
        send(client, "A1", "A2");
        one.expect("A1").releaseSeen("A1");
        one.credit(1).expectNothing();
        rig.advance(1000);
        one.expect("A1").releaseSeen("A1");

        one.credit(5).expect("A2");
        assertEquals(1, rig.depth("DLQ.q"));
    }

    @Test
    void aGroupFlowsOnAfterTheExpiryOfAWaitingMessage() {
        CoreRig rig = new CoreRig(limits().redeliveryDelayMs(60_000));
        TestClient client = rig.connect();
        TestConsumer one = client.queue("q").credit(1);
        client.send("q", of("A1").expiresAt(rig.nowMs + 5_000));
        send(client, "A2");
        one.expect("A1").releaseSeen("A1");
        one.credit(5).expectNothing();

        rig.advance(7_000);

        one.expect("A2");
    }

    @Test
    void whatExpiresAtTheHeadOfAGroupThatWaitsHoldsNobodyBack() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer owner = client.queue("q").credit(1);
        send(client, "A1");
        client.queue("q").credit(10);
        client.send("q", of("A2").expiresAt(rig.nowMs + 5_000));
        client.send("q", of("A3").expiresAt(rig.nowMs + 5_000));
        send(client, "A4");
        owner.expect("A1");

        rig.advance(7_000);

        owner.credit(10).expect("A4");
    }

    @Test
    void priorityCountsInsideAGroup() {
        TestClient client = rig().connect();
        TestConsumer owner = client.queue("q").credit(1);
        send(client, "A1");
        owner.expect("A1");
        TestConsumer other = client.queue("q").credit(10);
        send(client, "A2");
        client.send("q", of("A3").priority(9));
        client.send("q", of("A4").priority(9));

        owner.credit(10).expect("A3", "A4", "A2");
        other.expectNothing();
    }

    @Test
    void aNegativeSequenceEndsTheGroup() {
        TestClient client = rig().connect();
        TestConsumer one = client.queue("q").credit(10);
        TestConsumer two = client.queue("q").credit(10);
        send(client, "A1");
        client.send("q", of("A2").property("JMSXGroupSeq", -1));
        two.expect("A1", "A2").accept("A1", "A2");
        two.stop();

        send(client, "A3");

        one.expect("A3");
        two.expectNothing();
    }

    @Test
    void theNextOwnerOfAnEndedGroupWaitsForWhatTheLastOneHolds() {
        TestClient client = rig().connect();
        TestConsumer one = client.queue("q");
        TestConsumer two = client.queue("q").credit(1);
        client.send("q", of("A1").property("JMSXGroupSeq", -1));
        send(client, "A2");
        two.expect("A1");

        one.credit(10).expectNothing();
        two.accept("A1");

        one.expect("A2");
    }

    @Test
    void aMessageThatItsOwnerDoesNotSelectGoesToAnotherAndTheGroupWithIt() {
        TestClient client = rig().connect();
        TestConsumer reds = client.queue("q", "c = 'red'").credit(10);
        TestConsumer blues = client.queue("q", "c = 'blue'").credit(10);
        client.send("q", of("A1").property("c", "red"));
        client.send("q", of("A2").property("c", "blue"));
        client.send("q", of("A3").property("c", "red"));

        reds.expect("A1");
        blues.expectNothing();
        reds.accept("A1");
        blues.expect("A2");
        reds.expectNothing();
        blues.accept("A2");
        reds.expect("A3");
    }

    @Test
    void aMessageThatNobodySelectsHoldsNobodyBackAndIsThereForWhoComes() {
        TestClient client = rig().connect();
        TestConsumer reds = client.queue("q", "c = 'red'").credit(1);
        client.send("q", of("A1").property("c", "red"));
        client.send("q", of("A2").property("c", "blue"));
        client.send("q", of("A3").property("c", "red"));
        reds.expect("A1").accept("A1");

        reds.credit(10).expect("A3").accept("A3");

        client.queue("q").drain(10).expect("A2");
    }

    @Test
    void theGroupUsedLeastRecentlyIsForgottenWhenThereAreTooMany() {
        TestClient client = new CoreRig(limits().keysMax(2)).connect();
        TestConsumer one = client.queue("q").credit(100);
        send(client, "A1", "B1", "C1");
        one.expect("A1", "B1", "C1").accept("A1", "B1", "C1");
        TestConsumer two = client.queue("q").credit(100);
        one.stop();

        send(client, "A2", "B2", "C2");

        two.expect("A2");
        one.credit(100).expect("B2", "C2");
    }

    @Test
    void aForgottenGroupKeepsItsOrder() {
        TestClient client = new CoreRig(limits().keysMax(1)).connect();
        TestConsumer one = client.queue("q").credit(1);
        send(client, "A1");
        one.expect("A1").accept("A1");
        TestConsumer two = client.queue("q").credit(1);
        send(client, "A2", "A3", "B1");
        two.expect("B1").accept("B1");

        two.credit(10).expect("A2", "A3");
        one.expectNothing();
    }

    @Test
    void aSharedSubscriptionKeepsGroupsTogether() {
        TestClient client = rig().connect();
        TestConsumer one = client.subscribe(Source.SHARED, "t", "s").credit(10);
        TestConsumer two = client.subscribe(Source.SHARED, "t", "s").credit(10);
        long partition = client.partition(DestinationKind.TOPIC, "t");

        client.send(partition, 0, of("A1"), of("B1"), of("A2"), of("B2"));

        two.expect("A1", "A2");
        one.expect("B1", "B2");
    }
}
