// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.Message;
import org.taffrail.broker.core.TestLimits;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.RecordAssembly;
import org.taffrail.wire.record.RecordParts;
import org.taffrail.wire.record.RunLayout;

import java.util.List;

/** Large messages and a store that takes its time. */
class LargeMessageLoopTest extends LoopRig {
    private static final int PIECE = 40;

    /** In 500 parts of 8 bytes, of which a step takes 25 bytes. */
    private static final Message LARGE = message("0123456789".repeat(400));

    private void startSmall() throws StoreException {
        start(TestLimits.limits().recordBytesMax(100).transactionMemoryBytes(500).build(), NEVER);
    }

    private void sendLarge(long partition) {
        RecordParts parts = LARGE.parts(PIECE);
        for (int i = 0; i < parts.pieces(); i++) {
            ByteSink sink = new ByteSink(64);
            parts.write(sink, i, partition);
            RunLayout.address(sink.array(), 0, partition, PRODUCER, sequence++);
            say(new ClientFrame.Send(5, sink.array(), 0, sink.length()));
        }
        say(new ClientFrame.Commit(request++, 5));
    }

    private List<BrokerFrame.DeliverPart> parts() {
        return heard.stream()
                .filter(BrokerFrame.DeliverPart.class::isInstance)
                .map(BrokerFrame.DeliverPart.class::cast)
                .toList();
    }

    private void assertWhole() {
        RecordAssembly assembly = null;
        boolean whole = false;
        for (BrokerFrame frame : heard) {
            if (frame instanceof BrokerFrame.Deliver deliver) {
                assembly = new RecordAssembly(deliver.array(), deliver.at());
            } else if (frame instanceof BrokerFrame.DeliverPart part) {
                whole = assembly.add(part.index(), part.array(), part.at(), part.length());
            }
        }
        assertTrue(whole);
        ByteSink sink = new ByteSink(64);
        LARGE.encode(sink);
        assertArrayEquals(sink.toByteArray(), assembly.record());
    }

    @Test
    void littleIsToldThatTheDiskDoesNotLetSay() throws StoreException {
        startSmall();
        long partition = queue("q");
        long other = queue("other");
        sendLarge(partition);
        turn();
        store.heldBack = Integer.MAX_VALUE;
        otherSends(other, message("waits for the disk"));

        consume("q");
        turn();
        assertEquals(List.of(), parts());
        store.heldBack = 0;
        loop.turn(nowMs);

        int atOnce = parts().size();
        assertTrue(atOnce > 0 && atOnce < 60, atOnce + " parts were told");
        turn();
        assertWhole();
        assertTrue(loop.isQuiet());
    }

    @Test
    void partsAreToldAsTheyArriveAndNotAskedForBefore() throws StoreException {
        startSmall();
        long partition = queue("q");
        consume("q");
        store.readsHeldBack = true;
        sendLarge(partition);
        turn();
        assertEquals(List.of(), parts());
        assertEquals(1, store.questions.size());

        store.readsHeldBack = false;
        turn();

        assertWhole();
        assertTrue(loop.isQuiet());
    }

    @Test
    void aStartAfterwardsBringsItWhole() throws StoreException {
        startSmall();
        sendLarge(queue("q"));
        turn();
        heard.clear();
        startSmall();
        consume("q");
        turn();
        assertWhole();
        assertFalse(heard.isEmpty());
    }
}
