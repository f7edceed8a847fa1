// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

class CostsTest {
    private final List<String> readings = new ArrayList<>();
    private final Meters meters = new Meters();
    private long bytes;
    private long ns;
    private boolean broken;

    private long read(String what, long count) throws IOException {
        readings.add(what);
        if (broken && what.equals("disk")) {
            throw new IOException("gone");
        }
        return count;
    }

    private void addBoth() {
        meters.add(Cost.FILE_WRITTEN, Meter.counting(() -> read("disk", bytes)));
        meters.add(Cost.BROKER_CPU, Meter.counting(() -> read("cpu", ns)));
    }

    @Test
    void countsWhatIsUsedWithinSpansOnly() {
        addBoth();
        for (int span = 0; span < 3; span++) {
            meters.begin();
            bytes += 100;
            ns += 7;
            meters.end();
            bytes += 1_000_000;
        }

        assertEquals(Map.of(Cost.FILE_WRITTEN, 300L, Cost.BROKER_CPU, 21L), meters.totals());
        assertEquals(List.of(), meters.notes());
    }

    @Test
    void readsTheMetersAddedLaterWithinTheOthers() {
        addBoth();
        meters.begin();
        meters.end();

        assertEquals(List.of("disk", "cpu", "cpu", "disk"), readings);
    }

    @Test
    void leavesAMeterOutForGoodOnceItHasFailed() {
        addBoth();
        meters.begin();
        broken = true;
        meters.end();
        broken = false;
        meters.begin();
        ns += 5;
        meters.end();

        assertEquals(Map.of(Cost.BROKER_CPU, 5L), meters.totals());
        assertEquals(
                List.of("no figures for file bytes: java.io.IOException: gone"), meters.notes());
    }

    @Test
    void dividesByTheMessagesWhatMessagesCost() {
        Costs costs =
                Costs.of(
                        Map.of(
                                Cost.BROKER_CPU, 50_000L,
                                Cost.FORCES, 1L,
                                Cost.BROKER_RESIDENT, 3L * 1024 * 1024),
                        4,
                        List.of());

        assertEquals(
                Map.of(Cost.BROKER_CPU, 12.5, Cost.FORCES, 0.25, Cost.BROKER_RESIDENT, 3.0),
                costs.figures());
        assertEquals("12.5", Cost.BROKER_CPU.print(12.5));
        assertEquals("0.250", Cost.FORCES.print(0.25));
    }

    @Test
    void knowsNothingOfNoMessages() {
        assertEquals(Map.of(), Costs.of(Map.of(Cost.FORCES, 1L), 0, List.of()).figures());
    }

    @Test
    void surviveTheWayThroughAFile() {
        Costs costs = new Costs(Map.of(Cost.FILE_WRITTEN, 4096.5), List.of("one", "two"));
        Properties outcome = new Properties();
        costs.addTo(outcome);

        assertEquals(costs, Costs.of(outcome));
        assertEquals(new Costs(Map.of(), List.of()), Costs.of(new Properties()));
    }

    @Test
    void aForceBelongsToTheSpanThatItBeganIn() {
        Spans spans = new Spans();
        Instant start = Instant.ofEpochSecond(1_000);
        spans.add(start, start.plusMillis(10));
        spans.add(start.plusMillis(20), start.plusMillis(30));

        assertFalse(spans.contain(start.minusNanos(1)));
        assertTrue(spans.contain(start));
        assertTrue(spans.contain(start.plusNanos(9_999_999)));
        assertFalse(spans.contain(start.plusMillis(10)));
        assertFalse(spans.contain(start.plusMillis(19)));
        assertTrue(spans.contain(start.plusMillis(25)));
        assertFalse(spans.contain(start.plusMillis(30)));
    }

    @Test
    void threadsThatBeganCountWholeAndThoseThatEndedDoNot() {
        ThreadAllocation earlier = new ThreadAllocation(Map.of(1L, 100L, 2L, 5_000L));
        ThreadAllocation later = new ThreadAllocation(Map.of(1L, 130L, 3L, 7L));

        assertEquals(37, ThreadAllocation.between(earlier, later));
    }

    @Test
    void findsWhatThisThreadAllocates() {
        ThreadAllocation before = ThreadAllocation.here();
        byte[] allocated = new byte[10_000_000];
        long between = ThreadAllocation.between(before, ThreadAllocation.here());

        assertTrue(between >= allocated.length, () -> "found " + between);
    }
}
