// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.taffrail.samples.orderdesk.DeskSummary.Accounts;
import org.taffrail.samples.orderdesk.DeskSummary.CatchUp;
import org.taffrail.samples.orderdesk.DeskSummary.DeadLetter;
import org.taffrail.samples.orderdesk.DeskSummary.Overtaking;
import org.taffrail.samples.orderdesk.DeskSummary.Quotes;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

class DeskSummaryTest {
    private static final DeadLetter DEAD_B = new DeadLetter("B", 10, "mistyped");
    private static final Overtaking OVERTOOK = new Overtaking("A", "clerk-1", true, 7);
    private static final CatchUp CAUGHT_UP = new CatchUp(List.of("x", "y"), List.of("x", "y"));
    private static final Quotes ANSWERED = new Quotes(8, 8);

    @Test
    void hasNoProblemWhenEachOrderIsFilledOrDead() {
        assertProblems(accounts(Map.of("A", 1), DEAD_B));
    }

    @Test
    void findsALostOrder() {
        assertProblems(accounts(Map.of("A", 1)), "order B is accounted for 0 times");
    }

    @Test
    void findsAnOrderFilledTwice() {
        assertProblems(accounts(Map.of("A", 2), DEAD_B), "order A is accounted for 2 times");
    }

    @Test
    void findsAnOrderBothFilledAndDead() {
        assertProblems(
                accounts(Map.of("A", 1, "B", 1), DEAD_B), "order B is accounted for 2 times");
    }

    @Test
    void findsAnOrderDeadTwice() {
        assertProblems(
                accounts(Map.of("A", 1), DEAD_B, DEAD_B), "order B is accounted for 2 times");
    }

    @Test
    void findsAnOrderThatWasNeverSent() {
        assertProblems(
                accounts(Map.of("A", 1, "C", 1), DEAD_B), "2 orders sent, but 3 accounted for");
    }

    @Test
    void findsAnUrgentOrderThatHadToWait() {
        assertProblems(
                summary(new Overtaking("A", "clerk-1", false, 7), CAUGHT_UP, ANSWERED),
                "urgent order A did not overtake those waiting");
        assertProblems(
                summary(new Overtaking("A", "clerk-1", true, 0), CAUGHT_UP, ANSWERED),
                "urgent order A did not overtake those waiting");
    }

    @Test
    void findsBulletinsMissedOrOutOfOrder() {
        assertProblems(
                summary(OVERTOOK, new CatchUp(List.of("x", "y"), List.of("y", "x")), ANSWERED),
                "the subscriber that was away caught up with [y, x] instead of [x, y]");
    }

    @Test
    void findsQuotesAnsweredWrongly() {
        assertProblems(
                summary(OVERTOOK, CAUGHT_UP, new Quotes(8, 7)), "7 of 8 quotes answered rightly");
    }

    @Test
    void repeatsTheFaultsOfThreads() {
        assertProblems(
                new DeskSummary(
                        accounts(Map.of("A", 1), DEAD_B).accounts(),
                        OVERTOOK,
                        CAUGHT_UP,
                        ANSWERED,
                        List.of("clerk-1 failed")),
                "clerk-1 failed");
    }

    private static DeskSummary accounts(Map<String, Integer> filled, DeadLetter... dead) {
        Accounts accounts =
                new Accounts(List.of("A", "B"), filled, List.of(dead), Map.of(), BigDecimal.ZERO);
        return new DeskSummary(accounts, OVERTOOK, CAUGHT_UP, ANSWERED, List.of());
    }

    private static DeskSummary summary(Overtaking urgent, CatchUp bulletins, Quotes quotes) {
        Accounts accounts = accounts(Map.of("A", 1), DEAD_B).accounts();
        return new DeskSummary(accounts, urgent, bulletins, quotes, List.of());
    }

    private static void assertProblems(DeskSummary summary, String... problems) {
        assertEquals(List.of(problems), summary.problems());
    }
}
