// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.session.Session;
import org.taffrail.broker.session.SessionObserver;
import org.taffrail.broker.session.SessionSettings;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A simulated network between clients and one broker at a time. Each direction of a connection
 * keeps its order; all else is the seed's: in what pieces bytes arrive, how late, in what order
 * among connections, which connection is cut and who hears of it, and who stops reading.
 *
 * <p>It also knows for what causes the broker may end a connection, and holds it to them.
 */
final class Network implements SessionObserver {
    private final Map<Integer, Wire> wires = new LinkedHashMap<>();
    private final int heartbeatMs;
    private final Trace trace;
    private Weather weather;
    private int lastNumber;
    private SessionSettings settings;
    private ErrorCode leaving;

    Network(Weather weather, int heartbeatMs, Trace trace) {
        this.weather = weather;
        this.heartbeatMs = heartbeatMs;
        this.trace = trace;
    }

    int nextNumber() {
        return lastNumber + 1;
    }

    Wire connect(SimulatedBroker broker, String clientId, int clientHeartbeatMs, Wire.Ear ear) {
        Wire wire = new Wire(++lastNumber, clientId, clientHeartbeatMs, ear, weather);
        wires.put(wire.number, wire);
        settings = broker.settings();
        wire.leadsTo(broker.open(wire, heartbeatMs));
        return wire;
    }

    /** From now on nothing is late and nothing is cut. */
    void becomesCalm() {
        weather = weather.calm();
        wires.values().forEach(wire -> wire.weather(weather));
    }

    // What happens in it.

    /** Some bytes arrive, some connections suffer. */
    void move(Random random, long nowMs) {
        List<Wire> all = new ArrayList<>(wires.values());
        int first = all.isEmpty() ? 0 : random.nextInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            Wire wire = all.get((first + i) % all.size());
            if (random.nextInt(100) < weather.pace() && wire.bytesToBroker() > 0) {
                wire.moveToBroker(chunk(random, wire.bytesToBroker()), nowMs);
            }
            if (random.nextInt(100) < weather.pace() && wire.bytesToClient() > 0) {
                wire.moveToClient(chunk(random, wire.bytesToClient()));
            }
            suffer(random, wire);
            tell(wire, oneIn(random, weather.toldOneIn()), nowMs, random.nextBoolean());
            forget(wire);
        }
    }

    private int chunk(Random random, int available) {
        if (random.nextInt(100) < weather.wholePercent()) {
            return available;
        }
        return 1 + random.nextInt(random.nextBoolean() ? available : Math.min(available, 12));
    }

    private void suffer(Random random, Wire wire) {
        if (oneIn(random, weather.cutOneIn()) && !wire.isCut()) {
            trace.note("cut " + wire.number);
            wire.cut();
        }
        if (oneIn(random, weather.stallOneIn())) {
            wire.stall(random.nextInt(4) > 0);
        }
    }

    /** Tells of ends: one that follows the bytes comes with them, one by a cut late or never. */
    private static void tell(Wire wire, boolean cutIsTold, long nowMs, boolean brokerFirst) {
        boolean may = cutIsTold || !wire.isCut();
        if (may && brokerFirst && wire.mayTellBroker()) {
            wire.tellBroker(nowMs);
        }
        if ((cutIsTold || !wire.isCut() && !wire.isKilled()) && wire.mayTellClient()) {
            wire.tellClient();
        } else if (may && !brokerFirst && wire.mayTellBroker()) {
            wire.tellBroker(nowMs);
        }
    }

    private void forget(Wire wire) {
        if (wire.isDone()) {
            wires.remove(wire.number);
        }
    }

    private static boolean oneIn(Random random, int chances) {
        return chances > 0 && random.nextInt(chances) == 0;
    }

    /** All that can arrive does, and every client reads; returns whether anything has moved. */
    boolean moveAll(long nowMs) {
        boolean moved = false;
        for (Wire wire : new ArrayList<>(wires.values())) {
            wire.stall(false);
            if (wire.bytesToBroker() > 0) {
                wire.moveToBroker(wire.bytesToBroker(), nowMs);
                moved = true;
            }
            if (wire.bytesToClient() > 0) {
                wire.moveToClient(wire.bytesToClient());
                moved = true;
            }
            boolean tells = wire.mayTellBroker() || wire.mayTellClient();
            moved |= tells && !wire.isCut() && !wire.isKilled();
            tell(wire, weather.toldOneIn() == 1, nowMs, true);
            forget(wire);
        }
        return moved;
    }

    /** The broker is killed, with all that is under way. */
    void kill(Random random) {
        for (Wire wire : new ArrayList<>(wires.values())) {
            wire.kill();
            if (wire.mayTellClient() && (weather.toldOneIn() == 1 || random.nextBoolean())) {
                wire.tellClient();
            }
            forget(wire);
        }
        leaving = null;
    }

    /** The broker has ended in order; what it has said is still heard. */
    void stopped() {
        for (Wire wire : wires.values()) {
            wire.brokerGone();
        }
        leaving = null;
    }

    /** The broker is about to end all connections, and takes nothing more from them. */
    void leaving(ErrorCode why) {
        leaving = why;
        wires.values().forEach(Wire::over);
    }

    /** Time has passed; called before the sessions count it. */
    void tick(long elapsedMs) {
        wires.values().forEach(wire -> wire.tick(elapsedMs, heartbeatMs));
    }

    /** Whether the broker talks to somebody who hears nothing, and does not know. */
    boolean hasDeaf() {
        return wires.values().stream().anyMatch(wire -> wire.isCut() && !wire.isEnded());
    }

    // What must hold.

    /** After a tick and a turn each client has been told that the broker lives. */
    void checkSignsOfLife() {
        for (Wire wire : wires.values()) {
            int limitMs = wire.clientHeartbeatMs;
            unless(
                    limitMs == 0
                            || !wire.isAdmitted()
                            || wire.isOver()
                            || wire.isRelieved()
                            || wire.mutedMs() < limitMs,
                    Invariant.NOTHING_STUCK,
                    "connection " + wire.number + " hears nothing for " + wire.mutedMs() + " ms");
        }
    }

    /** When the broker is at rest it has ended whatever is over. */
    void checkEnded() {
        for (Wire wire : wires.values()) {
            unless(
                    wire.isEnded() || !wire.isOver() || wire.isKilled(),
                    Invariant.NOTHING_STUCK,
                    "connection " + wire.number + " is over, and the broker does not end it");
        }
    }

    @Override
    public void opened(Session session) {
        wire(session).admitted();
    }

    @Override
    public void ended(Session session, WireException reason) {
        Wire wire = wire(session);
        trace.note(wire.number + " is ended " + (reason == null ? "" : reason));
        boolean stopping = reason != null && reason.code() == ErrorCode.STOPPING;
        if (stopping || reason == null && wire.isGoodbyeHeard()) {
            wire.dismissed();
        }
        unless(
                reason == null ? wire.isOver() : mayEnd(wire, reason.code()),
                Invariant.ENDED_FOR_A_CAUSE,
                "connection " + wire.number + ": " + reason);
    }

    private boolean mayEnd(Wire wire, ErrorCode code) {
        if (code == leaving) {
            return true;
        }
        switch (code) {
            case HEARTBEAT_TIMEOUT:
                return wire.wasSilentTooLong();
            case TIMEOUT:
                return !wire.isAdmitted() && wire.openedMs() > settings.handshakeMs();
            case LIMIT_REACHED:
                return wire.unsentBytes() > settings.outputBytesMax();
            case SUPERSEDED:
                return wire.isOver() || wire.isCut();
            case CLIENT_ID_IN_USE:
                return wires.values().stream().anyMatch(other -> uses(other, wire.clientId));
            default:
                return false;
        }
    }

    private static boolean uses(Wire wire, String clientId) {
        return wire.isAdmitted() && !wire.isOver() && Objects.equals(wire.clientId, clientId);
    }

    private Wire wire(Session session) {
        return wires.get(Integer.parseInt(session.peer()));
    }

    @Override
    public void defect(Session session, RuntimeException defect) {
        throw defect;
    }
}
