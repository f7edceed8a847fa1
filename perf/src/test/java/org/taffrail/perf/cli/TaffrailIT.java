// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Short runs against Taffrail in a process of its own, alone and in turns with a peer. */
class TaffrailIT extends CommandIT {
    @Test
    void measuresAndVerifiesLatencyAtSeveralRatesInOneCall() throws IOException {
        int exitCode =
                perf(
                        "latency",
                        "--start=taffrail",
                        "--rate=20,40",
                        "--warmup=200ms",
                        "--duration=500ms",
                        "--producers=2",
                        "--consumers=2",
                        SMALL_JVM,
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        String text = out.toString();
        assertTrue(text.contains("Latency at 20; 40 messages/s"), text);
        assertTrue(text.contains("verified 14 deliveries"), text);
        assertTrue(text.contains("verified 28 deliveries"), text);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("Latency by rate"), page);
        // the rate that was achieved
        assertTrue(page.matches("(?s).*taffrail at [34][0-9] messages/s, p99: .*"), page);
    }

    @Test
    void measuresATopicAndTransactedSends() {
        int exitCode =
                perf(
                        "latency",
                        "--start=taffrail",
                        "--durability=page-cache",
                        "--rate=200",
                        "--warmup=0s",
                        "--duration=300ms",
                        "--topic=news",
                        "--consumers=3",
                        "--receive",
                        "--transacted=3",
                        "--non-persistent",
                        SMALL_JVM,
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        // three subscribers have 60 messages each
        assertTrue(out.toString().contains("verified 180 deliveries"), out::toString);
    }

    /** How a sweep goes on is a matter of {@link RateStepsTest}. */
    @Test
    @EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
    void endsASweepAtTheBoundOfItsP99() {
        int exitCode =
                perf(
                        "latency",
                        "--start=taffrail",
                        "--sweep",
                        "--rate=20",
                        "--p99-max=0ms",
                        "--warmup=200ms",
                        "--duration=500ms",
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        assertTrue(out.toString().contains("Latency at 20 messages/s"), out::toString);
    }

    @Test
    @EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
    void comparesByStartsCasesAndLatenciesInOneReport() throws IOException {
        int exitCode =
                perf(
                        "compare",
                        "--start=taffrail",
                        "--durability=page-cache",
                        "--case=round-trip:1+1",
                        "--rate=" + (FULL ? "20,40" : "40"),
                        "--warmup=50ms",
                        "--duration=200ms",
                        "--repetitions=" + (FULL ? 2 : 1),
                        SMALL_JVM,
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        String text = Files.readString(folder.resolve("report.txt"));
        assertEquals(text, out.toString());
        for (String part :
                new String[] {
                    "start to the first message, ms",
                    "\nround-trip:1+1 ",
                    "share of what this machine allows",
                    "costs a message",
                    "at 40 messages/s\n",
                    "send-ack, lag off",
                    "times the least",
                    "this machine at most: round trip over loopback"
                }) {
            assertTrue(text.contains(part), text);
        }
        assertTrue(Files.exists(folder.resolve("report.html")));
    }

    /** One case of each way to count; {@link org.taffrail.perf.load} has each kind of work. */
    @Test
    void measuresRatesAndWhatTheyCost() {
        List<String> cases =
                FULL
                        ? List.of(
                                "sync-send:1",
                                "drain:2-client@1000",
                                "drain:1-transacted",
                                "fan-out:1x3@10KiB",
                                "fan-out-durable:1x3-dups-ok",
                                "request-reply:2",
                                "selector:3",
                                "many-queues:10")
                        : List.of(
                                "sync-send:1",
                                "drain:2-client@1000",
                                "fan-out:1x3@10KiB",
                                "request-reply:2");

        int exitCode =
                perf(
                        List.of(
                                "throughput",
                                "--start=taffrail",
                                "--durability=force",
                                "--warmup=20ms",
                                "--duration=100ms",
                                "--backlog=1",
                                "--repetitions=1",
                                SMALL_JVM),
                        cases);

        assertEquals(0, exitCode, err::toString);
        String text = out.toString();
        for (String row :
                new String[] {
                    "drain:2-client@1000 ",
                    "fan-out:1x3@10KiB, deliveries/s ",
                    "request-reply:2, exchanges/s ",
                    "request-reply:2, taffrail: an exchange took "
                }) {
            assertTrue(text.contains("\n" + row), text);
        }
        cases.forEach(each -> assertTrue(text.contains("\n" + each), text));
        String costs = text.substring(text.indexOf("costs a message"));
        assertTrue(costs.matches("(?s).*\nsync-send:1 +taffrail( +[0-9][0-9.,]*){6}\n.*"), costs);
        assertFalse(text.contains("note:"), text);
    }

    @Test
    @EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
    void measuresLargeTransactionsInTurnsWithAPeer() {
        List<String> cases =
                FULL
                        ? List.of("transacted:3000", "xa:10", "round-trip:2+2")
                        : List.of("transacted:3000", "xa:10");

        int exitCode =
                perf(
                        List.of(
                                "throughput",
                                "--start=taffrail",
                                "--start=artemis",
                                "--durability=" + (FULL ? "force" : "page-cache"),
                                "--warmup=20ms",
                                "--duration=100ms",
                                "--repetitions=1",
                                "--no-costs",
                                SMALL_JVM),
                        cases);

        assertEquals(0, exitCode, err::toString);
        String text = out.toString();
        cases.forEach(each -> assertTrue(text.contains("\n" + each + " "), text));
        assertTrue(text.contains("taffrail/artemis"), text);
    }
}
