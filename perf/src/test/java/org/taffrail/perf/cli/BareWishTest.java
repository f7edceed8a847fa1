// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.taffrail.perf.load.LatencyPlan;
import org.taffrail.perf.load.ThroughputCase;
import org.taffrail.perf.machine.BareLoad;
import org.taffrail.perf.measure.LatencyOptions;
import org.taffrail.perf.measure.ThroughputOptions;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

class BareWishTest {
    private static BareWish throughput(List<String> options, String... cases) {
        return BareWish.of(
                Stream.of(cases).map(ThroughputCase::parse).toList(),
                ThroughputOptions.of(options));
    }

    @Test
    void wantsWhatItsCasesAreComparedWith() {
        BareWish wish =
                throughput(List.of(), "sync-send:8", "xa:10", "round-trip:2+3", "sync-send:8@100");

        assertEquals(Set.of(new BareLoad(8, 0), new BareLoad(2, 3)), wish.loads());
        assertEquals(Duration.ofSeconds(2), wish.duration());
        assertEquals(Set.of(), throughput(List.of("--non-persistent"), "sync-send:8").loads());
    }

    @Test
    void aShortRunWaitsShortly() {
        assertEquals(
                Duration.ofMillis(60),
                throughput(List.of("--duration=300ms"), "sync-send:1").duration());
    }

    @Test
    void latencyIsComparedWithOneProducer() {
        assertEquals(Set.of(new BareLoad(1, 0)), BareWish.of(latency("--producers=4")).loads());
        assertEquals(Set.of(), BareWish.of(latency("--size=100")).loads());
        assertEquals(Set.of(), BareWish.of(latency("--non-persistent")).loads());
    }

    private static LatencyPlan latency(String option) {
        return LatencyOptions.of(List.of(option)).plan(1_000);
    }
}
