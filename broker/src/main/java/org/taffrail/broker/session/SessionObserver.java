// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;

/** Hears what becomes of sessions; the server writes it to the log. */
public interface SessionObserver {
    /**
     * Hears that a client was let in.
     *
     * @param session its session
     */
    void opened(Session session);

    /**
     * Hears that a session has ended.
     *
     * @param session the session
     * @param reason why the broker ended it; null where the client said goodbye or went away
     */
    void ended(Session session, WireException reason);

    /**
     * Hears that a client changes something in the broker, or is not allowed to manage it. Who does
     * not say otherwise is not interested.
     *
     * @param session the client's session
     * @param frame what it asks for
     * @param refusal why it is refused; null where it goes on
     */
    default void managing(Session session, ClientFrame.Manage frame, WireException refusal) {}

    /**
     * Hears that a client which may not manage was refused a look through a topic. Who does not say
     * otherwise is not interested.
     *
     * @param session the client's session
     * @param frame what it asks for
     * @param refusal why it is refused
     */
    default void browsingRefused(
            Session session, ClientFrame.Attach frame, WireException refusal) {}

    /**
     * Hears that a client's bytes met a defect of the broker, which has cost this connection.
     *
     * @param session the session
     * @param defect what was thrown
     */
    void defect(Session session, RuntimeException defect);
}
