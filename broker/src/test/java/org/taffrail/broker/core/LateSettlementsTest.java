// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.wire.Start;
import org.taffrail.wire.record.DestinationKind;

/** While the store finds out what nothing needs, all that was needed when it began still is. */
class LateSettlementsTest extends CoreTest {
    private CoreRig rig;
    private TestClient client;
    private long partition;

    @BeforeEach
    void connect() {
        rig = new CoreRig(limits().recordBytesMax(100));
        client = rig.connect("c");
    }

    private void sent(DestinationKind kind, String name) {
        partition = client.partition(kind, name);
        assertTrue(rig.core().needs(partition, 0, 0));
        rig.core().beginGivingUp();
    }

    private boolean isNeeded(long offset) {
        boolean needed = rig.core().needs(partition, offset, offset);
        assertEquals(needed, rig.core().needed(partition, 0, 99).any(offset, offset));
        return needed;
    }

    @AfterEach
    void nothingIsNeededAfterTheEnd() {
        rig.core().endGivingUp();

        assertFalse(rig.core().needs(partition, 0, Long.MAX_VALUE));
    }

    @Test
    void whatIsConsumedMeanwhile() {
        client.send("q", "a", "b");
        TestConsumer consumer = client.queue("q").credit(2).expect("a", "b");
        consumer.accept("a");
        partition = client.partition(DestinationKind.QUEUE, "q");

        rig.core().beginGivingUp();
        consumer.accept("b");

        assertFalse(isNeeded(0), "was settled before");
        assertTrue(isNeeded(1));
    }

    @Test
    void thePartsOfALargeMessageThatIsConsumedMeanwhile() {
        client.sendLarge("q", 40, message("b".repeat(30)));
        TestConsumer consumer = client.queue("q").credit(1);
        sent(DestinationKind.QUEUE, "q");

        consumer.accept("b".repeat(30));

        assertTrue(isNeeded(0));
        assertTrue(isNeeded(1));
        assertTrue(isNeeded(2));
    }

    @Test
    void whatASubscriptionHasThatIsClosedMeanwhile() {
        client.durable("t", "s").close();
        client.publish("t", "a");
        sent(DestinationKind.TOPIC, "t");

        client.unsubscribe("s");

        assertTrue(isNeeded(0));
    }

    @Test
    void whatASubscriptionHasThatBeginsAnewMeanwhile() {
        client.durable("t", "s").close();
        client.publish("t", "a");
        sent(DestinationKind.TOPIC, "t");
        String group = rig.core().durableState().replaceAll("(?s).*DURABLE s of c #(\\d+).*", "$1");
        Start latest = Start.of("latest", rig.nowMs);

        client.manage(new Operation.Reset("t", Long.parseLong(group), latest)).expectDone(1);

        assertTrue(isNeeded(0));
    }

    @Test
    void whatADestinationHasThatIsDeletedMeanwhile() {
        client.send("q", "a");
        sent(DestinationKind.QUEUE, "q");

        client.manage(new Operation.Delete(DestinationKind.QUEUE, "q", true)).expectDone(1);

        assertTrue(isNeeded(0));
    }
}
