// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Short runs of both suites against Artemis in a process of its own. They show that the suites
 * work; how fast anything is, nobody asks here.
 */
@EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
class ArtemisIT extends CommandIT {
    @Test
    void measuresAndVerifiesLatency() throws IOException {
        int exitCode =
                perf(
                        "latency",
                        "--start=artemis",
                        "--rate=200",
                        "--warmup=200ms",
                        "--duration=500ms",
                        "--producers=2",
                        "--consumers=2",
                        "--async",
                        "--ack=transacted",
                        "--ack-batch=7",
                        SMALL_JVM,
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        String report = Files.readString(folder.resolve("report.txt"));
        assertEquals(report, out.toString());
        assertTrue(report.contains("verified 140 deliveries"), report);
        assertTrue(report.contains("journalDatasync=true"), report);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("artemis p50: "), page);
        Path run = folder.resolve(Path.of("artemis", "200-per-s", "run-1"));
        for (String file : new String[] {"latency.hlog", "send-ack.hgrm", "end-to-end.hgrm"}) {
            assertTrue(Files.size(run.resolve(file)) > 0, file);
        }
    }

    /** As {@link TaffrailIT} does, at another provider. */
    @Test
    void measuresATopicAndTransactedSends() {
        int exitCode =
                perf(
                        "latency",
                        "--start=artemis",
                        "--durability=page-cache",
                        "--rate=200",
                        "--warmup=0s",
                        "--duration=1s",
                        "--topic=news",
                        "--consumers=3",
                        "--receive",
                        "--transacted=3",
                        "--non-persistent",
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        // three subscribers have 200 messages each
        assertTrue(out.toString().contains("verified 600 deliveries"), out::toString);
        assertTrue(out.toString().contains("journalDatasync=false"), out::toString);
    }

    /**
     * What plain JMS is asked for by the cases; in turns with Taffrail are {@link TaffrailIT}'s.
     */
    @Test
    void measuresAndVerifiesThroughput() {
        List<String> cases =
                FULL
                        ? List.of(
                                "sync-send:2",
                                "async-send:1",
                                "drain:2",
                                "fan-out-durable:1x2",
                                "request-reply:2",
                                "selector:2",
                                "many-queues:5")
                        : List.of("fan-out-durable:1x2", "request-reply:2", "selector:2");

        int exitCode =
                perf(
                        List.of(
                                "throughput",
                                "--start=artemis",
                                "--durability=page-cache",
                                "--warmup=50ms",
                                "--duration=100ms",
                                "--size=100",
                                "--repetitions=1",
                                "--backlog=1",
                                "--no-costs",
                                SMALL_JVM),
                        cases);

        assertEquals(0, exitCode, err::toString);
        assertTrue(out.toString().contains("journalDatasync=false"), out::toString);
        for (String row : cases) {
            assertTrue(out.toString().contains("\n" + row), out::toString);
        }
    }

    @Test
    void saysWhatIsWrongWithACommandLine() {
        assertEquals(2, perf("latency", "--start=artemis", "--async", "--transacted=5"));
        assertTrue(err.toString().contains("--async and --transacted exclude each other"));
        assertEquals(2, perf("latency", "--start=artemis", "--xa=2", "--transacted=5"));
        assertTrue(err.toString().contains("--transacted and --xa exclude each other"));
        assertEquals(2, perf("latency"));
        assertEquals(2, perf("latency", "--start=artemis", "--size=10"));
        assertEquals(2, perf("throughput", "--start=artemis", "--case=browse:1"));
    }
}
