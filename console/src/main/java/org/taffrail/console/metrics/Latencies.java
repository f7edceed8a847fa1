// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.taffrail.broker.loop.Recorder;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long turns, forces and sends take, as histograms. Recorded on the broker's thread. */
final class Latencies implements Recorder {
    private static final Duration LEAST = Duration.ofNanos(20_000);
    private static final Duration MOST = Duration.ofSeconds(10);

    private final Timer turns;
    private final Timer forces;
    private final Timer sends;

    Latencies(MeterRegistry registry) {
        turns =
                timer(
                        registry,
                        "taffrail.turn",
                        "A turn of the broker's thread, with what it says to clients");
        forces = timer(registry, "taffrail.journal.force", "A force of the journal");
        sends =
                timer(
                        registry,
                        "taffrail.send",
                        "How long the broker has a send, from its arrival to its answer");
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(LEAST)
                .maximumExpectedValue(MOST)
                .register(registry);
    }

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public void turned(long ns) {
        turns.record(ns, TimeUnit.NANOSECONDS);
    }

    @Override
    public void forced(long ns) {
        forces.record(ns, TimeUnit.NANOSECONDS);
    }

    @Override
    public void confirmed(long ns) {
        sends.record(ns, TimeUnit.NANOSECONDS);
    }
}
