// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.api;

import org.taffrail.broker.cli.Json;
import org.taffrail.broker.core.Counts;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.BrokerFigures;
import org.taffrail.console.metrics.Metrics;
import org.taffrail.console.metrics.Percentiles;
import org.taffrail.console.metrics.Sample;
import org.taffrail.console.metrics.Track;

/** The broker as a whole, at a glance. */
final class Glance {
    private Glance() {}

    static Json of(Broker broker, Sample sample, Metrics metrics) {
        Json glance =
                Json.object()
                        .put("product", Broker.product())
                        .put("address", broker.address())
                        .put("stage", broker.stage().name())
                        .put("serving", sample.serving())
                        .put("takenMs", sample.takenMs())
                        .put("destinations", sample.destinations().size())
                        .put("latencies", latencies(metrics));
        if (sample.serving()) {
            add(glance, sample);
        }
        return glance;
    }

    /**
     * The same of some destinations, for who may see no others: nothing of the broker as a whole,
     * which would tell of the others.
     */
    static Json of(Broker broker, Sample visible) {
        Json glance =
                Json.object()
                        .put("product", Broker.product())
                        .put("stage", broker.stage().name())
                        .put("serving", visible.serving())
                        .put("takenMs", visible.takenMs())
                        .put("partial", true)
                        .put("destinations", visible.destinations().size());
        if (visible.serving()) {
            sum(glance, visible);
        }
        return glance;
    }

    private static void sum(Json glance, Sample sample) {
        double in = 0;
        double out = 0;
        long depth = 0;
        long deadLetters = 0;
        for (Track.Point each : sample.destinations()) {
            in += each.inPerSecond();
            out += each.outPerSecond();
            depth += each.status().depth();
            deadLetters += each.status().collects() ? each.status().depth() : 0;
        }
        glance.put("depth", depth)
                .put("deadLetters", deadLetters)
                .put("inRate", in)
                .put("outRate", out);
    }

    private static void add(Json glance, Sample sample) {
        sum(glance, sample);
        BrokerFigures figures = sample.figures();
        Counts totals = figures.totals();
        glance.put("incarnation", figures.incarnation())
                .put("connections", figures.connections())
                .put("connectionsMax", figures.connectionsMax())
                .put("in", totals.in())
                .put("accepted", totals.accepted())
                .put("redelivered", totals.redelivered())
                .put("deadLettered", totals.deadLettered())
                .put("expired", totals.expired())
                .put("lost", totals.lost())
                .put("shortOfRoom", figures.loop().shortOfRoom())
                .put("diskUsedBytes", sample.usedBytes())
                .put("diskReserveBytes", figures.loop().store().reserveBytes())
                .put("recentBytes", figures.recentBytes())
                .put("recentBytesMax", figures.recentBytesMax());
        if (figures.loop().store().freeBytes() != Long.MAX_VALUE) {
            glance.put("diskFreeBytes", figures.loop().store().freeBytes());
        }
    }

    private static Json latencies(Metrics metrics) {
        Json latencies = Json.object();
        for (Percentiles each : metrics.percentiles()) {
            Percentiles.Lately lately = each.lately();
            latencies.put(
                    each.name(),
                    Json.object()
                            .put("count", lately.count())
                            .put("p50Us", lately.p50())
                            .put("p90Us", lately.p90())
                            .put("p99Us", lately.p99())
                            .put("p999Us", lately.p999())
                            .put("maxUs", lately.max()));
        }
        return latencies;
    }
}
