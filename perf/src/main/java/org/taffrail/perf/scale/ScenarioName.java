// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import java.util.Locale;
import java.util.function.Supplier;

/** The scenarios, as they are typed. */
public enum ScenarioName {
    /** Ten million messages in one queue. */
    BACKLOG("one queue: random priorities, a time to live each, many keys, one held", Backlog::new),
    /** Many messages that nobody took among settled ones. */
    HOLES("unsettled messages among ten times as many that are settled", Holes::new),
    /** A selector over a long backlog. */
    SELECTOR("a selector that matches 1 in 10,000 beside a consumer without", RareSelector::new),
    /** A subscriber far behind. */
    SUBSCRIBER("one slow durable subscriber far behind, others keep pace", SlowSubscriber::new),
    /** Many queues. */
    QUEUES("many queues in which some messages wait", ManyQueues::new),
    /** Delayed messages. */
    DELAYED("messages that wait for their delivery time", Delayed::new),
    /** Replies found by correlation id. */
    REPLIES("consumers that wait on one queue for a correlation id each", Replies::new);

    private final String description;
    private final Supplier<Scenario> scenario;

    ScenarioName(String description, Supplier<Scenario> scenario) {
        this.description = description;
        this.scenario = scenario;
    }

    /**
     * What it is about.
     *
     * @return half a sentence
     */
    public String description() {
        return description;
    }

    /**
     * How many messages wait after its first step.
     *
     * @param plan the plan
     * @return the count, 0 where none wait
     */
    public long count(ScalePlan plan) {
        return scenario.get().count(plan);
    }

    /**
     * Whether the time from a start to the first delivery is measured.
     *
     * @return false where nothing can be delivered at once
     */
    public boolean deliversAtOnce() {
        return scenario.get().firstFrom() != null;
    }

    Scenario scenario() {
        return scenario.get();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
