// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;

/** What does not wait for the disk, and what it must wait for all the same. */
class RelaxedBatchTest extends LoopRig {
    private long requests;
    private long replies;

    @Test
    void nonPersistentMessagesGoIntoABatchOfTheirOwn() throws StoreException {
        start();
        long one = queue("one");
        long other = queue("other");
        store.appended.clear();

        send(one, message("a"));
        send(other, message("b").nonPersistent());
        turn();

        assertEquals(2, store.appended.size());
        assertTrue(store.appended.get(0).relaxed());
        assertFalse(store.appended.get(1).relaxed());
    }

    @Test
    void aSlowForceDoesNotSlowThem() throws StoreException {
        start();
        long one = queue("one");
        long other = queue("other");
        consume("other");
        turn();
        heard.clear();
        store.heldBack = 10;

        otherSends(one, message("persistent"));
        turn();
        send(other, message("a").nonPersistent());
        turn();

        assertEquals(List.of("a"), bodies());
        assertTrue(heard.contains(new BrokerFrame.Confirm(1, 1)), heard.toString());
        assertEquals(List.of(), otherHeard);
        store.heldBack = 0;
        turn();
        assertEquals(List.of(new BrokerFrame.Confirm(1, 1)), otherHeard);
        assertTrue(loop.isQuiet());
    }

    @Test
    void oneDoesNotOvertakeAPersistentOneOfItsQueue() throws StoreException {
        start();
        long partition = queue("q");
        consume("q");
        turn();
        heard.clear();
        store.heldBack = 10;

        otherSends(partition, message("a"));
        send(partition, message("b").nonPersistent());
        turn();
        send(partition, message("c").nonPersistent());
        turn();
        assertEquals(List.of(), heard);

        store.heldBack = 0;
        turn();
        assertEquals(List.of("a", "b", "c"), bodies());
        store.appended.clear();
        send(partition, message("d").nonPersistent());
        turn();
        assertTrue(store.appended.get(0).relaxed());
    }

    @Test
    void oneDoesNotOvertakeOneOfItsKindThatCameWithAPersistentOne() throws StoreException {
        start();
        long partition = queue("q");
        consume("q");
        turn();
        heard.clear();

        send(partition, message("a"), message("b").nonPersistent());
        send(partition, message("c").nonPersistent());
        turn();

        assertEquals(List.of("a", "b", "c"), bodies());
    }

    @Test
    void aConnectionHearsEverythingInItsOrder() throws StoreException {
        start();
        long one = queue("one");
        long other = queue("other");
        store.heldBack = 10;

        send(one, message("a"));
        turn();
        send(other, message("b").nonPersistent());
        turn();
        assertEquals(List.of(), heard);

        store.heldBack = 0;
        turn();
        assertEquals(List.of(new BrokerFrame.Confirm(1, 1), new BrokerFrame.Confirm(2, 2)), heard);
    }

    @Test
    void aPersistentMessageIsNotDeliveredBeforeItsForceWithThemInBetween() throws StoreException {
        start();
        long one = queue("one");
        long other = queue("other");
        consume(1, "one");
        consume(2, "other");
        turn();
        heard.clear();
        store.heldBack = 10;

        otherSends(one, message("persistent"));
        turn();
        otherSends(other, message("a").nonPersistent());
        turn();
        assertEquals(List.of("a"), bodies());

        store.heldBack = 0;
        turn();
        assertEquals(List.of("a", "persistent"), bodies());
    }

    /** A queue, and a temporary one with a consumer; what is sent is held back from its force. */
    private void startWithReplies() throws StoreException {
        start();
        requests = queue("requests");
        replies = temporaryQueue();
        store.heldBack = 10;
    }

    @Test
    void aReplyToATemporaryQueueWaitsForNoForce() throws StoreException {
        startWithReplies();

        send(requests, message("a"));
        turn();
        otherSends(replies, message("reply"));
        turn();

        assertEquals(List.of(new BrokerFrame.Confirm(1, 1)), otherHeard);
        assertEquals(List.of(), heard, "the reply stands behind the confirmation");
        store.heldBack = 0;
        turn();
        assertEquals(List.of("reply"), bodies());
    }

    @Test
    void whoHearsOfNothingElseHearsAReplyAtOnce() throws StoreException {
        startWithReplies();

        otherSends(requests, message("a"));
        turn();
        otherSends(replies, message("reply"));
        turn();

        assertEquals(List.of("reply"), bodies());
    }

    @Test
    void aReplyOfATransactionWaitsUntilThatIsSafe() throws StoreException {
        startWithReplies();

        otherSendsIn(7, requests, message("a"));
        otherSendsIn(7, replies, message("reply"));
        loop.decide(OTHER, new ClientFrame.Commit(request++, 7), nowMs);
        turn();
        otherSends(replies, message("later"));
        turn();
        assertEquals(List.of(), bodies());

        store.heldBack = 0;
        turn();
        assertEquals(List.of("reply", "later"), bodies());
    }

    @Test
    void aSnapshotTakenInBetweenMissesNothing() throws StoreException {
        start(Limits.defaults(), 100);
        long one = queue("one");
        long other = queue("other");
        store.heldBack = 1;
        for (int i = 0; i < 10; i++) {
            otherSends(one, message("n" + i));
            send(other, message("lost").nonPersistent());
            turn();
        }
        store.heldBack = 0;
        turn();

        start();
        consume("one");
        turn();
        assertEquals(10, bodies().size());
        long offset = loop.core().overview().depth(DestinationKind.QUEUE, "other");
        assertEquals(0, offset, "what is not persistent ends with its start");
    }

    @Test
    void whatWasSentBeforeASubscriptionIsNotForItEvenInOneTurn() throws StoreException {
        start();
        say(new ClientFrame.Resolve(request++, DestinationKind.TOPIC, "t"));
        turn();
        long topic = ((BrokerFrame.Resolved) heard.remove(0)).partition();

        send(topic, message("before").nonPersistent());
        send(topic, message("before, too"));
        say(
                new ClientFrame.Attach(
                        0, 1, Source.TOPIC, DestinationKind.TOPIC, "t", null, null, false, null));
        say(new ClientFrame.Credit(1, 100, 1 << 20, false, 0));
        send(topic, message("after"));
        turn();

        assertEquals(List.of("after"), bodies());
    }
}
