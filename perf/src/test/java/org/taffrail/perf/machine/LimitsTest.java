// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class LimitsTest {
    @Test
    void theMedianIsNotTheMeanOfWhatFollowsOneAnother() {
        ForceTime time = ForceTime.of(new long[] {1_000_000, 7_000_000, 2_000_000});

        assertEquals(2_000, time.medianUs());
        assertEquals(300, time.perSecond(), 1e-9);
    }

    @Test
    void printsALineForEach() {
        Limits limits = new Limits(new ForceTime(812.4, 1_150.2), 21.04, 23.5, 412.4, 8.12);

        assertEquals(
                List.of(
                        "4 KiB appended and forced: 812 us in the median, 1,150 a second",
                        "round trip over loopback: 21.0 us with 1 byte, 23.5 us with 1 KiB",
                        "a file written and forced once: 412 MB/s",
                        "memory copied: 8.1 GB/s"),
                limits.lines());
    }

    @Test
    void bytesComeBackOverLoopback() throws IOException {
        try (Loopback loopback = Loopback.open(64)) {
            assertTrue(loopback.medianUs(64) > 0);
        }
    }
}
