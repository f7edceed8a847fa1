// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.metrics;

import org.taffrail.broker.core.GroupStatus;
import org.taffrail.broker.core.Overview;
import org.taffrail.broker.server.BrokerFigures;

import java.util.List;
import java.util.function.Predicate;

/**
 * All figures of a broker at about one moment. Never changes.
 *
 * @param takenMs when, ms since 1970
 * @param tookMs how long it took to ask for all, with the broker serving others in between
 * @param figures what the broker says of itself; null if it did not serve
 * @param usedBytes how many bytes the files in its data folder have; 0 where it is in memory
 * @param destinations all destinations, queues first, by their names; temporary ones too
 * @param subscriptions those groups of topics that were looked at
 */
public record Sample(
        long takenMs,
        long tookMs,
        BrokerFigures figures,
        long usedBytes,
        List<Track.Point> destinations,
        List<GroupStatus> subscriptions) {
    /** Nothing is known yet. */
    static final Sample NONE = new Sample(0, 0, null, 0, List.of(), List.of());

    /**
     * Leaves out destinations, and their subscriptions.
     *
     * @param shown which stay
     * @return the same of those alone
     */
    public Sample only(Predicate<Overview.Named> shown) {
        return new Sample(
                takenMs,
                tookMs,
                figures,
                usedBytes,
                destinations.stream()
                        .filter(
                                each ->
                                        shown.test(
                                                new Overview.Named(
                                                        each.status().kind(),
                                                        each.status().name())))
                        .toList(),
                subscriptions.stream()
                        .filter(
                                each ->
                                        shown.test(
                                                new Overview.Named(
                                                        each.kind(), each.destination())))
                        .toList());
    }

    /**
     * Tells whether the broker served when it was taken.
     *
     * @return false where there are no figures
     */
    public boolean serving() {
        return figures != null;
    }
}
