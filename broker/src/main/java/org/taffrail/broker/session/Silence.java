// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/** How long each side of a connection has said nothing. Owned by the broker's thread. */
final class Silence {
    private final int handshakeMs;
    private final int heartbeatMs;
    private boolean heard;
    private long silentMs;
    private long mutedMs;

    /**
     * Makes one.
     *
     * @param handshakeMs how long the opening may take, all of it
     * @param heartbeatMs within which time the client is to be heard; 0 for never
     */
    Silence(int handshakeMs, int heartbeatMs) {
        this.handshakeMs = handshakeMs;
        this.heartbeatMs = heartbeatMs;
    }

    /** Something came from the client. */
    void heard() {
        heard = true;
    }

    /** Something went to the client. */
    void said() {
        mutedMs = 0;
    }

    /** Some time has passed since the last call. */
    void passed(long elapsedMs) {
        silentMs = heard ? 0 : silentMs + elapsedMs;
        mutedMs += elapsedMs;
        heard = false;
    }

    /**
     * Returns why a client that is not let in yet is not waited for any longer. Who is being let in
     * has one limit for all of it, so that a trickle of bytes buys no time.
     *
     * @return null while it is
     */
    WireException endsOpening() {
        return mutedMs <= handshakeMs
                ? null
                : new WireException(
                        ErrorCode.TIMEOUT, "no complete opening in " + handshakeMs + " ms");
    }

    /**
     * Returns why a client that was let in counts as gone.
     *
     * @return null while it does not
     */
    WireException endsConnection() {
        return heartbeatMs == 0 || silentMs <= 2L * heartbeatMs
                ? null
                : new WireException(
                        ErrorCode.HEARTBEAT_TIMEOUT,
                        "the client was silent for more than " + 2L * heartbeatMs + " ms");
    }

    /**
     * Tells whether the client is to hear something now.
     *
     * @param withinMs within which time it wants to; 0 for never
     */
    boolean isOverdue(int withinMs) {
        return withinMs > 0 && mutedMs >= withinMs / 2;
    }
}
