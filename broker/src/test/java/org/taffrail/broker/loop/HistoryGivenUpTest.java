// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;
import static org.taffrail.broker.core.TestPolicy.policy;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.TestLimits;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.wire.frame.ClientFrame;

import java.util.ArrayList;
import java.util.List;

/** History goes before anybody has to wait for room. */
class HistoryGivenUpTest extends LoopRig {
    private static final StoreNotice.Scarce SCARCE = new StoreNotice.Scarce(1_400, 1_000);
    private static final int MESSAGES = 40;

    private final List<StoreNotice> noticed = new ArrayList<>();

    private long queueWithHistory() throws StoreException {
        start(TestLimits.limits().all(policy().retentionMs(1L << 40)).build(), 1);
        loop.whenShortOfRoom(
                false,
                new RoomObserver() {
                    @Override
                    public void noticed(StoreNotice notice) {
                        noticed.add(notice);
                    }
                });
        long partition = queue("q");
        for (int i = 0; i < MESSAGES; i++) {
            send(partition, message("m" + i));
            turn();
            nowMs += 2_000;
        }
        return partition;
    }

    @Test
    void theOldestGoesAPartAtATimeAndTheStoreIsAskedToGiveItUp() throws StoreException {
        long partition = queueWithHistory();
        consume("q");
        turn();
        settleAll(partition);
        turn();
        assertTrue(loop.core().needs(partition, 0, 0));
        long freed = store.freedBytes;

        store.notices.add(SCARCE);
        turn();
        nowMs += 10_000;
        turn();

        assertFalse(loop.core().needs(partition, 0, MESSAGES / 4 - 1));
        assertTrue(loop.core().needs(partition, MESSAGES / 4, MESSAGES / 4));
        assertTrue(store.freedBytes > freed, "the store was not asked");
        assertEquals(List.of(SCARCE), noticed);
        for (int i = 0; i < MESSAGES; i++) {
            store.notices.add(SCARCE);
            turn();
        }
        assertFalse(loop.core().needs(partition, 0, MESSAGES - 1));
        assertTrue(noticed.size() < MESSAGES, "nothing is left to be given up");
    }

    @Test
    void whatIsNotConsumedStays() throws StoreException {
        long partition = queueWithHistory();

        for (int i = 0; i < MESSAGES; i++) {
            store.notices.add(SCARCE);
            turn();
        }

        assertTrue(loop.core().needs(partition, 0, 0));
        consume("q");
        turn();
        assertEquals(MESSAGES, bodies().size());
    }

    @Test
    void whatIsSettledByABatchUnderWayIsNotGivenUpWithWhatIsTooOld() throws StoreException {
        start(TestLimits.limits().queues("old", policy().retentionMs(50_000)).build(), NEVER);
        long old = queue("old");
        long partition = queue("q");
        consume(1, "old");
        consume(2, "q");
        send(old, message("history"));
        send(partition, message("a"));
        turn();
        nowMs += SnapshotSchedule.IDLE_MS;
        turn();
        say(settle(1, old));
        turn();
        nowMs += SnapshotSchedule.IDLE_MS;
        turn();
        long freed = store.freedBytes;

        store.heldBack = 1;
        nowMs += SnapshotSchedule.RETENTION_LOOK_MS;
        say(settle(2, partition));
        turn();

        assertEquals(freed, store.freedBytes, "the settlement may be lost");
        assertTrue(loop.nextTimerMs() > nowMs, "there is nothing to do but to wait for it");
        store.heldBack = 0;
        turn();
        assertTrue(store.freedBytes > freed, "nothing was given up");
    }

    private static ClientFrame settle(int consumer, long partition) {
        return new ClientFrame.Settle(
                0, 0, consumer, ClientFrame.Verb.ACCEPT, partition, new long[] {0, 0});
    }

    private void settleAll(long partition) {
        say(
                new ClientFrame.Settle(
                        0, 0, 1, ClientFrame.Verb.ACCEPT, partition, new long[] {0, MESSAGES - 1}));
    }
}
