// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.ClientFrame;

import java.util.List;
import java.util.concurrent.CompletableFuture;

class SettlementsTest {
    private final RecordingLink link = new RecordingLink(cause -> {});
    private final Settlements settlements = new Settlements();

    private void add(int consumerId, long... offsets) {
        for (long offset : offsets) {
            settlements.add(RecordingLink.delivery(consumerId, offset, 4, 0, ""));
        }
    }

    @Test
    void joinsOnlyWhatFollowsWithoutAGap() {
        add(1, 5, 6, 7, 9, 3, 4, 5);

        settlements.settle(link, 0, ClientFrame.Verb.ACCEPT);

        assertEquals(List.of("ACCEPT 1 [5, 7, 9, 9, 3, 5]"), link.calls());
        assertTrue(settlements.isEmpty());
    }

    @Test
    void keepsConsumersApart() {
        add(1, 1);
        add(2, 2);
        add(1, 2);
        assertEquals(3, settlements.size());

        settlements.settle(link, 3, ClientFrame.Verb.ACCEPT);

        assertEquals(List.of("ACCEPT 1 tx=3 [1, 2]", "ACCEPT 2 tx=3 [2, 2]"), link.calls());
        settlements.settle(link, 3, ClientFrame.Verb.ACCEPT);
        assertEquals(List.of(), link.calls());
    }

    @Test
    void isConfirmedWhenAllPartsAre() {
        CompletableFuture<Void> answer = link.park("settle");
        add(1, 1);
        add(2, 1);

        CompletableFuture<Void> done =
                settlements.settleConfirmed(link, ClientFrame.Verb.RELEASE_SEEN);

        assertEquals(
                List.of("RELEASE_SEEN 1 [1, 1] confirmed", "RELEASE_SEEN 2 [1, 1] confirmed"),
                link.calls());
        assertFalse(done.isDone());
        answer.complete(null);
        assertTrue(done.isDone());
    }
}
