// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.metrics;

import static org.taffrail.console.metrics.Figure.counter;
import static org.taffrail.console.metrics.Figure.gauge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import org.taffrail.broker.core.Counts;
import org.taffrail.broker.core.GroupStatus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The meters of topics' subscriptions that have a name, of a bounded number: one that has none dies
 * with its consumer, and its topic counts what it did. What a queue's group does is its queue's.
 */
final class SubscriptionMeters {
    private static final String PREFIX = "taffrail.subscription.";

    private final MeterRegistry registry;
    private final Ranking ranking;
    private final Map<String, Series<Row>> shown = new HashMap<>();
    private volatile int hidden;

    /** A subscription at one sample. */
    record Row(GroupStatus status, long nowMs) {
        double oldestAgeMs() {
            long oldestMs = status.oldestMs();
            return oldestMs == 0 ? 0 : oldestMs < 0 ? Double.NaN : Math.max(0, nowMs - oldestMs);
        }
    }

    static final List<Figure<Row>> FIGURES =
            List.of(
                    of("depth", "Messages that are not settled", GroupStatus::depth),
                    of("in.flight", "Of these, held by a consumer", GroupStatus::held),
                    of("delayed", "Of these, waiting until a time", GroupStatus::waiting),
                    of("failed", "Of these, with a failed delivery", GroupStatus::failed),
                    of("consumers", "Consumers", GroupStatus::consumers),
                    of(
                            "lag",
                            "Offsets from the first that is not settled to the topic's end",
                            status -> status.end() - status.firstUnsettled()),
                    gauge(
                            "oldest.age",
                            "seconds",
                            "Age of the oldest message that is not settled",
                            row -> row.oldestAgeMs() / 1000),
                    count("in", "Messages that came for it", Counts::in),
                    count("delivered", "Deliveries", Counts::delivered),
                    count("redelivered", "Deliveries flagged as redelivered", Counts::redelivered),
                    count("accepted", "Messages consumed", Counts::accepted),
                    count("expired", "Messages expired", Counts::expired),
                    count(
                            "dead.lettered",
                            "Messages moved to a dead-letter queue",
                            Counts::deadLettered),
                    count("removed", "Messages purged or moved by managers", Counts::removed),
                    count("lost", "Messages ended by damage or retention", Counts::lost));

    SubscriptionMeters(MeterRegistry registry, int shownMax) {
        this.registry = registry;
        ranking = new Ranking(shownMax);
    }

    private static Figure<Row> of(
            String name, String description, ToDoubleFunction<GroupStatus> value) {
        return gauge(name, null, description, row -> value.applyAsDouble(row.status));
    }

    private static Figure<Row> count(
            String name, String description, ToDoubleFunction<Counts> value) {
        return counter(name, null, description, row -> value.applyAsDouble(row.status.counts()));
    }

    /** How many have no series. */
    int hiddenCount() {
        return hidden;
    }

    /** Takes a sample of a broker that serves. */
    void set(Sample sample) {
        Map<String, Double> scores = new HashMap<>();
        Map<String, GroupStatus> named = new HashMap<>();
        for (GroupStatus status : sample.subscriptions()) {
            if (status.name() != null) {
                String key = Long.toString(status.id());
                named.put(key, status);
                scores.put(key, (double) status.depth() + status.consumers());
            }
        }
        Set<String> chosen = ranking.choose(scores);
        List<String> gone = new ArrayList<>(shown.keySet());
        gone.removeAll(chosen);
        gone.forEach(key -> shown.remove(key).end());
        for (String key : chosen) {
            Row row = new Row(named.get(key), sample.takenMs());
            Series<Row> series = shown.get(key);
            if (series == null) {
                Tags tags = tags(row.status);
                shown.put(key, new Series<>(registry, PREFIX, tags, FIGURES, row));
            } else {
                series.set(row);
            }
        }
        hidden = named.size() - chosen.size();
    }

    /** Says nothing of any until the next sample. */
    void unknown() {
        shown.values().forEach(Series::unknown);
    }

    private static Tags tags(GroupStatus status) {
        return Tags.of(
                "destination",
                status.destination(),
                "subscription",
                status.name(),
                "client",
                status.clientId() == null ? "" : status.clientId(),
                "durable",
                Boolean.toString(status.durable()));
    }
}
