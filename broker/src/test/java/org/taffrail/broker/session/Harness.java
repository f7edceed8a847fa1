// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.core.Limits;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.Authenticator;
import org.taffrail.broker.security.Denied;
import org.taffrail.broker.security.OpenAuthenticator;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameChannel;
import org.taffrail.wire.frame.ManageOperation;

import java.util.ArrayList;
import java.util.List;

/** Sessions over a loop in memory, with a clock that stands still until it is told otherwise. */
final class Harness {
    static final SessionSettings SETTINGS =
            new SessionSettings(5, 900_000, 4, 1 << 20, 1000, 1 << 20, "test broker");

    final Sessions sessions;
    final Loop loop;
    final List<String> events = new ArrayList<>();
    final List<RuntimeException> defects = new ArrayList<>();
    long nowMs = 1_000_000;

    /** Who may do what; may be replaced at any time. */
    Access access;

    Harness() {
        this(new MemoryStore(), SETTINGS);
    }

    Harness(Store store, SessionSettings settings) {
        this(store, settings, new OpenAuthenticator());
    }

    Harness(Store store, SessionSettings settings, Authenticator authenticator) {
        this(store, settings, authenticator, Access.open());
    }

    Harness(Store store, SessionSettings settings, Authenticator authenticator, Access access) {
        this.access = access;
        sessions = new Sessions(settings, authenticator, () -> this.access, new Observer());
        try {
            loop = new Loop(store, Limits.defaults(), 1 << 20, sessions, nowMs);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
        sessions.serve(loop);
    }

    /** Runs turns until nothing is left to do. */
    void turn() {
        while (loop.turn(nowMs)) {
            sessions.flush(nowMs);
        }
        sessions.flush(nowMs);
        while (loop.turn(nowMs)) {
            sessions.flush(nowMs);
        }
        sessions.flush(nowMs);
    }

    void pass(long ms) {
        nowMs += ms;
        sessions.tick(ms, nowMs);
        turn();
    }

    /** A client whose bytes arrive at once, and are dealt with at once. */
    WireClient client() {
        return client(0);
    }

    WireClient client(int heartbeatMs) {
        WireClient client = new WireClient();
        return client.on(new Wire(client, heartbeatMs));
    }

    /** What connects a client to its session. */
    final class Wire implements FrameChannel, Outlet {
        final Receiver receiver;
        final Session session;
        long unsentBytes;
        boolean ended;

        Wire(Receiver receiver, int heartbeatMs) {
            this.receiver = receiver;
            session = sessions.open(this, heartbeatMs);
            turn();
        }

        @Override
        public void send(byte[] array, int at, int length) {
            session.received(array, at, length, nowMs);
            turn();
        }

        @Override
        public void close() {
            session.lost(nowMs);
            turn();
        }

        @Override
        public void write(byte[] array, int at, int length) {
            if (ended) {
                throw new IllegalStateException("written after the end");
            }
            receiver.received(array, at, length);
        }

        @Override
        public long unsentBytes() {
            return unsentBytes;
        }

        @Override
        public void end() {
            if (!ended) {
                ended = true;
                receiver.closed(null);
            }
        }

        @Override
        public String peer() {
            return "test";
        }
    }

    private final class Observer implements SessionObserver {
        @Override
        public void opened(Session session) {
            events.add("opened " + session.id() + " " + session.clientId() + " " + session.user());
        }

        @Override
        public void ended(Session session, WireException reason) {
            events.add("ended " + session.id() + (reason == null ? "" : " " + reason.code()));
        }

        @Override
        public void refused(Session session, String user, WireException reason) {
            events.add("refused " + session.id() + " " + user + " " + reason.code());
        }

        @Override
        public void managing(Session session, ClientFrame.Manage frame, Session other) {
            events.add(
                    "managing "
                            + session.id()
                            + " "
                            + ManageOperation.of(frame.operation())
                            + (other == null ? "" : " " + other.id()));
        }

        @Override
        public void denied(Session session, ClientFrame frame, Denied denied) {
            events.add(
                    "denied "
                            + session.id()
                            + " "
                            + frame.getClass().getSimpleName()
                            + " "
                            + denied.right()
                            + " "
                            + denied.object());
        }

        @Override
        public void defect(Session session, RuntimeException defect) {
            defects.add(defect);
        }
    }
}
