// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.TestLimits;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;

/** What the loop promises between the core and the store. */
class LoopTest extends LoopRig {
    @Test
    void confirmsAndDeliversOnlyWhatIsDurable() throws StoreException {
        start();
        long partition = queue("q");
        consume("q");
        turn();
        store.heldBack = 10;

        send(partition, message("a"));
        turn();
        assertEquals(List.of(), heard);

        store.heldBack = 0;
        turn();
        assertEquals(List.of("a"), bodies());
        assertTrue(heard.contains(new BrokerFrame.Confirm(1, 1)));
    }

    @Test
    void saysNothingAtAllBeforeWhatWasWrittenEarlierIsDurable() throws StoreException {
        start();
        long partition = queue("q");
        store.heldBack = 10;
        send(partition, message("a"));
        turn();

        say(new ClientFrame.Detach(request, 99));
        turn();
        assertEquals(List.of(), heard, "a refusal reveals what could be lost, too");

        store.heldBack = 0;
        turn();
        assertEquals(2, heard.size());
        assertEquals(new BrokerFrame.Confirm(1, 1), heard.get(0));
        assertTrue(heard.get(1) instanceof BrokerFrame.Failed);
    }

    @Test
    void aTurnsWorkIsOneBatch() throws StoreException {
        start();
        long partition = queue("q");
        store.appended.clear();

        send(partition, message("a"));
        send(partition, message("b"));
        say(new ClientFrame.Resolve(request++, DestinationKind.QUEUE, "other"));
        turn();

        assertEquals(1, store.appended.size());
    }

    @Test
    void aBatchIsStampedWithTheTimeAtWhichItIsAppended() throws StoreException {
        start();
        long partition = queue("q");
        store.appended.clear();
        nowMs = 5_000;

        send(partition, message("a"));
        turn();

        assertEquals(5_000, store.appended.get(0).timeMs());
    }

    @Test
    void afterAFailedAppendItSaysNothingMore() throws StoreException {
        start();
        long partition = queue("q");
        store.failing = true;

        send(partition, message("a"));
        turn();
        say(new ClientFrame.Detach(request, 99));
        turn();

        assertNotNull(loop.failure());
        assertEquals(List.of(), heard);
    }

    @Test
    void aSnapshotIsTakenWhileAppendsAreUnderWay() throws StoreException {
        start(Limits.defaults(), 500);
        long partition = queue("q");
        store.heldBack = 1;
        long bytes = 0;
        for (int i = 0; i < 20; i++) {
            send(partition, message("n" + i));
            turn();
            bytes += 97;
        }

        assertTrue(store.bytesSinceSnapshot() < bytes, store.bytesSinceSnapshot() + " bytes");
    }

    @Test
    void aSnapshotIsTakenOnceNothingHasBeenWrittenForAWhile() throws StoreException {
        start();
        long partition = queue("q");
        consume("q");
        for (int i = 0; i < 10; i++) {
            send(partition, message("n" + i));
        }
        turn();
        say(new ClientFrame.Settle(0, 0, 1, Verb.ACCEPT, partition, new long[] {0, 9}));
        turn();
        long before = store.bytesSinceSnapshot();
        assertTrue(loop.nextTimerMs() > nowMs);
        assertEquals(0, store.freedBytes);

        nowMs = loop.nextTimerMs();
        turn();

        assertTrue(store.bytesSinceSnapshot() < before);
        assertEquals(NEVER, loop.nextTimerMs());
        assertTrue(store.freedBytes > 0, "what is settled is given up");
    }

    @Test
    void noSnapshotBeginsWhileTheLastOneIsOnItsWay() throws StoreException {
        start(Limits.defaults(), 1);
        long partition = queue("q");
        store.publishes = false;
        int before = store.snapshots;
        for (int i = 0; i < 20; i++) {
            send(partition, message("n" + i));
            turn();
        }
        assertEquals(before + 1, store.snapshots);

        store.publishes = true;
        turn();
        assertEquals(before + 2, store.snapshots);
    }

    @Test
    void aSnapshotKeepsWhatASettlementThatMayBeLostNoLongerNeeds() throws StoreException {
        start(TestLimits.limits().windowBytes(1).build(), 200);
        long partition = queue("q");
        consume("q");
        turn();
        heard.clear();
        send(partition, message("a"));
        turn();
        assertEquals(List.of("a"), bodies());
        assertTrue(loop.core().needs(partition, 0, 0));

        for (long key : loop.core().snapshotKeys()) {
            assertTrue(loop.core().snapshot(key).write(new ByteSink(64), Long.MAX_VALUE));
        }
        say(new ClientFrame.Settle(0, 0, 1, Verb.ACCEPT, partition, new long[] {0, 0}));

        assertTrue(loop.core().needs(partition, 0, 0), "a start from the snapshot asks for it");
        loop.core().endGivingUp();
        assertFalse(loop.core().needs(partition, 0, 0));
    }

    @Test
    void afterAnOrderlyStopTheNextStartReplaysNoMoreThanTheLastBatch() throws StoreException {
        start();
        long partition = queue("q");
        send(partition, message("a"));
        turn();
        send(partition, message("b"));
        turn();
        loop.disconnect(CLIENT, true, nowMs);
        turn();

        loop.stop(nowMs);

        assertTrue(store.bytesSinceSnapshot() <= 97, store.bytesSinceSnapshot() + " bytes");
        heard.clear();
        start();
        consume("q");
        turn();
        assertEquals(List.of("a", "b"), bodies());
    }

    @Test
    void stopsThoughTheEndOfAConnectionWasNotYetDurableWhenItBegan() throws StoreException {
        start();
        long partition = queue("q");
        store.heldBack = 1;
        send(partition, message("a"));
        loop.disconnect(CLIENT, true, nowMs);
        turn();
        assertFalse(loop.stop(nowMs));

        store.heldBack = 0;

        assertTrue(loop.stop(nowMs));
    }
}
