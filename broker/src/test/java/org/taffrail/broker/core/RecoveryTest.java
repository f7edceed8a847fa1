// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.record.DestinationKind;

/** What a restart brings back. */
class RecoveryTest extends CoreTest {
    @Test
    void persistentMessagesAreThereAgain() {
        CoreRig rig = rig();
        rig.connect().send("q", "a", "b");
        rig.crash();

        rig.connect().queue("q").credit(5).expect("a", "b").expectRedelivered(false, 1);
    }

    @Test
    void nonPersistentMessagesAreGone() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", message("gone").nonPersistent());
        client.send("q", "a");
        assertEquals(2, rig.depth("q"));

        rig.crash();

        assertEquals(1, rig.depth("q"));
        rig.connect().queue("q").credit(5).expect("a");
    }

    @Test
    void nonPersistentMessagesAreGoneFromASnapshotToo() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", message("gone").nonPersistent().expiresAt(rig.nowMs + 60_000));
        client.send("q", "a");
        rig.snapshot();

        rig.crash();

        rig.connect().queue("q").credit(5).expect("a");
    }

    @Test
    void settledMessagesStayAway() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        client.queue("q").credit(3).expect("a", "b", "c").accept("a", "c");

        rig.crash();

        rig.connect().queue("q").credit(5).expect("b").expectRedelivered(true, 2);
    }

    @Test
    void whatMayHaveBeenSeenBeforeACrashIsFlagged() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "held", "waiting");
        client.queue("q").credit(1).expect("held");

        rig.crash();
        TestConsumer consumer = rig.connect().queue("q").credit(1).expect("held");

        consumer.expectRedelivered(true, 2);
    }

    @Test
    void afterACleanStopOnlyWhatWasSeenIsFlagged() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "held", "waiting");
        client.queue("q").credit(1).expect("held");

        rig.restart();

        TestConsumer consumer = rig.connect().queue("q").credit(1).expect("held");
        consumer.expectRedelivered(true, 2);
        consumer.credit(1).expect("waiting").expectRedelivered(false, 1);
    }

    @Test
    void whatIsSentAfterACrashIsNotFlagged() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "old");
        client.queue("q").credit(1).expect("old");
        rig.crash();
        TestClient again = rig.connect();
        again.send("q", "new");

        TestConsumer consumer = again.queue("q").credit(5).expect("old", "new");

        consumer.expectRedelivered(false, 1);
    }

    @Test
    void aQueueThatNobodyReadIsNotFlagged() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        client.queue("other").credit(1);
        rig.crash();

        rig.connect().queue("q").credit(1).expect("a").expectRedelivered(false, 1);
    }

    @Test
    void countsSurvive() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q");
        for (int i = 0; i < 3; i++) {
            consumer.credit(1).expect("a").releaseSeen("a");
        }
        rig.snapshot();
        rig.crash();

        rig.connect().queue("q").credit(1).expect("a").expectRedelivered(true, 4);
    }

    @Test
    void idsAreNeverUsedAgain() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        long first = client.partition(DestinationKind.TOPIC, "t");
        client.durable("t", "sub").close();
        client.unsubscribe("sub");
        rig.snapshot();
        rig.discardCovered();
        rig.crash();

        long second = rig.connect().partition(DestinationKind.TOPIC, "u");

        assertNotEquals(first, second);
        assertEquals(first + 2, second, "the id of the subscription that is gone is skipped");
    }

    @Test
    void aDestinationKeepsItsPartition() {
        CoreRig rig = rig();
        long queue = rig.connect().partition(DestinationKind.QUEUE, "q");
        long topic = rig.connect().partition(DestinationKind.TOPIC, "q");
        assertNotEquals(queue, topic);
        rig.crash();

        assertEquals(queue, rig.connect().partition(DestinationKind.QUEUE, "q"));
        assertEquals(topic, rig.connect().partition(DestinationKind.TOPIC, "q"));
    }

    @Test
    void aSnapshotAndWhatFollowsItAreTheWhole() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.send("q", message("a").priority(9));
        client.send("q", "b", "c", "d");
        client.durable("t", "sub").close();
        client.publish("t", "x");
        TestConsumer consumer = client.queue("q").credit(3).expect("a", "b", "c");
        consumer.accept("b");
        rig.snapshot();
        rig.discardCovered();
        consumer.accept("c");
        consumer.releaseSeen("a");
        client.send("q", "e");
        client.publish("t", "y");
        rig.assertRecoversToTheSameState();

        rig.crash();

        TestClient again = rig.connect("c");
        again.queue("q").credit(9).expect("a", "d", "e");
        again.durable("t", "sub").credit(9).expect("x", "y");
    }

    @Test
    void twoCrashesAreAsOne() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a", "b");
        client.queue("q").credit(1).expect("a");
        rig.crash();
        rig.crash();

        TestConsumer consumer = rig.connect().queue("q").credit(2).expect("a", "b");

        consumer.expectRedelivered(true, 2);
        rig.assertRecoversToTheSameState();
    }
}
