// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

class TideTableTest {
    private static final long HALF_DAY_MS = 44_714_164;

    @Test
    void highWaterComesTwiceADayAndIsAlwaysLater() {
        for (String port : TideTable.ports()) {
            long at = 1_767_225_600_000L;
            for (int i = 0; i < 60; i++) {
                TideTable.HighWater next = TideTable.next(port, at);
                assertTrue(next.timeMs() > at, port);
                assertTrue(next.timeMs() - at <= HALF_DAY_MS + 1, port);
                assertEquals(next, TideTable.next(port, next.timeMs() - 1), port);
                at = next.timeMs();
            }
        }
    }

    @Test
    void portsDifferAndTheFortnightChangesTheHeight() {
        List<String> ports = TideTable.ports();
        assertEquals(
                ports.size(),
                ports.stream().map(port -> TideTable.next(port, 0)).distinct().count());
        assertNotEquals(
                TideTable.next("Brest", 0).heightCm(),
                TideTable.next("Brest", 7 * 24 * 3_600_000L).heightCm());
    }
}
