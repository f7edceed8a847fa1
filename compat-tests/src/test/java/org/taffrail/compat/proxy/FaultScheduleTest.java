// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Chance that can be repeated. */
class FaultScheduleTest {
    private static final int SILENCE_MS = 500;

    private static List<Fault> faults(long seed, int count) {
        FaultSchedule schedule = new FaultSchedule(seed, SILENCE_MS);
        return Stream.generate(schedule::next).limit(count).toList();
    }

    @Test
    void saysTheSameFromTheSameSeedOnly() {
        assertEquals(faults(17, 100), faults(17, 100));
        assertNotEquals(faults(17, 100), faults(18, 100));
    }

    @Test
    void comesToEachFaultInEachDirection() {
        Set<Fault.Kind> kinds = EnumSet.noneOf(Fault.Kind.class);
        Set<Flow.Passage> passages = EnumSet.noneOf(Flow.Passage.class);
        for (Fault fault : faults(1, 200)) {
            kinds.add(fault.kind());
            passages.add(fault.flow().passage());
            assertTrue(fault.lastsMs() <= 2 * SILENCE_MS, fault.toString());
        }
        assertEquals(EnumSet.allOf(Fault.Kind.class), kinds);
        assertEquals(EnumSet.allOf(Flow.Passage.class), passages);
        assertEquals(3, faults(1, 200).stream().map(Fault::directions).distinct().count());
    }

    @Test
    void isShownWithItsSeedAndItsLatestFaults() {
        FaultSchedule schedule = new FaultSchedule(17, SILENCE_MS);
        Fault fault = schedule.next();
        assertTrue(schedule.toString().contains("seed 17"), schedule.toString());
        assertTrue(schedule.toString().contains(fault.toString()), schedule.toString());
    }
}
