// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.metrics;

import static org.taffrail.console.metrics.Figure.counter;
import static org.taffrail.console.metrics.Figure.gauge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import org.taffrail.broker.core.Counts;
import org.taffrail.broker.core.DestinationStatus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The meters of destinations: of a bounded number with labels of their own, of the others as sums,
 * and of temporary ones, whose names come and go, always as sums. A sum of what only grows has what
 * each of them has grown while it was one of these, so that it only grows itself.
 */
final class DestinationMeters {
    private static final String PREFIX = "taffrail.destination.";
    private static final String OTHER = "(other)";
    private static final String TEMPORARY = "(temporary)";

    private final MeterRegistry registry;
    private final Ranking ranking;
    private final Map<String, Series<Row>> shown = new HashMap<>();
    private final Map<String, Series<Row>> sums = new HashMap<>();
    private final Map<String, Counts> summed = new HashMap<>();
    private volatile int summedCount;

    /** What is known of a destination, or of several together. */
    record Row(
            long depth,
            long held,
            long waiting,
            long failed,
            long consumers,
            long groups,
            double oldestAgeMs,
            Counts counts) {
        static final Row NONE = new Row(0, 0, 0, 0, 0, 0, 0, Counts.NONE);

        static Row of(Track.Point point, long nowMs) {
            DestinationStatus status = point.status();
            double ageMs = point.oldestAgeMs(nowMs);
            return new Row(
                    status.depth(),
                    status.held(),
                    status.waiting(),
                    status.failed(),
                    status.consumers(),
                    status.groups(),
                    ageMs < 0 ? Double.NaN : ageMs,
                    status.counts());
        }

        Row plus(Row other, Counts newCounts) {
            boolean known = !Double.isNaN(other.oldestAgeMs);
            return new Row(
                    depth + other.depth,
                    held + other.held,
                    waiting + other.waiting,
                    failed + other.failed,
                    consumers + other.consumers,
                    groups + other.groups,
                    known ? Math.max(oldestAgeMs, other.oldestAgeMs) : oldestAgeMs,
                    newCounts);
        }
    }

    static final List<Figure<Row>> FIGURES =
            List.of(
                    gauge("depth", null, "Messages that are not settled", Row::depth),
                    gauge(
                            "ready",
                            null,
                            "Of these, ready to be delivered",
                            row -> row.depth - row.held - row.waiting),
                    gauge("in.flight", null, "Of these, held by a consumer", Row::held),
                    gauge("delayed", null, "Of these, waiting until a time", Row::waiting),
                    gauge("failed", null, "Of these, with a failed delivery", Row::failed),
                    gauge("consumers", null, "Consumers", Row::consumers),
                    gauge(
                            "groups",
                            null,
                            "Subscriptions, or a queue's group and its side groups",
                            Row::groups),
                    gauge(
                            "oldest.age",
                            "seconds",
                            "Age of the oldest message that is not settled",
                            row -> row.oldestAgeMs / 1000),
                    count("in", null, "Messages that came in", Counts::in),
                    count("in.bytes", "bytes", "Their bytes", Counts::bytesIn),
                    count("delivered", null, "Deliveries", Counts::delivered),
                    count(
                            "redelivered",
                            null,
                            "Deliveries flagged as redelivered",
                            Counts::redelivered),
                    count("accepted", null, "Messages consumed", Counts::accepted),
                    count("expired", null, "Messages expired", Counts::expired),
                    count(
                            "dead.lettered",
                            null,
                            "Messages moved to a dead-letter queue",
                            Counts::deadLettered),
                    count("removed", null, "Messages purged or moved by managers", Counts::removed),
                    count("lost", null, "Messages ended by damage or retention", Counts::lost));

    DestinationMeters(MeterRegistry registry, int shownMax) {
        this.registry = registry;
        ranking = new Ranking(shownMax);
    }

    private static Figure<Row> count(
            String name, String unit, String description, ToDoubleFunction<Counts> value) {
        return counter(name, unit, description, row -> value.applyAsDouble(row.counts));
    }

    /** How many are summed up. */
    int summedCount() {
        return summedCount;
    }

    /** How many have labels of their own. */
    int shownCount() {
        return shown.size();
    }

    /** Takes a sample of a broker that serves. */
    void set(Sample sample) {
        Map<String, Double> scores = new HashMap<>();
        for (Track.Point point : sample.destinations()) {
            if (!point.status().kind().isTemporary()) {
                scores.put(key(point.status()), score(point));
            }
        }
        Set<String> chosen = ranking.choose(scores);
        List<String> gone = new ArrayList<>(shown.keySet());
        gone.removeAll(chosen);
        gone.forEach(key -> shown.remove(key).end());
        Map<String, Row> totals = new HashMap<>();
        int others = 0;
        for (Track.Point point : sample.destinations()) {
            DestinationStatus status = point.status();
            String key = key(status);
            Row row = Row.of(point, sample.takenMs());
            if (chosen.contains(key)) {
                show(shown, key, tags(status.name(), status), row);
            } else {
                others++;
                String sum = status.kind().isTemporary() ? TEMPORARY : OTHER;
                String sumKey = key.substring(0, 2) + sum;
                summed.merge(sumKey, point.since(), Counts::plus);
                totals.merge(sumKey, row, (all, each) -> all.plus(each, Counts.NONE));
            }
        }
        summedCount = others;
        summed.forEach(
                (key, counts) -> {
                    Row total = totals.getOrDefault(key, Row.NONE);
                    String kind = key.startsWith("q") ? "queue" : "topic";
                    Tags tags = Tags.of("destination", key.substring(2), "kind", kind);
                    show(sums, key, tags, Row.NONE.plus(total, counts));
                });
    }

    private void show(Map<String, Series<Row>> into, String key, Tags tags, Row row) {
        Series<Row> series = into.get(key);
        if (series == null) {
            into.put(key, new Series<>(registry, PREFIX, tags, FIGURES, row));
        } else {
            series.set(row);
        }
    }

    /** Says nothing of any destination until the next sample. */
    void unknown() {
        shown.values().forEach(Series::unknown);
        sums.values().forEach(Series::unknown);
    }

    /** What has much waiting, or much to do, comes first. */
    private static double score(Track.Point point) {
        DestinationStatus status = point.status();
        return status.depth() + point.since().in() + point.since().ended() + status.consumers();
    }

    private static Tags tags(String name, DestinationStatus status) {
        return Tags.of("destination", name, "kind", status.kind().isQueue() ? "queue" : "topic");
    }

    private static String key(DestinationStatus status) {
        return (status.kind().isQueue() ? "q:" : "t:") + status.name();
    }
}
