// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.frame.BrokerFrame;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What a client has asked for, other than sends, and is not answered. */
final class Requests {
    private final int connection;
    private final Map<Integer, Consumer<BrokerFrame>> byId = new LinkedHashMap<>();
    private final Map<Integer, Integer> drains = new LinkedHashMap<>();
    private int lastId;
    private int lastToken;
    private int pings;
    private int pongs;

    Requests(int connection) {
        this.connection = connection;
    }

    /** Numbers a request. */
    int add(Consumer<BrokerFrame> whenAnswered) {
        byId.put(++lastId, whenAnswered);
        return lastId;
    }

    /** The broker will never hear a request. */
    void withdraw(int id) {
        byId.remove(id);
    }

    void answered(int id, BrokerFrame answer) {
        Consumer<BrokerFrame> request = byId.remove(id);
        unless(
                request != null,
                Invariant.HEARD_BY_WHO_ASKED,
                "connection " + connection + " has not asked for " + answer);
        request.accept(answer);
    }

    boolean isDraining(int consumer) {
        return drains.containsValue(consumer);
    }

    /** Numbers a drain. */
    int addDrain(int consumer) {
        drains.put(++lastToken, consumer);
        return lastToken;
    }

    /** The broker will never hear a drain. */
    void withdrawDrain(int token) {
        drains.remove(token);
    }

    void drained(BrokerFrame.Drained drained) {
        Integer consumer = drains.remove(drained.token());
        unless(
                consumer != null && consumer == drained.consumerId(),
                Invariant.NOTHING_STUCK,
                "a drain ended that nobody asked for: " + drained);
    }

    void pinged() {
        pings++;
    }

    /** The broker will never hear a ping. */
    void withdrawPing() {
        pings--;
    }

    void ponged() {
        pongs++;
    }

    /** All that was asked has been answered; the broker may say a pong of its own accord. */
    void checkAnswered() {
        unless(byId.isEmpty(), Invariant.NOTHING_STUCK, "unanswered requests " + byId.keySet());
        unless(drains.isEmpty(), Invariant.NOTHING_STUCK, "drains without end " + drains);
        unless(pongs >= pings, Invariant.NOTHING_STUCK, pongs + " pongs for " + pings + " pings");
    }
}
