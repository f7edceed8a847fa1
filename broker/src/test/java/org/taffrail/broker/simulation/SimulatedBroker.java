// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.core.Core;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.RecoveryProbe;
import org.taffrail.broker.loop.Audience;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.memory.FaultyStore;
import org.taffrail.broker.store.memory.MemoryLog;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;

import java.util.Random;

/**
 * A broker that can be killed: a loop over a faulty store, and the next loop over what the last one
 * left. The seam at which sessions over a simulated network take the place of direct calls is
 * {@link #connect}, {@link #say}, {@link #disconnect} and the audience.
 */
final class SimulatedBroker {
    private final Limits limits;
    private final long snapshotBytes;
    private final Audience audience;
    private final Plant plant;
    private FaultyStore store;
    private Loop loop;
    private int lives;

    SimulatedBroker(
            FaultyStore store, Limits limits, long snapshotBytes, Audience audience, Plant plant) {
        this.store = store;
        this.limits = limits;
        this.snapshotBytes = snapshotBytes;
        this.audience = plant.audience(audience);
        this.plant = plant;
    }

    static FaultyStore store(FaultyStore.Faults faults, long seed) {
        return new FaultyStore(new MemoryLog(), faults, seed);
    }

    /** Starts on what the store holds; a start may fail, then another is tried. */
    void start(long nowMs, Random random) {
        while (true) {
            lives++;
            try {
                loop = new Loop(plant.store(store), limits, snapshotBytes, audience, nowMs);
            } catch (StoreException e) {
                throw new AssertionError("a memory log can always be claimed", e);
            }
            if (loop.failure() == null) {
                return;
            }
            store = store.crash(random);
        }
    }

    /** Ends as a kill does; what was not durable may be lost. */
    void crash(Random random) {
        store = store.crash(random);
        loop = null;
    }

    /** Ends in order; false where the store failed meanwhile. */
    boolean stop(long nowMs, Random random) {
        boolean orderly = true;
        try {
            loop.stop(nowMs);
        } catch (StoreException e) {
            orderly = false;
        }
        crash(random);
        return orderly;
    }

    /** From the next start on, nothing goes wrong and nothing is late. */
    void heal(Random random) {
        store = store.healed(random.nextLong());
    }

    /** The number of the start, from 1. */
    int life() {
        return lives;
    }

    boolean hasFailed() {
        return loop.failure() != null;
    }

    void connect(long connection, String clientId, long producer) {
        loop.connect(connection, clientId, producer);
    }

    void disconnect(long connection, long nowMs) {
        if (plant.hearsDisconnect()) {
            loop.disconnect(connection, nowMs);
        }
    }

    void say(long connection, ClientFrame frame, long nowMs) {
        ClientFrame heard = plant.frame(frame);
        if (heard != null) {
            loop.decide(connection, heard, nowMs);
        }
    }

    void tell(long connection, BrokerFrame frame) {
        loop.tell(connection, frame);
    }

    boolean turn(long nowMs) {
        return loop.turn(nowMs);
    }

    /** Turns until nothing is under way; false where the store failed. */
    boolean settle(long nowMs) {
        for (int turns = 0; turns < 20_000; turns++) {
            boolean more = loop.turn(nowMs);
            if (loop.failure() != null) {
                return false;
            }
            if (!more && store.isQuiet() && loop.isQuiet()) {
                return true;
            }
        }
        throw new Violation(Violation.Invariant.NOTHING_STUCK, "the broker never comes to rest");
    }

    long nextTimerMs() {
        return loop.nextTimerMs();
    }

    Core core() {
        return loop.core();
    }

    /** What a start on a copy of the store would lead to; only after {@link #settle}. */
    String recoveredState(long nowMs) {
        return RecoveryProbe.stateOf(store, limits, lives + 1, nowMs);
    }
}
