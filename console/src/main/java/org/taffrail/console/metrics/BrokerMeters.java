// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.metrics;

import static org.taffrail.console.metrics.Figure.counter;
import static org.taffrail.console.metrics.Figure.gauge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import org.taffrail.broker.core.Counts;
import org.taffrail.broker.server.BrokerFigures;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The meters of a broker as a whole. */
final class BrokerMeters {
    private static final String BYTES = "bytes";
    private static final String SECONDS = "seconds";

    private static final List<Figure<Sample>> FIGURES =
            List.of(
                    gauge(
                            "incarnation",
                            null,
                            "The number of the broker's start",
                            of(BrokerFigures::incarnation)),
                    gauge(
                            "connections",
                            null,
                            "Connections of clients",
                            of(BrokerFigures::connections)),
                    gauge(
                            "connections.max",
                            null,
                            "How many connections there may be",
                            of(BrokerFigures::connectionsMax)),
                    gauge(
                            "memory.recent",
                            BYTES,
                            "Recent messages in memory",
                            of(BrokerFigures::recentBytes)),
                    gauge(
                            "memory.recent.max",
                            BYTES,
                            "How much of them may be in memory",
                            of(BrokerFigures::recentBytesMax)),
                    gauge(
                            "disk.free",
                            BYTES,
                            "What could still be written",
                            of(figures -> limited(figures.loop().store().freeBytes()))),
                    gauge(
                            "disk.reserve",
                            BYTES,
                            "What is kept for ending and settling",
                            of(figures -> figures.loop().store().reserveBytes())),
                    gauge(
                            "disk.used",
                            BYTES,
                            "What the files in the data folder have",
                            Sample::usedBytes),
                    gauge(
                            "disk.short",
                            null,
                            "1 where sends wait or are refused for lack of room",
                            of(figures -> figures.loop().shortOfRoom() ? 1 : 0)),
                    gauge(
                            "sends.waiting",
                            BYTES,
                            "Sends that wait for room, or until their destination is opened",
                            of(figures -> figures.loop().heldBytes())),
                    gauge(
                            "sample.duration",
                            SECONDS,
                            "How long the last sample took",
                            sample -> sample.tookMs() / 1000.0),
                    counter(
                            "journal.batches",
                            null,
                            "Batches appended",
                            of(figures -> figures.loop().batches())),
                    counter(
                            "journal.written",
                            BYTES,
                            "What these batches had",
                            of(figures -> figures.loop().batchBytes())),
                    counter("messages.in", null, "Messages that came in", counts(Counts::in)),
                    counter("messages.in.bytes", BYTES, "Their bytes", counts(Counts::bytesIn)),
                    counter("messages.delivered", null, "Deliveries", counts(Counts::delivered)),
                    counter(
                            "messages.redelivered",
                            null,
                            "Deliveries flagged as redelivered",
                            counts(Counts::redelivered)),
                    counter(
                            "messages.accepted",
                            null,
                            "Messages consumed",
                            counts(Counts::accepted)),
                    counter("messages.expired", null, "Messages expired", counts(Counts::expired)),
                    counter(
                            "messages.dead.lettered",
                            null,
                            "Messages moved to dead-letter queues",
                            counts(Counts::deadLettered)),
                    counter(
                            "messages.removed",
                            null,
                            "Messages purged or moved by managers",
                            counts(Counts::removed)),
                    counter(
                            "messages.lost",
                            null,
                            "Messages ended by damage or retention",
                            counts(Counts::lost)));

    private final Series<Sample> series;

    BrokerMeters(MeterRegistry registry) {
        series = new Series<>(registry, "taffrail.", Tags.empty(), FIGURES, null);
    }

    private static ToDoubleFunction<Sample> of(ToDoubleFunction<BrokerFigures> value) {
        return sample -> value.applyAsDouble(sample.figures());
    }

    private static ToDoubleFunction<Sample> counts(ToDoubleFunction<Counts> value) {
        return of(figures -> value.applyAsDouble(figures.totals()));
    }

    /** What has no limit is no number. */
    private static double limited(long bytes) {
        return bytes == Long.MAX_VALUE ? Double.NaN : bytes;
    }

    void set(Sample sample) {
        if (sample.serving()) {
            series.set(sample);
        } else {
            series.unknown();
        }
    }
}
