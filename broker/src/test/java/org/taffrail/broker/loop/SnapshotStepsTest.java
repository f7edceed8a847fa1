// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;

/** A long snapshot stands nobody in the way. */
class SnapshotStepsTest extends LoopRig {
    private static final int STEP_BYTES = 64;
    private static final int STEPS_LEAST = 64;

    @Test
    void aPartIsWrittenInStepsAndIsOfWhenItWasTaken() throws StoreException {
        start(Limits.defaults(), STEPS_LEAST * STEP_BYTES);
        long partition = queue("q");
        consume("q");
        for (int i = 0; i < 10; i++) {
            send(partition, message("m" + i).priority(i));
        }
        turn();
        nowMs += SnapshotSchedule.IDLE_MS;
        int before = store.snapshots;

        assertTrue(loop.turn(nowMs), "one step is not all");
        assertEquals(before + 1, store.snapshots);
        long unpublished = store.bytesSinceSnapshot();
        assertTrue(loop.turn(nowMs), "nor are two");
        say(new ClientFrame.Settle(0, 0, 1, Verb.ACCEPT, partition, new long[] {3, 3}));
        turn();

        assertTrue(store.bytesSinceSnapshot() < unpublished, "it was published");
        assertEquals(before + 1, store.snapshots);
        start(Limits.defaults(), NEVER);
        assertFalse(loop.core().needs(partition, 3, 3), "what was settled meanwhile is settled");
        assertTrue(loop.core().needs(partition, 2, 2));
        assertTrue(loop.core().needs(partition, 4, 4));
    }
}
