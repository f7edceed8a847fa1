// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    void comparesByCasesAndLatenciesInOneReport() throws IOException {
        int exitCode =
                perf(
                        "compare",
                        "--start=taffrail",
                        "--durability=page-cache",
                        "--case=sync-send:1",
                        "--case=round-trip:1+1",
                        "--rate=20,40",
                        "--warmup=100ms",
                        "--duration=300ms",
                        "--repetitions=2",
                        "--java-options=-Xmx256m -XX:TieredStopAtLevel=1",
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        String text = Files.readString(folder.resolve("report.txt"));
        assertEquals(text, out.toString());
        for (String part :
                new String[] {
                    "\nround-trip:1+1 ",
                    "share of what this machine allows",
                    "costs a message",
                    "at 40 messages/s\n",
                    "send-ack, lag off, us",
                    "times the least",
                    "this machine at most: round trip over loopback"
                }) {
            assertTrue(text.contains(part), text);
        }
        assertTrue(Files.exists(folder.resolve("report.html")));
    }

    @Test
    void measuresEveryKindOfWorkAndWhatItCosts() {
        int exitCode =
                perf(
                        "throughput",
                        "--start=taffrail",
                        "--durability=force",
                        "--warmup=50ms",
                        "--duration=200ms",
                        "--backlog=1",
                        "--repetitions=1",
                        "--java-options=-Xmx256m -XX:TieredStopAtLevel=1",
                        "--case=sync-send:1",
                        "--case=drain:2-client@100",
                        "--case=drain:1-transacted",
                        "--case=fan-out:1x3@10KiB",
                        "--case=fan-out-durable:1x3-dups-ok",
                        "--case=request-reply:2",
                        "--case=selector:3",
                        "--case=many-queues:10",
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        String text = out.toString();
        for (String row :
                new String[] {
                    "drain:2-client@100 ",
                    "drain:1-transacted ",
                    "fan-out:1x3@10KiB, deliveries/s ",
                    "fan-out-durable:1x3-dups-ok, sends/s ",
                    "request-reply:2, exchanges/s ",
                    "selector:3 ",
                    "many-queues:10 ",
                    "request-reply:2, taffrail: an exchange took "
                }) {
            assertTrue(text.contains("\n" + row), text);
        }
        String costs = text.substring(text.indexOf("costs a message"));
        assertTrue(costs.matches("(?s).*\nsync-send:1 +taffrail( +[0-9][0-9.,]*){6}\n.*"), costs);
        assertFalse(text.contains("note:"), text);
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
