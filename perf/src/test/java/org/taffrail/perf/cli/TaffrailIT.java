// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Short runs against Taffrail in a process of its own, alone and in turns with a peer. */
class TaffrailIT extends CommandIT {
    @Test
    void measuresAndVerifiesLatency() {
        int exitCode =
                perf(
                        "latency",
                        "--start=taffrail",
                        "--rate=20",
                        "--warmup=500ms",
                        "--duration=2s",
                        "--producers=2",
                        "--consumers=2",
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        assertTrue(out.toString().contains("verified 50 deliveries"), out::toString);
    }

    @Test
    void measuresLargeTransactionsInTurnsWithAPeer() {
        int exitCode =
                perf(
                        "throughput",
                        "--start=taffrail",
                        "--start=artemis",
                        "--durability=force",
                        "--warmup=100ms",
                        "--duration=500ms",
                        "--repetitions=1",
                        "--case=transacted:3000",
                        "--case=xa:10",
                        "--case=round-trip:2+2",
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        for (String row : new String[] {"transacted:3000", "xa:10", "round-trip:2+2"}) {
            assertTrue(out.toString().contains("\n" + row + " "), out::toString);
        }
        assertTrue(out.toString().contains("taffrail"), out::toString);
        assertTrue(out.toString().contains("artemis"), out::toString);
    }
}
