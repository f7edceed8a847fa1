// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void namesTheOrdersItWaitedForInVain() {
        ledger.sending("A");
        ledger.sending("B");
        ledger.filled("A", "clerk-1");

        DeskException inVain = assertThrows(DeskException.class, () -> ledger.awaitAllClosed(1));

        assertEquals(
                "waited 1 ms in vain; of 2 orders, 1 are neither filled nor dead: B",
                inVain.getMessage());
    }

    @Test
    void waitsUntilTheLastOrderIsClosed()
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            ledger.sending("A");
            ledger.sending("B");
            Future<?> waiting =
                    other.submit(
                            () -> {
                                ledger.awaitAllClosed(60_000);
                                return null;
                            });
            ledger.filled("A", "clerk-1");
            assertFalse(waiting.isDone());

            ledger.turnedDown("B", 10, "mistyped");
            ledger.deadLettered("B");

            waiting.get(60, TimeUnit.SECONDS);
        } finally {
            other.shutdownNow();
        }
        assertEquals(Map.of("A", 1), ledger.accounts().filled());
        assertEquals(
                List.of(new DeskSummary.DeadLetter("B", 10, "mistyped")),
                ledger.accounts().deadLettered());
    }

    @Test
    void stopsWaitingWhenAThreadFails() {
        ledger.sending("A");
        ledger.fault("clerk-1: connection lost");

        DeskException failed =
                assertThrows(DeskException.class, () -> ledger.awaitAllClosed(60_000));

        assertEquals("a thread of the desk failed: clerk-1: connection lost", failed.getMessage());
    }

    @Test
    void countsWhatTheUrgentOrderOvertook() {
        for (String id : List.of("A", "B", "C", "urgent", "later")) {
            ledger.sending(id);
        }
        ledger.handedOut("B", "clerk-2");
        ledger.handedOut("urgent", "clerk-1");
        ledger.handedOut("A", "clerk-1");
        ledger.handedOut("C", "clerk-2");
        ledger.handedOut("B", "clerk-2"); // again: it keeps its place
        ledger.handedOut("later", "clerk-1");

        assertEquals(
                new DeskSummary.Overtaking("urgent", "clerk-1", true, 2),
                ledger.overtaking("urgent", 4));
        assertEquals(
                new DeskSummary.Overtaking("C", "clerk-2", false, 0), ledger.overtaking("C", 4));
    }
}
