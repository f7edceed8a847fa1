// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.JMSException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class OpenLoopTest {
    private static final long MS = 1_000_000;
    private static final long START_NS = 77 * MS;
    private static final long SERVICE_NS = 100_000;

    private final FakeClock clock = new FakeClock(0);
    private final List<Long> latenciesNs = new ArrayList<>();
    private final List<Long> lagsNs = new ArrayList<>();

    /** 1,000 messages a second, one a millisecond. */
    private final OpenLoop loop = new OpenLoop(clock, new Schedule(START_NS, 1_000, 1), 0);

    private long run(long messages, long stallAt, long stallNs) throws JMSException {
        return loop.run(
                messages * MS,
                START_NS + 1_000 * MS,
                () -> false,
                (sequence, intendedNs, lagNs) -> {
                    clock.advance(sequence == stallAt ? stallNs : SERVICE_NS);
                    latenciesNs.add(clock.nanoTime() - intendedNs);
                    lagsNs.add(lagNs);
                });
    }

    @Test
    void sendsAtTheIntendedTimesWhenNothingStalls() throws JMSException {
        long unsent = run(5, -1, 0);

        assertEquals(0, unsent);
        assertEquals(
                List.of(SERVICE_NS, SERVICE_NS, SERVICE_NS, SERVICE_NS, SERVICE_NS), latenciesNs);
        assertEquals(List.of(0L, 0L, 0L, 0L, 0L), lagsNs);
    }

    @Test
    void stalledSendShowsInTheLatencyOfTheIntendedTimesBehindIt() throws JMSException {
        // the send at 2 ms stalls for 4 ms: those of 3, 4 and 5 ms wait for it, and catch up
        run(9, 2, 4 * MS);

        assertEquals(
                List.of(
                        SERVICE_NS,
                        SERVICE_NS,
                        4 * MS,
                        3 * MS + SERVICE_NS,
                        2 * MS + 2 * SERVICE_NS,
                        MS + 3 * SERVICE_NS,
                        4 * SERVICE_NS,
                        SERVICE_NS,
                        SERVICE_NS),
                latenciesNs);
    }

    @Test
    void stallOfTheProviderIsNoLagOfTheTimer() throws JMSException {
        run(9, 2, 4 * MS);

        assertEquals(0, lagsNs.stream().mapToLong(Long::longValue).max().orElseThrow());
    }

    @Test
    void oversleepingIsLagOfTheTimerAlsoForThoseBehindIt() throws JMSException {
        clock.oversleepOnce(2 * MS);

        run(5, -1, 0);

        assertEquals(
                List.of(
                        2 * MS + SERVICE_NS,
                        MS + 2 * SERVICE_NS,
                        3 * SERVICE_NS,
                        SERVICE_NS,
                        SERVICE_NS),
                latenciesNs);
        // without its lag every send would have taken what the provider took
        for (int i = 0; i < latenciesNs.size(); i++) {
            assertEquals(SERVICE_NS, latenciesNs.get(i) - lagsNs.get(i), "message " + i);
        }
    }

    @Test
    void catchesUpAfterTheEndOfTheSpan() throws JMSException {
        long unsent = run(5, 4, 50 * MS);

        assertEquals(0, unsent);
        assertEquals(50 * MS, latenciesNs.get(4));
    }

    @Test
    void givesUpAndSaysHowManyWereNotSent() throws JMSException {
        long unsent = run(5, 1, 2_000 * MS);

        assertEquals(3, unsent);
        assertEquals(2, latenciesNs.size());
    }

    @Test
    void stopsWhenToldTo() throws JMSException {
        long unsent =
                loop.run(
                        10 * MS,
                        START_NS + 1_000 * MS,
                        () -> latenciesNs.size() == 3,
                        (sequence, intendedNs, lagNs) -> latenciesNs.add(0L));

        assertEquals(7, unsent);
        assertEquals(3, latenciesNs.size());
    }
}
