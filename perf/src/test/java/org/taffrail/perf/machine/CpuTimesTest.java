// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class CpuTimesTest {
    @Test
    void idleAndWaitingForDisksIsNotBusy() {
        //              user nice system idle iowait irq softirq steal
        CpuTimes times = CpuTimes.of(List.of("10", "1", "5", "70", "8", "2", "3", "1"), 4);

        assertEquals(new CpuTimes(100, 22, 4), times);
    }

    @Test
    void whatIsBusyAndNotOursIsOthers() {
        CpuTimes earlier = new CpuTimes(1_000, 500, 300);
        CpuTimes later = new CpuTimes(1_200, 650, 400);

        assertEquals(0.25, later.othersShareSince(earlier));
        assertEquals(0, earlier.othersShareSince(earlier));
    }

    @Test
    void readsTimesOfAProcessWhateverItIsCalled() {
        String stat =
                "42 (a) b (c)) S 1 42 42 0 -1 4194304 100 200 0 0 11 22 33 44 20 0 5 0 999 1 2";

        assertEquals(11 + 22 + 33 + 44, CpuTimes.processTicks(stat));
    }
}
