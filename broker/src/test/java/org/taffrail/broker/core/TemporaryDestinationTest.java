// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

import java.util.HashSet;
import java.util.Set;

/** Temporary queues and topics: Jakarta Messaging 6.2.2. */
class TemporaryDestinationTest extends CoreTest {
    @Test
    void othersSendAndTheOwnerReceives() {
        CoreRig rig = rig();
        TestClient owner = rig.connect();
        TestClient other = rig.connect();
        BrokerFrame.Resolved queue = owner.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        assertEquals(DestinationKind.TEMPORARY_QUEUE, queue.kind());
        assertEquals(
                queue.partition(), other.partition(DestinationKind.TEMPORARY_QUEUE, queue.name()));

        other.send(queue.partition(), 0, message("a"), message("b"));

        owner.queue(queue.name()).credit(5).expect("a", "b");
    }

    @Test
    void whoWasNotToldTheNameDoesNotSendToTheNumber() {
        CoreRig rig = rig();
        TestClient owner = rig.connect();
        TestClient other = rig.connect();
        BrokerFrame.Resolved queue = owner.createTemporary(DestinationKind.TEMPORARY_QUEUE);

        other.send(queue.partition(), 0, message("a"));

        other.expectRefused(ErrorCode.NO_SUCH_DESTINATION);
        assertEquals(0, rig.depth(queue.name()));
    }

    @Test
    void namesTellNothingOfOthers() {
        CoreRig rig = rig();
        TestClient owner = rig.connect();
        Set<String> ends = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String name = owner.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();
            String end = name.substring(name.lastIndexOf('.') + 1);
            assertTrue(end.length() >= 8, name); // 64 bits in base 36, leading zeros aside
            ends.add(end);
        }
        assertEquals(100, ends.size());
    }

    @Test
    void onlyTheOwnerConsumes() {
        CoreRig rig = rig();
        TestClient owner = rig.connect();
        TestClient other = rig.connect();
        String name = owner.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();

        other.expectFailed(
                ErrorCode.NOT_OWNER_OF_TEMPORARY,
                other.attachFrame(
                        Source.QUEUE, DestinationKind.TEMPORARY_QUEUE, name, null, null, false));
        other.expectFailed(
                ErrorCode.NOT_OWNER_OF_TEMPORARY,
                other.attachFrame(Source.QUEUE, DestinationKind.QUEUE, name, null, null, false));
    }

    @Test
    void itDiesWithItsConnection() {
        CoreRig rig = rig();
        TestClient owner = rig.connect();
        TestClient other = rig.connect();
        BrokerFrame.Resolved queue = owner.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        owner.queue(queue.name()).credit(5);
        other.partition(DestinationKind.TEMPORARY_QUEUE, queue.name());
        other.send(queue.partition(), 0, message("a"));

        owner.disconnect();
        other.send(queue.partition(), 0, message("b"));

        other.expectRefused(ErrorCode.NO_SUCH_DESTINATION);
        assertEquals(0, rig.depth(queue.name()));
    }

    @Test
    void nothingOfItIsLeftAfterARestart() {
        CoreRig rig = rig();
        TestClient owner = rig.connect();
        BrokerFrame.Resolved queue = owner.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        owner.send(queue.partition(), 0, message("a"));
        rig.snapshot();
        rig.crash();

        assertEquals("", rig.core().durableState());
        TestClient again = rig.connect();
        again.expectFailed(
                ErrorCode.NO_SUCH_DESTINATION,
                new ClientFrame.Resolve(
                        again.nextRequest(), DestinationKind.TEMPORARY_QUEUE, queue.name()));
        BrokerFrame.Resolved next = again.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        assertNotEquals(queue.partition(), next.partition());
        assertNotEquals(queue.name(), next.name());
    }

    @Test
    void itsNameIsNotForOthers() {
        CoreRig rig = rig();
        TestClient client = rig.connect();

        client.expectFailed(
                ErrorCode.NO_SUCH_DESTINATION,
                new ClientFrame.Resolve(
                        client.nextRequest(), DestinationKind.QUEUE, "TEMP.QUEUE.1.0"));
    }

    @Test
    void itIsNotDeletedWhileItHasConsumers() {
        CoreRig rig = rig();
        TestClient owner = rig.connect();
        String name = owner.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();
        TestConsumer consumer = owner.queue(name);

        owner.expectFailed(
                ErrorCode.DESTINATION_IN_USE,
                new ClientFrame.DeleteTemporary(owner.nextRequest(), name));
        consumer.close();
        owner.deleteTemporary(name);

        owner.expectFailed(
                ErrorCode.NO_SUCH_DESTINATION,
                new ClientFrame.DeleteTemporary(owner.nextRequest(), name));
    }

    @Test
    void onlyItsOwnerDeletesIt() {
        CoreRig rig = rig();
        TestClient owner = rig.connect();
        TestClient other = rig.connect();
        String name = owner.createTemporary(DestinationKind.TEMPORARY_TOPIC).name();

        other.expectFailed(
                ErrorCode.NO_SUCH_DESTINATION,
                new ClientFrame.DeleteTemporary(other.nextRequest(), name));
    }

    @Test
    void whatWasHeldOfADeletedOneIsGoneWhateverIsSaidOfIt() {
        CoreRig rig = rig();
        TestClient owner = rig.connect();
        String name = owner.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();
        owner.send(name, "a", "b", "c");
        TestConsumer consumer = owner.queue(name).credit(5).expect("a", "b", "c");
        consumer.close();
        consumer.acceptIn(1, "b");
        owner.deleteTemporary(name);

        consumer.accept("a");
        owner.commit(1);
        consumer.fail("c");

        consumer.expectCloseFailed(ErrorCode.NO_SUCH_CONSUMER);
    }

    @Test
    void itHoldsNoMoreThanItsLimit() {
        CoreRig rig = new CoreRig(limits().volatileBytesMax(900));
        TestClient owner = rig.connect();
        BrokerFrame.Resolved queue = owner.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        TestConsumer consumer = owner.queue(queue.name());
        for (int i = 0; i < 9; i++) {
            owner.send(queue.partition(), 0, message("m" + i));
        }
        owner.expectNoRefusal();

        owner.send(queue.partition(), 0, message("too many"));
        owner.expectRefused(ErrorCode.NO_ROOM);
        consumer.credit(1).expect("m0").accept("m0");
        owner.send(queue.partition(), 0, message("fits"));

        consumer.credit(20).expect("m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "fits");
    }

    @Test
    void aTemporaryTopicServesItsOwnersSubscriptions() {
        CoreRig rig = rig();
        TestClient owner = rig.connect();
        BrokerFrame.Resolved topic = owner.createTemporary(DestinationKind.TEMPORARY_TOPIC);
        TestConsumer one = owner.topic(topic.name()).credit(5);
        TestConsumer two = owner.topic(topic.name()).credit(5);

        TestClient other = rig.connect();
        other.partition(DestinationKind.TEMPORARY_TOPIC, topic.name());
        other.send(topic.partition(), 0, message("a"));

        one.expect("a");
        two.expect("a");
    }

    @Test
    void aTemporaryTopicHasNoDurableSubscription() {
        CoreRig rig = rig();
        TestClient owner = rig.connect("c");
        BrokerFrame.Resolved topic = owner.createTemporary(DestinationKind.TEMPORARY_TOPIC);

        owner.expectFailed(
                ErrorCode.NOT_SUPPORTED,
                owner.attachFrame(
                        Source.DURABLE,
                        DestinationKind.TEMPORARY_TOPIC,
                        topic.name(),
                        "sub",
                        null,
                        false));
    }

    @Test
    void aTransactionThatSendsToADeletedOneCanOnlyRollBack() {
        CoreRig rig = rig();
        TestClient owner = rig.connect();
        TestClient other = rig.connect();
        BrokerFrame.Resolved queue = owner.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        other.sendIn(1, "q", "a");
        other.send(queue.partition(), 1, message("reply"));
        owner.disconnect();

        other.expectFailed(
                ErrorCode.TRANSACTION_DOOMED, new ClientFrame.Commit(other.nextRequest(), 1));

        assertEquals(0, rig.depth("q"));
    }
}
