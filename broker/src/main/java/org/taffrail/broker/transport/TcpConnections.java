// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.transport;

import org.taffrail.broker.session.Outlet;
import org.taffrail.broker.session.Session;

import java.util.concurrent.CompletableFuture;

/**
 * What the sockets of one listener share: the broker's thread, their number, and a scratch buffer.
 * Owned by the broker's thread.
 */
final class TcpConnections {
    private final BrokerThread thread;
    private final TcpSettings settings;
    private byte[] scratch = new byte[64 << 10];
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private int open;
    private boolean closed;

    TcpConnections(BrokerThread thread, TcpSettings settings) {
        this.thread = thread;
        this.settings = settings;
    }

    BrokerThread thread() {
        return thread;
    }

    TcpSettings settings() {
        return settings;
    }

    /** Counts a socket in; false where there are too many. */
    boolean admit() {
        open++;
        return open <= settings.connectionsMax();
    }

    void left() {
        open--;
        checkDrained();
    }

    /** Notes that no more sockets come. */
    void close() {
        closed = true;
        checkDrained();
    }

    /** Completes when no more sockets come and none is left. */
    CompletableFuture<Void> drained() {
        return drained;
    }

    private void checkDrained() {
        if (closed && open == 0) {
            drained.complete(null);
        }
    }

    Session session(Outlet outlet) {
        return thread.sessions().open(outlet, settings.heartbeatMs());
    }

    /** Returns an array of at least that size, valid until the next call. */
    byte[] scratch(int bytes) {
        if (scratch.length < bytes) {
            scratch = new byte[bytes];
        }
        return scratch;
    }
}
