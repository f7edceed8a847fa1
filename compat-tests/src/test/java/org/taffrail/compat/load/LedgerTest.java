// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The judge is judged: each broken word must be named. */
class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void findsNothingWhereTheWordIsKept() {
        ledger.ended(List.of("a"), null, Ledger.Outcome.DONE);
        ledger.ended(List.of("b", "c"), null, Ledger.Outcome.IN_DOUBT);
        ledger.ended(List.of("d"), null, Ledger.Outcome.UNDONE);
        ledger.received("a", "1", false, 1);
        ledger.received("a", "1", true, 2);
        ledger.settled("a");
        assertEquals(List.of(), ledger.violations());
    }

    @Test
    void namesALostSend() {
        ledger.ended(List.of("a"), null, Ledger.Outcome.DONE);
        assertViolated("NoAcknowledgedSendLost");
    }

    @Test
    void namesHalfATransaction() {
        ledger.ended(List.of("a", "b"), null, Ledger.Outcome.IN_DOUBT);
        ledger.received("a", "1", false, 1);
        assertViolated("TransactionAllOrNothing");
    }

    @Test
    void namesWhatWasRolledBackButIsThere() {
        ledger.ended(List.of("a"), null, Ledger.Outcome.UNDONE);
        ledger.received("a", "1", false, 1);
        assertViolated("TransactionAllOrNothing");
    }

    @Test
    void namesASettledMessageThatReturns() {
        ledger.ended(List.of("a"), null, Ledger.Outcome.DONE);
        ledger.received("a", "1", false, 1);
        ledger.settled("a");
        ledger.received("a", "1", true, 2);
        assertViolated("NoSettledMessageReturns");
    }

    @Test
    void namesAMissingFlagAndAMissingCount() {
        ledger.ended(List.of("a"), null, Ledger.Outcome.DONE);
        ledger.received("a", "1", false, 1);
        ledger.received("a", "1", false, 2);
        ledger.received("a", "1", true, 1);
        assertEquals(2, ledger.violations().size());
        assertViolated("RedeliveredFlagSet");
    }

    @Test
    void namesAMessageThatIsThereTwice() {
        ledger.ended(List.of("a"), null, Ledger.Outcome.DONE);
        ledger.received("a", "1", false, 1);
        ledger.received("a", "2", true, 2);
        assertViolated("AcknowledgedSendIsThereOnce");
    }

    @Test
    void namesAMessageThatWasForwardedTwice() {
        ledger.ended(List.of("source"), null, Ledger.Outcome.DONE);
        ledger.received("source", "0", false, 1);
        ledger.ended(List.of("a"), "source", Ledger.Outcome.IN_DOUBT);
        ledger.received("source", "0", true, 2);
        ledger.ended(List.of("b"), "source", Ledger.Outcome.DONE);
        ledger.received("a", "1", false, 1);
        ledger.received("b", "2", false, 1);
        assertViolated("TransactionAllOrNothing");
    }

    @Test
    void keepsWhatElseWasSeenToBeWrong() {
        ledger.violated("DeliveredAsAsked: a came too early");
        assertEquals(1, ledger.violationsSoFar().size());
        assertViolated("DeliveredAsAsked");
    }

    private void assertViolated(String invariant) {
        assertTrue(
                ledger.violations().stream().anyMatch(text -> text.startsWith(invariant)),
                ledger.violations().toString());
    }
}
