// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.taffrail.samples.xa.PaymentsSummary.Left;
import org.taffrail.samples.xa.PaymentsSummary.Life;

import java.util.List;
import java.util.Map;

/** Every kind of failure is noticed: a sample that verifies itself must be able to fail. */
class PaymentsSummaryTest {
    private static final List<String> SENT = List.of("a", "b");
    private static final Map<String, Integer> ONCE = Map.of("a", 1, "b", 1);
    private static final Left NOTHING = new Left(0, 0);
    private static final List<Life> LIVES =
            List.of(new Life(0, -1, true), new Life(2, -1, true), new Life(2, 5, false));

    private static List<String> problems(
            Map<String, Integer> rows, Map<String, Integer> receipts, Left left) {
        return new PaymentsSummary(SENT, rows, receipts, left, LIVES).problems();
    }

    @Test
    void nothingIsWrongWithOneRowAndOneReceiptEach() {
        assertEquals(List.of(), problems(ONCE, ONCE, NOTHING));
    }

    @Test
    void rowsAndReceiptsMustBeThereExactlyOnce() {
        assertEquals(List.of("b has 0 rows"), problems(Map.of("a", 1), ONCE, NOTHING));
        assertEquals(List.of("b has 2 rows"), problems(Map.of("a", 1, "b", 2), ONCE, NOTHING));
        assertEquals(
                List.of("a has 2 receipts", "b has 0 receipts"),
                problems(ONCE, Map.of("a", 2), NOTHING));
        assertEquals(
                List.of("c has 1 rows"), problems(Map.of("a", 1, "b", 1, "c", 1), ONCE, NOTHING));
    }

    @Test
    void nothingMayBeLeft() {
        assertEquals(
                List.of("1 payments are left on the queue", "2 branches are left in doubt"),
                problems(ONCE, ONCE, new Left(1, 2)));
    }

    @Test
    void theProcessesMustHaveDiedWhereTheyWereToAndFoundWhatTheirPredecessorsLeft() {
        List<Life> survived =
                List.of(new Life(0, 9, false), new Life(0, -1, true), new Life(2, -1, false));
        assertEquals(
                List.of(
                        "process 1 ended otherwise: Life[recovered=0, booked=9, killed=false]",
                        "process 2 found 0 branches",
                        "process 3 ended otherwise: Life[recovered=2, booked=-1, killed=false]"),
                new PaymentsSummary(SENT, ONCE, ONCE, NOTHING, survived).problems());
    }
}
