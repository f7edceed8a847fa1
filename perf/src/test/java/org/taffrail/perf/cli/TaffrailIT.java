// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

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
    void measuresSeveralRatesInOneCall() throws IOException {
        int exitCode = latency("--rate=20,40");

        assertEquals(0, exitCode, err::toString);
        assertTrue(out.toString().contains("Latency at 20; 40 messages/s"), out::toString);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("Latency by rate"), page);
        assertTrue(page.contains("taffrail at 40 messages/s, p99: "), page);
    }

    @Test
    void endsASweepAtTheBoundOfItsP99() {
        int exitCode = latency("--sweep", "--rate=20", "--p99-max=0ms");

        assertEquals(0, exitCode, err::toString);
        assertTrue(out.toString().contains("Latency at 20 messages/s"), out::toString);
    }

    private int latency(String... rates) {
        List<String> arguments = new ArrayList<>(List.of("latency", "--start=taffrail"));
        arguments.addAll(List.of(rates));
        arguments.addAll(List.of("--warmup=200ms", "--duration=500ms", "--out=" + folder));
        return perf(arguments.toArray(String[]::new));
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
