// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.security.Authenticator;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;

/**
 * How a session's client is let in: its responses go to the door, and what the door says goes back,
 * at once or after a while. Meanwhile the client must wait. What the door says after the session
 * has ended is dropped. Owned by the broker's thread.
 */
final class Admission {
    /** Most steps of an authentication. */
    private static final int STEPS_MAX = 16;

    private final Session session;
    private final Sessions sessions;
    private Authenticator.Exchange exchange = (response, nowMs, reply) -> {};
    private int steps;
    private boolean waiting;
    private boolean abandoned;

    Admission(Session session, Sessions sessions) {
        this.session = session;
        this.sessions = sessions;
    }

    /**
     * Takes the first response.
     *
     * @throws WireException as {@link #respond}, and if there is no such mechanism here
     */
    void begin(ClientFrame.Hello hello, Authenticator.Caller caller, long nowMs) {
        try {
            exchange = sessions.authenticator().begin(hello.mechanism(), caller);
        } catch (WireException e) {
            sessions.observer().refused(session, null, e);
            throw e;
        }
        respond(hello.response(), nowMs);
    }

    /**
     * Takes a response.
     *
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION} if the door still looks at the
     *     last one; {@link ErrorCode#AUTHENTICATION_FAILED} if there are too many, or the door says
     *     no at once
     */
    void respond(byte[] response, long nowMs) {
        if (waiting) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION, "a response while the last one is looked at");
        }
        if (++steps > STEPS_MAX) {
            throw new WireException(
                    ErrorCode.AUTHENTICATION_FAILED, "more than " + STEPS_MAX + " steps");
        }
        waiting = true;
        try {
            exchange.respond(response, nowMs, this::next);
        } catch (WireException e) {
            sessions.observer().refused(session, null, e);
            throw e;
        }
    }

    private void next(Authenticator.Step step, long nowMs) {
        if (abandoned) {
            return;
        }
        waiting = false;
        try {
            if (step instanceof Authenticator.Challenged challenged) {
                session.challenge(challenged.challenge());
            } else if (step instanceof Authenticator.Admitted admitted) {
                session.admit(admitted, nowMs);
            } else if (step instanceof Authenticator.Refused refused) {
                sessions.observer().refused(session, refused.user(), refused.reason());
                throw refused.reason();
            }
        } catch (WireException e) {
            session.close(e, nowMs);
        }
    }

    /** Hears that the session has ended. */
    void abandon() {
        abandoned = true;
        exchange.abandon();
    }
}
