// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Short runs of both suites against Artemis in a process of its own. They show that the suites
 * work; how fast anything is, nobody asks here.
 */
class ArtemisIT extends CommandIT {
    @Test
    void measuresAndVerifiesLatency() throws IOException {
        int exitCode =
                perf(
                        "latency",
                        "--start=artemis",
                        "--rate=200",
                        "--warmup=500ms",
                        "--duration=2s",
                        "--producers=2",
                        "--consumers=2",
                        "--async",
                        "--ack=transacted",
                        "--ack-batch=7",
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        String report = Files.readString(folder.resolve("report.txt"));
        assertEquals(report, out.toString());
        assertTrue(report.contains("verified 500 deliveries"), report);
        assertTrue(report.contains("journalDatasync=true"), report);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("artemis p50: "), page);
        Path run = folder.resolve(Path.of("artemis", "200-per-s", "run-1"));
        for (String file : new String[] {"latency.hlog", "send-ack.hgrm", "end-to-end.hgrm"}) {
            assertTrue(Files.size(run.resolve(file)) > 0, file);
        }
    }

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

    /** Of the cases that {@link TaffrailIT} does not make on Artemis in turns. */
    @Test
    void measuresAndVerifiesThroughput() {
        int exitCode =
                perf(
                        "throughput",
                        "--start=artemis",
                        "--durability=page-cache",
                        "--warmup=100ms",
                        "--duration=300ms",
                        "--size=100",
                        "--repetitions=1",
                        "--case=sync-send:2",
                        "--case=async-send:1",
                        "--case=drain:2",
                        "--case=fan-out-durable:1x2",
                        "--case=request-reply:2",
                        "--case=selector:2",
                        "--case=many-queues:5",
                        "--backlog=1",
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        for (String row : new String[] {"sync-send:2", "async-send:1", "drain:2", "selector:2"}) {
            assertTrue(out.toString().contains("\n" + row + " "), out::toString);
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
