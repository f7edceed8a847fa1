// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.broker.core.policy.Scope;
import org.taffrail.broker.loop.Audience;
import org.taffrail.broker.loop.Closures;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.loop.RoomObserver;
import org.taffrail.broker.session.Outlet;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * No fault: a disk that is short of room for a while, again and again, or has none at all, and
 * managers who close destinations to senders. While it is short, or they are closed, everything but
 * sends, and commits that wait for their own, must be answered all the same; it does not give room
 * before. Time is counted in polls.
 */
class RoomWeather implements Plant {
    /** So many polls may pass before something is answered that must not wait. */
    private static final int PATIENCE_POLLS = 4_000;

    private static final State[] CHANGES = {State.SHORT, State.SHORT, State.FULL, State.CLOSED};

    private static final DestinationPattern[] CLOSED = {
        DestinationPattern.of(Scope.ANY, "#"), DestinationPattern.of(Scope.QUEUE, "*")
    };

    private final Random random;
    private final boolean refuses;
    private final Map<Long, Conversation> conversations = new HashMap<>();
    private Audience audience;
    private Loop loop;
    private Conversation opened;
    private State state = State.PLENTY;
    private long polls;
    private long until;

    private enum State {
        PLENTY,
        SHORT,
        FULL,
        CLOSED
    }

    /**
     * Makes a weather.
     *
     * @param seed of all that happens
     * @param refuses whether sends are refused while room is short; otherwise they wait
     */
    RoomWeather(long seed, boolean refuses) {
        random = new Random(seed);
        this.refuses = refuses;
    }

    @Override
    public Store store(Store store) {
        conversations.clear();
        return new Disk(store);
    }

    @Override
    public void healed() {
        state = State.PLENTY;
        applyState();
        until = Long.MAX_VALUE;
    }

    @Override
    public void started(Loop started) {
        loop = started;
        loop.whenShortOfRoom(refuses, RoomObserver.NONE);
        applyState();
    }

    @Override
    public Audience audience(Audience sessions) {
        audience = sessions;
        return new Audience() {
            @Override
            public void tell(long connection, BrokerFrame frame) {
                Conversation conversation = conversations.get(connection);
                if (conversation != null) {
                    conversation.heard(frame);
                }
                sessions.tell(connection, frame);
            }

            @Override
            public void violated(long connection, WireException why) {
                sessions.violated(connection, why);
            }

            @Override
            public void ended(long connection) {
                sessions.ended(connection);
            }
        };
    }

    /** Sessions are numbered as they are opened, from 1 in each life of the broker. */
    @Override
    public Outlet outlet(Outlet outlet) {
        Conversation conversation = new Conversation();
        opened = conversation;
        return new Outlet() {
            @Override
            public void write(byte[] array, int at, int length) {
                outlet.write(array, at, length);
            }

            @Override
            public long unsentBytes() {
                return outlet.unsentBytes();
            }

            @Override
            public void end() {
                conversation.end();
                outlet.end();
            }

            @Override
            public String peer() {
                return outlet.peer();
            }
        };
    }

    @Override
    public Inlet inlet(Inlet inlet) {
        Conversation conversation = opened;
        long connection = conversations.size() + 1;
        conversations.put(connection, conversation);
        return new Overhearing(inlet) {
            @Override
            boolean passes(ClientFrame frame) {
                conversation.said(frame, polls);
                return RoomWeather.this.passes(connection, frame);
            }

            @Override
            boolean mayWithhold() {
                return withholds();
            }

            @Override
            public void lost(long nowMs) {
                conversation.end();
                super.lost(nowMs);
            }
        };
    }

    /** Where a fault may be planted: whether the broker hears what a client says. */
    boolean passes(long connection, ClientFrame frame) {
        return true;
    }

    /** Whether {@link #passes} may say no. */
    boolean withholds() {
        return false;
    }

    /** Where a fault may be planted: whether room that was short comes back. */
    boolean comesBack() {
        return true;
    }

    boolean isShort() {
        return state == State.SHORT;
    }

    void tell(long connection, BrokerFrame frame) {
        audience.tell(connection, frame);
    }

    private void step() {
        polls++;
        if (state == State.SHORT || state == State.CLOSED) {
            for (Conversation each : conversations.values()) {
                long waits = each.waitingSince(polls);
                if (polls - waits > PATIENCE_POLLS) {
                    throw new Violation(
                            Invariant.NOTHING_STUCK, "waits though it needs no room: " + each);
                }
                if (waits < polls) {
                    return;
                }
            }
        }
        if (polls >= until && (state == State.PLENTY || comesBack())) {
            change();
        }
    }

    private void applyState() {
        if (loop == null) {
            return;
        }
        Closures closures = loop.closures();
        if (state == State.CLOSED) {
            closures.close(CLOSED[random.nextInt(CLOSED.length)]);
        } else {
            closures.openAll(DestinationKind.QUEUE);
            closures.openAll(DestinationKind.TOPIC);
        }
    }

    private void change() {
        if (state != State.PLENTY) {
            state = State.PLENTY;
            applyState();
            until = polls + random.nextInt(200);
            return;
        }
        state = CHANGES[random.nextInt(CHANGES.length)];
        applyState();
        until = polls + random.nextInt(state == State.FULL ? 20 : 150);
        for (Conversation each : conversations.values()) {
            each.begins(polls);
        }
    }

    private final class Disk extends StoreDecorator {
        private boolean told;

        Disk(Store store) {
            super(store);
        }

        private void takeRoom() throws StoreException {
            if (state == State.FULL) {
                step(); // a start that finds no room never comes to a poll
                throw new StoreException(StoreException.Kind.FULL, "the simulated disk is full");
            }
        }

        @Override
        public long append(Batch batch) throws StoreException {
            takeRoom();
            return super.append(batch);
        }

        @Override
        public SnapshotWriter startSnapshot() throws StoreException {
            takeRoom();
            return super.startSnapshot();
        }

        @Override
        public int poll(Listener listener) {
            step();
            int reports = 0;
            if (told != isShort()) {
                told = isShort();
                listener.noticed(new StoreNotice.Room(told, told ? 5 : 500, 10));
                reports = 1;
            }
            return reports + super.poll(listener);
        }
    }
}
