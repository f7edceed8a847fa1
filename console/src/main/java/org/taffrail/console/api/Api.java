// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.api;

import org.taffrail.broker.cli.Json;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.Visitor;
import org.taffrail.console.http.Answer;
import org.taffrail.console.http.Handler;
import org.taffrail.console.http.Refusal;
import org.taffrail.console.http.Request;
import org.taffrail.console.metrics.Metrics;
import org.taffrail.console.metrics.Sample;
import org.taffrail.console.metrics.Sampler;
import org.taffrail.console.visit.Visit;
import org.taffrail.console.visit.Visits;

import java.util.Map;
import java.util.TreeMap;

/**
 * What can be asked and changed in JSON, path by path. Who asks is let in first; what it may do the
 * broker decides with each operation.
 */
public final class Api implements Handler {
    /** How the paths begin. */
    public static final String PREFIX = "/api/";

    private static final int OK = 200;
    private static final long SAMPLE_AGE_MS_MAX = 2000;

    private final Broker broker;
    private final Visits visits;
    private final Sampler sampler;
    private final Metrics metrics;
    private final Map<String, Action> asked = new TreeMap<>();
    private final Map<String, Action> changed = new TreeMap<>();

    /** What is done for a visitor. */
    @FunctionalInterface
    private interface Action {
        Json act(Visit visit, Request request) throws InterruptedException;
    }

    /**
     * Makes it.
     *
     * @param broker the broker that is looked at
     * @param visits the way in
     * @param sampler takes its figures
     * @param metrics knows its latencies
     */
    public Api(Broker broker, Visits visits, Sampler sampler, Metrics metrics) {
        this.broker = broker;
        this.visits = visits;
        this.sampler = sampler;
        this.metrics = metrics;
        asked.put("overview", this::overview);
        asked.put("destinations", this::destinations);
        asked.put("destination", Lookups::destination);
        asked.put("groups", Lookups::groups);
        asked.put("consumers", Lookups::consumers);
        asked.put("connections", (visit, request) -> Connected.all(broker, visit, request));
        asked.put("connection", (visit, request) -> Connected.one(broker, visit, request));
        asked.put("held", Lookups::held);
        asked.put("messages", Messages::browse);
        asked.put("message", Messages::one);
        asked.put("search", Messages::search);
        changed.put("create", Changes::create);
        changed.put("delete", Changes::delete);
        changed.put("close", Changes::close);
        changed.put("open", Changes::open);
        changed.put("purge", Changes::purge);
        changed.put("discard", Changes::purge);
        changed.put("move", Changes::move);
        changed.put("retry", Changes::retry);
        changed.put("replay", Changes::replay);
        changed.put("reset", Changes::reset);
        changed.put("disconnect", Changes::disconnect);
        changed.put("send", Sending::send);
    }

    @Override
    public Answer handle(Request request) throws InterruptedException {
        String name = request.path().substring(PREFIX.length());
        Action action = (request.changes() ? changed : asked).get(name);
        if (action == null) {
            boolean other = (request.changes() ? asked : changed).containsKey(name);
            throw new Refusal(
                    other ? Refusal.METHOD_NOT_ALLOWED : Refusal.NOT_FOUND,
                    other
                            ? name + " takes " + (request.changes() ? "GET" : "POST")
                            : "there is no " + PREFIX + name);
        }
        try (Visit visit = visits.begin(request)) {
            return Answer.json(OK, action.act(visit, request).toString());
        }
    }

    private Json overview(Visit visit, Request request) throws InterruptedException {
        Visitor visitor = visit.requireSomeManager();
        return visitor.managesAll()
                ? Glance.of(broker, sample(), metrics)
                : Glance.of(broker, visible(visitor));
    }

    private Json destinations(Visit visit, Request request) throws InterruptedException {
        return Listing.of(visible(visit.requireSomeManager()), request);
    }

    /** A sample of what a visitor may see; it is looked through on the visitor's own thread. */
    private Sample visible(Visitor visitor) throws InterruptedException {
        Sample sample = sample();
        return visitor.managesAll()
                ? sample
                : sample.only(each -> visitor.manages(each.kind(), each.name()));
    }

    private Sample sample() throws InterruptedException {
        Sample sample = sampler.notOlderThan(SAMPLE_AGE_MS_MAX);
        metrics.set(sample);
        return sample;
    }
}
