// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.taffrail.samples.requestreply.TideSummary.Busy;
import org.taffrail.samples.requestreply.TideSummary.Closed;
import org.taffrail.samples.requestreply.TideSummary.Odd;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Every kind of failure is noticed: a sample that verifies itself must be able to fail. */
class TideSummaryTest {
    private static final List<String> NOTHING = Arrays.asList(null, null);
    private static final Closed CLOSED = new Closed(3, 0, 0);
    private static final Odd ODD =
            new Odd(
                    List.of("there is no tide table for Basel"),
                    List.of("the request can't be processed"),
                    List.of(10),
                    NOTHING,
                    0);
    private static final Busy BUSY = new Busy(100, 100, 0, Map.of("a", 60, "b", 40), 0);

    private static List<String> problems(Closed closed, Odd odd, Busy busy) {
        return new TideSummary(closed, odd, busy, Map.of(), List.of()).problems();
    }

    @Test
    void nothingIsWrongWithAGoodDay() {
        assertEquals(List.of(), problems(CLOSED, ODD, BUSY));
    }

    @Test
    void expiredRequestsMustNotReachTheService() {
        assertEquals(
                List.of("2 expired requests reached the service"),
                problems(new Closed(3, 0, 2), ODD, BUSY));
        assertEquals(
                List.of("a request to a closed service was answered"),
                problems(new Closed(3, 1, 0), ODD, BUSY));
    }

    @Test
    void whatHasNoAnswerMustBeRefusedInWords() {
        List<String> silent = Arrays.asList((String) null);
        List<String> refused = ODD.unknownPorts();
        List<String> dead = ODD.poison();
        List<Integer> ten = List.of(10);
        assertEquals(
                List.of("an unknown port was not refused: [null]"),
                problems(CLOSED, new Odd(silent, dead, ten, NOTHING, 0), BUSY));
        assertEquals(
                List.of("a poison request was not refused: [null]"),
                problems(CLOSED, new Odd(refused, silent, ten, NOTHING, 0), BUSY));
        assertEquals(
                List.of("a poison request was not tried again: [1]"),
                problems(CLOSED, new Odd(refused, dead, List.of(1), NOTHING, 0), BUSY));
        assertEquals(
                List.of("who had lost patience was told [late, null], and later by 0 replies"),
                problems(
                        CLOSED, new Odd(refused, dead, ten, Arrays.asList("late", null), 0), BUSY));
        assertEquals(
                List.of("who had lost patience was told [null, null], and later by 1 replies"),
                problems(CLOSED, new Odd(refused, dead, ten, NOTHING, 1), BUSY));
    }

    @Test
    void everyRequestMustBeAnsweredRightlyOnceByOneOfSeveral() {
        Map<String, Integer> shared = BUSY.answeredBy();
        assertEquals(
                List.of("99 of 100 requests were answered rightly"),
                problems(CLOSED, ODD, new Busy(100, 99, 0, shared, 0)));
        assertEquals(
                List.of("1 requests were handed out twice"),
                problems(CLOSED, ODD, new Busy(100, 100, 1, shared, 0)));
        assertEquals(
                List.of("an instance went on after it was shut down"),
                problems(CLOSED, ODD, new Busy(100, 100, 0, shared, 1)));
        assertEquals(
                List.of("the instances did not share the work"),
                problems(CLOSED, ODD, new Busy(100, 100, 0, Map.of("a", 100), 0)));
    }

    @Test
    void nothingMayBeLeftAndNoThreadMayFail() {
        assertEquals(
                List.of("instance-1: broken", "messages are left: {tides.replies=1}"),
                new TideSummary(
                                CLOSED,
                                ODD,
                                BUSY,
                                Map.of("tides.replies", 1),
                                List.of("instance-1: broken"))
                        .problems());
    }
}
