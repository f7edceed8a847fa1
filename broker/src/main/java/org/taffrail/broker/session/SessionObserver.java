// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.security.Denied;
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
     * Hears that a client was not let in; its session ends. Who does not say otherwise is not
     * interested.
     *
     * @param session its session
     * @param user the name of the user whose password was wrong; null where that is not known
     * @param reason what it is told
     */
    default void refused(Session session, String user, WireException reason) {}

    /**
     * Hears that a session has ended.
     *
     * @param session the session
     * @param reason why the broker ended it; null where the client said goodbye or went away
     */
    void ended(Session session, WireException reason);

    /**
     * Hears that a client changes something in the broker, which it may. Who does not say otherwise
     * is not interested.
     *
     * @param session the client's session
     * @param frame what it asks for
     * @param other the session that it ends, which may be its own; null where it ends none
     */
    default void managing(Session session, ClientFrame.Manage frame, Session other) {}

    /**
     * Hears that something was not permitted. Who does not say otherwise is not interested.
     *
     * @param session the client's session
     * @param frame what it asks for
     * @param denied why it is refused
     */
    default void denied(Session session, ClientFrame frame, Denied denied) {}

    /**
     * Hears that a client's bytes met a defect of the broker, which has cost this connection.
     *
     * @param session the session
     * @param defect what was thrown
     */
    void defect(Session session, RuntimeException defect);
}
