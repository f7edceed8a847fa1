// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.Newcomer;
import org.taffrail.broker.core.TestLimits;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;

/** The store has no room at all: what was decided waits for it, and nobody hears of it before. */
class FullStoreTest extends LoopRig {
    private long fullWithAMessageHeld() throws StoreException {
        start();
        long partition = queue("q");
        consume("q");
        send(partition, message("held"));
        turn();
        heard.clear();
        store.full = true;
        return partition;
    }

    private void accept(long partition, int request, long offset) {
        say(
                new ClientFrame.Settle(
                        request, 0, 1, Verb.ACCEPT, partition, new long[] {offset, offset}));
    }

    @Test
    void nothingIsSaidUntilThereIsRoomAndThenAllIsSaid() throws StoreException {
        long partition = fullWithAMessageHeld();

        send(partition, message("a"));
        accept(partition, request, 0);
        turn();
        send(partition, message("b"));
        turn();
        assertEquals(List.of(), heard);
        assertTrue(loop.isShortOfRoom());
        assertFalse(loop.isQuiet());
        assertNull(loop.failure());
        assertTrue(loop.nextTimerMs() <= nowMs + 1_000, "it tries again by itself");

        store.full = false;
        turn();
        assertTrue(heard.contains(new BrokerFrame.Done(request)), heard.toString());
        assertEquals(List.of("a", "b"), bodies());
        assertFalse(loop.isShortOfRoom());
        assertTrue(loop.isQuiet());
    }

    @Test
    void whatWaitsKeepsItsOrder() throws StoreException {
        long partition = fullWithAMessageHeld();
        for (int i = 0; i < 5; i++) {
            otherSends(partition, message("n" + i));
            say(new ClientFrame.Resolve(request++, DestinationKind.QUEUE, "q" + i));
            turn();
        }
        store.appended.clear();
        store.full = false;
        turn();

        assertEquals(List.of("n0", "n1", "n2", "n3", "n4"), bodies());
        assertEquals(5, heard.stream().filter(BrokerFrame.Resolved.class::isInstance).count());
        start();
        assertEquals(6, loop.core().overview().depth(DestinationKind.QUEUE, "q"));
    }

    @Test
    void nonPersistentMessagesDoNotOvertakeWhatWaits() throws StoreException {
        long partition = fullWithAMessageHeld();
        send(partition, message("a"));
        turn();
        loop.whenShortOfRoom(true, RoomObserver.NONE);
        store.full = false;
        store.heldBack = 10;
        turn();
        send(partition, message("b").nonPersistent());
        turn();
        assertEquals(List.of(), bodies());

        store.heldBack = 0;
        turn();
        assertEquals(List.of("a", "b"), bodies());
    }

    @Test
    void whatWasStagedIsCommittedWhenThereIsRoom() throws StoreException {
        start(TestLimits.limits().transactionMemoryBytes(1).build(), NEVER);
        long partition = queue("q");
        consume("q");
        sendIn(5, partition, message("a"));
        sendIn(5, partition, message("b"));
        turn();
        heard.clear();
        store.full = true;

        say(new ClientFrame.Commit(request, 5));
        turn();
        assertEquals(List.of(), heard);

        store.full = false;
        turn();
        assertTrue(heard.contains(new BrokerFrame.Done(request)), heard.toString());
        assertEquals(List.of("a", "b"), bodies());
    }

    @Test
    void connectionsComeAndGoMeanwhile() throws StoreException {
        long partition = fullWithAMessageHeld();
        loop.disconnect(CLIENT, true, nowMs);
        turn();
        loop.connect(3, Newcomer.passing(null, 99));
        turn();
        store.full = false;
        turn();

        assertTrue(loop.isQuiet());
        otherSends(partition, message("a"));
        turn();
        assertEquals(List.of(new BrokerFrame.Confirm(1, 1)), otherHeard);
    }

    @Test
    void whoDecidesTooMuchRecoversFromTheLog() throws StoreException {
        start(Limits.defaults(), NEVER);
        long partition = queue("q");
        for (int transaction = 1; transaction <= 20; transaction++) {
            sendIn(transaction, partition, message("x".repeat(900_000)));
        }
        turn();
        heard.clear();
        store.full = true;
        for (int transaction = 1; transaction <= 18; transaction++) {
            assertNull(loop.failure());
            say(new ClientFrame.Commit(request++, transaction));
            turn();
        }
        say(new ClientFrame.Commit(request, 19));
        turn();

        assertNotNull(loop.failure());
        assertEquals(StoreException.Kind.FULL, loop.failure().kind());
        assertEquals(List.of(), heard);
    }

    @Test
    void aFirstBatchThatFindsNoRoomEndsTheStart() throws StoreException {
        start();
        store.full = true;
        say(new ClientFrame.Resolve(request, DestinationKind.QUEUE, "x"));
        turn();

        assertNotNull(loop.failure());
        assertEquals(StoreException.Kind.FULL, loop.failure().kind());
    }

    @Test
    void anOrderlyEndSaysThatThereIsNoRoom() throws StoreException {
        long partition = fullWithAMessageHeld();
        accept(partition, 0, 0);
        loop.disconnect(CLIENT, true, nowMs);
        loop.disconnect(OTHER, true, nowMs);

        StoreException why = assertThrows(StoreException.class, () -> loop.stop(nowMs));
        assertEquals(StoreException.Kind.FULL, why.kind());
    }
}
