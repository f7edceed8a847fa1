// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.DestinationKind;

/** What was done with one destination, in all files. */
final class Place {
    private final DestinationKind kind;
    private final String name;
    private final Flow sent = new Flow();
    private final Flow received = new Flow();
    private String firstSeen = "";
    private long producers;
    private long consumers;
    private long browsers;
    private long consumersMax;

    Place(DestinationKind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    void add(String place, long newProducers, long newConsumers, long newBrowsers, long most) {
        firstSeen = firstSeen.isEmpty() ? place : firstSeen;
        producers += newProducers;
        consumers += newConsumers;
        browsers += newBrowsers;
        consumersMax = Math.max(consumersMax, most);
    }

    DestinationKind kind() {
        return kind;
    }

    /** As the application or the provider writes it; empty for what has none. */
    String name() {
        return name;
    }

    Flow sent() {
        return sent;
    }

    Flow received() {
        return received;
    }

    String firstSeen() {
        return firstSeen;
    }

    long producers() {
        return producers;
    }

    long consumers() {
        return consumers;
    }

    long browsers() {
        return browsers;
    }

    /** In one JVM at a time. */
    long consumersMax() {
        return consumersMax;
    }

    /** Messages both ways. */
    long messages() {
        return sent.count() + received.count();
    }
}
