// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.management.Connections;
import org.taffrail.broker.management.Manager;
import org.taffrail.broker.management.Mandate;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.ManageOperation;

/**
 * Has management requests carried out that are permitted, and says who changes something. Owned by
 * the broker's thread.
 */
final class ManagerDoor implements Connections {
    private final Sessions sessions;
    private final Manager manager = new Manager(this);

    ManagerDoor(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Takes a request of which all that it names is permitted.
     *
     * @param frameBytesMax the largest frame that the client takes
     * @param mandate what may be managed beside
     */
    void request(
            Session session,
            ClientFrame.Manage frame,
            int frameBytesMax,
            Mandate mandate,
            long nowMs) {
        if (frameBytesMax < FrameLayout.MANAGED_BYTES_MAX) {
            Manager.refuse(
                    sessions.loop(),
                    session.id(),
                    frame,
                    new WireException(
                            ErrorCode.LIMIT_REACHED,
                            "the client takes frames of "
                                    + frameBytesMax
                                    + " bytes; who manages takes at least "
                                    + FrameLayout.MANAGED_BYTES_MAX));
            return;
        }
        ManageOperation operation = ManageOperation.of(frame.operation());
        if (operation != null && operation.changes()) {
            sessions.observer().managing(session, frame);
        }
        manager.handle(sessions.loop(), session.id(), frame, mandate, nowMs);
    }

    @Override
    public Peer find(long connection) {
        Session session = sessions.find(connection);
        return session == null
                ? null
                : new Peer(session.peer(), session.user(), session.clientId(), session.product());
    }
}
