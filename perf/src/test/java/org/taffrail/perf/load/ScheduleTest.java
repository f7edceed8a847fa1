// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void dealsOutAnEvenPaceToTheProducersInTurn() {
        Schedule schedule = new Schedule(500, 1_000, 2);

        assertEquals(500, schedule.intendedNs(0, 0));
        assertEquals(500 + 1_000_000, schedule.intendedNs(1, 0));
        assertEquals(500 + 2_000_000, schedule.intendedNs(0, 1));
    }

    @Test
    void doesNotDriftOverAnHourWhenTheIntervalIsNoWholeNumber() {
        Schedule schedule = new Schedule(0, 3, 1);

        assertEquals(3_600 * SECOND_NS, schedule.intendedNs(0, 3 * 3_600));
    }

    @Test
    void refusesARateOutOfBounds() {
        assertThrows(IllegalArgumentException.class, () -> new Schedule(0, 0, 1));
        assertThrows(
                IllegalArgumentException.class, () -> new Schedule(0, Schedule.RATE_MAX + 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Schedule(0, 1, 0));
    }

    @Property
    void countsExactlyWhatIsIntendedBeforeTheEnd(
            @ForAll @LongRange(min = 1, max = Schedule.RATE_MAX) long rate,
            @ForAll @IntRange(min = 1, max = 100) int producers,
            @ForAll @LongRange(min = 1, max = 86_400 * SECOND_NS) long durationNs) {
        Schedule schedule = new Schedule(0, rate, producers);

        for (int producer = 0; producer < producers; producer++) {
            long count = schedule.count(producer, durationNs);
            assertTrue(count == 0 || schedule.intendedNs(producer, count - 1) < durationNs);
            assertTrue(schedule.intendedNs(producer, count) >= durationNs);
        }
    }
}
