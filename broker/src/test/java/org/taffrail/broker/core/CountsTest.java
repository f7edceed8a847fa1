// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

/** What is counted of messages, and how old the oldest is. */
class CountsTest {
    private static final DestinationKind QUEUE = DestinationKind.QUEUE;
    private static final DestinationKind TOPIC = DestinationKind.TOPIC;

    private final CoreRig rig = new CoreRig();

    private Overview overview() {
        return rig.core().overview();
    }

    private DestinationStatus queue(String name) {
        return overview().destination(QUEUE, name);
    }

    @Test
    void countsWhatHappensToEachMessageOfAQueue() {
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c", "d");
        client.send("q", message("short").expiresAt(rig.nowMs + 1000));
        TestConsumer consumer = client.queue("q").credit(3).expect("a", "b", "c");
        consumer.accept("a", "b");
        consumer.releaseSeen("c");
        consumer.credit(1).expect("c");
        rig.advance(2000);

        Counts counts = queue("q").counts();

        assertEquals(5, counts.in());
        assertTrue(counts.bytesIn() > 5 * 20, "bytes " + counts.bytesIn());
        assertEquals(4, counts.delivered());
        assertEquals(1, counts.redelivered());
        assertEquals(2, counts.accepted());
        assertEquals(1, counts.expired());
        assertEquals(3, counts.ended());
        assertEquals(2, queue("q").depth());
    }

    @Test
    void aDeadLetterLeavesItsQueueAndComesIntoAnother() {
        TestClient client = rig.connect();
        client.send("q", "poison");
        TestConsumer consumer = client.queue("q");
        for (int i = 0; i < 10; i++) {
            consumer.credit(1).expect("poison").releaseSeen("poison");
        }

        assertEquals(1, queue("q").counts().deadLettered());
        assertEquals(0, queue("q").depth());
        assertEquals(1, queue("DLQ.q").counts().in());
        assertEquals(2, overview().totals().in());
        assertEquals(1, overview().totals().deadLettered());
    }

    @Test
    void aTopicsMessageCountsOnceAndForEachSubscription() {
        TestClient client = rig.connect("c");
        TestConsumer durable = client.durable("t", "sub").credit(3);
        client.subscribe(Source.SHARED, "t", "shared");
        client.publish("t", "a", "b");
        durable.expect("a", "b").accept("a");

        DestinationStatus topic = overview().destination(TOPIC, "t");

        assertEquals(2, topic.counts().in());
        assertEquals(2, topic.counts().delivered());
        assertEquals(1, topic.counts().accepted());
        Page<GroupStatus> groups = overview().groups(TOPIC, "t", null, 10);
        assertEquals(2, groups.rows().get(0).counts().in());
        assertEquals(1, groups.rows().get(0).counts().accepted());
        assertEquals(2, groups.rows().get(1).counts().in());
        assertEquals(0, groups.rows().get(1).counts().delivered());
    }

    @Test
    void theSumStaysWhenADestinationIsDeleted() {
        TestClient client = rig.connect();
        String name = client.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();
        client.send(name, "a", "b");
        long before = overview().totals().in();
        client.deleteTemporary(name);

        assertEquals(before, overview().totals().in());
        assertEquals(2, before);
    }

    @Test
    void aStartCountsAnew() {
        rig.connect().send("q", "a", "b", "c");
        rig.crash();
        rig.connect().send("q", "d");

        assertEquals(1, queue("q").counts().in());
        assertEquals(1, overview().totals().in());
        assertEquals(4, queue("q").depth());
    }

    @Test
    void theOldestIsTheFirstThatIsNotSettled() {
        TestClient client = rig.connect();
        long firstMs = rig.nowMs;
        client.send("q", "a");
        rig.advance(5000);
        long secondMs = rig.nowMs;
        client.send("q", "b");

        assertEquals(firstMs, queue("q").oldestMs());
        client.queue("q").credit(1).expect("a").accept("a");
        assertEquals(secondMs, queue("q").oldestMs());
        client.queue("q").credit(1).expect("b").accept("b");
        assertEquals(0, queue("q").oldestMs());
    }

    @Test
    void afterAStartTheLogIsAskedForTheTimeOfTheOldest() {
        long sentMs = rig.nowMs;
        rig.connect().send("q", "a", "b");
        rig.advance(5000);
        rig.restart();

        assertEquals(-1, queue("q").oldestMs());
        rig.run();
        assertEquals(sentMs, queue("q").oldestMs());
        rig.connect().queue("q").credit(2).expect("a", "b");
    }
}
