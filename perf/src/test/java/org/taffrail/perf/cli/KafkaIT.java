// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Short runs against Kafka in a process of its own, through its own client. */
@EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
class KafkaIT extends CommandIT {
    @Test
    void measuresAndVerifiesLatency() {
        int exitCode =
                perf(
                        "latency",
                        "--start=kafka",
                        "--rate=200",
                        "--warmup=200ms",
                        "--duration=500ms",
                        "--producers=2",
                        "--consumers=2",
                        "--async",
                        "--ack=client",
                        "--ack-batch=7",
                        SMALL_JVM,
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        assertTrue(out.toString().contains("verified 140 deliveries"), out::toString);
        assertTrue(out.toString().contains("log.flush.interval.messages=1,"), out::toString);
        assertTrue(out.toString().contains("Apache Kafka 4."), out::toString);
    }

    @Test
    void measuresATopicAndTransactedSends() {
        int exitCode =
                perf(
                        "latency",
                        "--start=kafka",
                        "--durability=page-cache",
                        "--rate=200",
                        "--warmup=0s",
                        "--duration=1s",
                        "--topic=news",
                        "--consumers=3",
                        "--receive",
                        "--transacted=3",
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        // three subscribers have 200 messages each
        assertTrue(out.toString().contains("verified 600 deliveries"), out::toString);
        assertTrue(out.toString().contains("log.flush.interval.messages=unset"), out::toString);
    }

    @Test
    void measuresAndVerifiesThroughput() {
        int exitCode =
                perf(
                        "throughput",
                        "--start=kafka",
                        "--durability=page-cache",
                        "--warmup=100ms",
                        "--duration=300ms",
                        "--size=100",
                        "--repetitions=1",
                        "--case=sync-send:2",
                        "--case=async-send:1",
                        "--case=round-trip:2+2",
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        for (String row : new String[] {"sync-send:2", "async-send:1", "round-trip:2+2"}) {
            assertTrue(out.toString().contains("\n" + row + " "), out::toString);
        }
    }
}
