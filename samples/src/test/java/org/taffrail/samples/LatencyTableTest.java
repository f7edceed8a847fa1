// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class LatencyTableTest {
    private final LatencyTable table = new LatencyTable();

    @Test
    void printsPercentilesInMicroseconds() {
        for (int micros = 1; micros <= 1000; micros++) {
            table.sent(micros * 1_000L);
        }
        table.received(12_345_000);

        // within the three digits that a histogram keeps
        assertEquals(
                List.of(
                        "microseconds      count       p50       p90       p99     p99.9       max",
                        "send               1000     500.2     900.1     990.2     999.4    1000.4",
                        "end to end            1   12345.3   12345.3   12345.3   12345.3   12345.3"),
                table.text().lines().map(String::strip).toList());
    }

    @Test
    void printsZerosBeforeAnythingWasMeasured() {
        assertEquals(
                "send                  0       0.0       0.0       0.0       0.0       0.0",
                table.text().lines().map(String::strip).toList().get(1));
    }

    @Test
    void boundsWhatAClockThatJumpsMayGive() {
        table.sent(-1);
        table.sent(Long.MAX_VALUE);

        assertEquals("2", table.text().lines().toList().get(1).strip().split(" +")[1]);
    }
}
