// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;

/** What nobody waits for need not be forced, until somebody does. */
class PatientBatchTest extends LoopRig {
    private long partition;

    private void deliver(String... bodies) throws StoreException {
        start();
        partition = queue("q");
        consume("q");
        for (String body : bodies) {
            send(partition, message(body));
        }
        turn();
        store.appended.clear();
        store.hurried.clear();
    }

    private void settle(int requestId, long offset) {
        long[] ranges = {offset, offset};
        say(new ClientFrame.Settle(requestId, 0, 1, Verb.ACCEPT, partition, ranges));
    }

    @Test
    void anAcknowledgementThatIsNotAnsweredIsPatient() throws StoreException {
        deliver("a");
        store.heldBack = 10;
        settle(0, 0);
        turn();

        assertTrue(store.appended.get(0).patient());
        assertEquals(List.of(), store.hurried);
        assertEquals(nowMs + Appends.PATIENCE_MS, loop.nextTimerMs());
    }

    @Test
    void oneThatIsAnsweredIsNot() throws StoreException {
        deliver("a");
        settle(5, 0);
        turn();

        assertFalse(store.appended.get(0).patient());
    }

    @Test
    void oneThatComesWithASendIsNot() throws StoreException {
        deliver("a");
        settle(0, 0);
        send(partition, message("b"));
        turn();

        assertEquals(1, store.appended.size());
        assertFalse(store.appended.get(0).patient());
    }

    @Test
    void aSendThatIsNotAnsweredYetIsNot() throws StoreException {
        deliver("a");
        otherSends(partition, message("b"));
        turn();

        assertFalse(store.appended.get(0).patient());
    }

    @Test
    void whoHearsSomethingAfterwardsHurriesIt() throws StoreException {
        deliver("a");
        store.heldBack = 10;
        settle(0, 0);
        turn();
        long patient = store.waiting.get(0).sequence();
        heard.clear();
        say(new ClientFrame.Resolve(9, DestinationKind.QUEUE, "q"));
        turn();

        assertEquals(List.of(patient), store.hurried);
        assertEquals(List.of(), heard);
        store.heldBack = 0;
        turn();
        assertEquals(1, heard.size());
    }

    @Test
    void whoWaitsForWhatNeedsNoForceHurriesNothing() throws StoreException {
        deliver("a");
        send(partition, message("b").nonPersistent());
        say(new ClientFrame.Resolve(9, DestinationKind.QUEUE, "q"));
        turn();

        assertTrue(store.appended.get(0).relaxed());
        assertEquals(1, store.appended.size());
        assertEquals(List.of(), store.hurried);
    }

    @Test
    void ageHurriesIt() throws StoreException {
        deliver("a", "b");
        store.heldBack = 10;
        settle(0, 0);
        turn();
        nowMs += Appends.PATIENCE_MS - 1;
        settle(0, 1);
        turn();
        assertEquals(List.of(), store.hurried);
        nowMs++;
        turn();

        assertEquals(List.of(store.waiting.get(1).sequence()), store.hurried);
        store.heldBack = 0;
        turn();
        assertTrue(loop.isQuiet());
        assertTrue(loop.nextTimerMs() > nowMs + Appends.PATIENCE_MS);
    }

    @Test
    void theEndHurriesIt() throws StoreException {
        deliver("a");
        store.heldBack = 10;
        settle(0, 0);
        turn();
        loop.disconnect(CLIENT, false, nowMs);
        loop.disconnect(OTHER, false, nowMs);
        store.hurried.clear();

        assertFalse(loop.stop(nowMs));
        assertFalse(store.hurried.isEmpty());
        store.heldBack = 0;
        assertTrue(loop.stop(nowMs));
    }
}
