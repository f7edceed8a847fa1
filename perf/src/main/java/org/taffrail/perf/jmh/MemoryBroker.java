// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import org.taffrail.broker.core.Limits;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.security.OpenAuthenticator;
import org.taffrail.broker.session.Session;
import org.taffrail.broker.session.SessionObserver;
import org.taffrail.broker.session.SessionSettings;
import org.taffrail.broker.session.Sessions;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.wire.WireException;

/**
 * A broker with neither sockets nor disk: sessions over the loop over a store in memory. Whoever
 * measures it is its thread, and its clock stands still.
 */
final class MemoryBroker {
    private static final long NOW_MS = 1_000_000;
    private static final int SNAPSHOT_BYTES = 16 << 20;
    private static final int WINDOW = 1 << 20;
    private static final SessionSettings SETTINGS =
            new SessionSettings(
                    100, 64 << 20, WINDOW, Integer.MAX_VALUE, 10_000, WINDOW, "benchmark");

    private final Sessions sessions;
    private final Loop loop;

    MemoryBroker() throws StoreException {
        sessions = new Sessions(SETTINGS, new OpenAuthenticator(), new Observer());
        loop = new Loop(new MemoryStore(), Limits.defaults(), SNAPSHOT_BYTES, sessions, NOW_MS);
        sessions.serve(loop);
    }

    /** Lets a client in. */
    MemoryClient client() {
        MemoryClient client = new MemoryClient(this);
        client.open(sessions.open(client, 0));
        return client;
    }

    void received(Session session, byte[] array, int length) {
        session.received(array, 0, length, NOW_MS);
    }

    /** Runs turns until nothing is left to do, and passes on what was said in each. */
    void turn() {
        boolean more = true;
        while (more) {
            more = loop.turn(NOW_MS);
            sessions.flush(NOW_MS);
        }
    }

    /** A session that ends is a benchmark that fails. */
    private static final class Observer implements SessionObserver {
        @Override
        public void opened(Session session) {
            // as it should
        }

        @Override
        public void ended(Session session, WireException reason) {
            throw new IllegalStateException("session " + session.id() + " has ended", reason);
        }

        @Override
        public void defect(Session session, RuntimeException defect) {
            throw defect;
        }
    }
}
