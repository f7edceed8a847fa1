// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.taffrail.samples.replay.ReplaySummary.Counts;
import org.taffrail.samples.replay.ReplaySummary.Traced;

import java.util.List;
import java.util.Map;

/** Every kind of failure is noticed: a sample that verifies itself must be able to fail. */
class ReplaySummaryTest {
    private static final Map<String, Integer> SHELF = Map.of("rope", 7);
    private static final Map<String, Integer> WRONG = Map.of("rope", 5);
    private static final Counts COUNTS = new Counts(10, 10, 0, 10, 0, 0);
    private static final Traced TRACED = new Traced(List.of("r"), List.of("r"));

    private static List<String> problems(
            Map<String, Integer> wrong, Map<String, Integer> rebuilt, Counts counts) {
        return new ReplaySummary(SHELF, wrong, rebuilt, counts, TRACED, List.of()).problems();
    }

    @Test
    void nothingIsWrongWhereTheBooksAreRightAgain() {
        assertEquals(List.of(), problems(WRONG, SHELF, COUNTS));
    }

    @Test
    void theBooksMustHaveBeenWrongAndMustBeRight() {
        assertEquals(
                List.of("the books of the first day were right by chance"),
                problems(SHELF, SHELF, COUNTS));
        assertEquals(
                List.of("the rebuilt books say {rope=5}, but the shelf has {rope=7}"),
                problems(WRONG, WRONG, COUNTS));
    }

    @Test
    void liveConsumersMustGetEverythingOnceAndSoMustTheReplay() {
        assertEquals(
                List.of("of 10 messages the live consumers got 9"),
                problems(WRONG, SHELF, new Counts(10, 9, 0, 10, 0, 0)));
        assertEquals(
                List.of("of 10 messages the live consumers got 10"),
                problems(WRONG, SHELF, new Counts(10, 10, 1, 10, 0, 0)));
        assertEquals(
                List.of("of 10 messages the replay got 11"),
                problems(WRONG, SHELF, new Counts(10, 10, 0, 11, 1, 0)));
        assertEquals(
                List.of("3 messages are left on the queue"),
                problems(WRONG, SHELF, new Counts(10, 10, 0, 10, 0, 3)));
    }

    @Test
    void whatIsLookedForMustBeFound() {
        Traced nothing = new Traced(List.of(), List.of());
        Traced missed = new Traced(List.of("r", "s"), List.of("r"));
        assertEquals(
                List.of("found [r] instead of [r, s]"),
                new ReplaySummary(SHELF, WRONG, SHELF, COUNTS, missed, List.of()).problems());
        assertEquals(
                List.of("found [] instead of []"),
                new ReplaySummary(SHELF, WRONG, SHELF, COUNTS, nothing, List.of()).problems());
    }
}
