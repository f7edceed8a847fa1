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

    private void settleAll(long partition) {
        say(
                new ClientFrame.Settle(
                        0, 0, 1, ClientFrame.Verb.ACCEPT, partition, new long[] {0, MESSAGES - 1}));
    }
}
