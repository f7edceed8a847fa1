// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.core.ConnectionStatus;
import org.taffrail.broker.core.Page;
import org.taffrail.broker.management.Connections;
import org.taffrail.broker.management.Manager;
import org.taffrail.broker.management.Mandate;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.ManageOperation;

import java.util.List;
import java.util.Objects;

/**
 * Has management requests carried out that are permitted, and says who changes something. Owned by
 * the broker's thread.
 */
final class ManagerDoor implements Connections {
    private final Sessions sessions;
    private final Manager manager = new Manager(this, this::end);

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
            sessions.observer().managing(session, frame, toBeEnded(operation, frame));
        }
        manager.handle(sessions.loop(), session.id(), frame, mandate, nowMs);
    }

    /** Returns whose connection a request ends; null for none. */
    private Session toBeEnded(ManageOperation operation, ClientFrame.Manage frame) {
        return operation == ManageOperation.END_CONNECTION
                        && frame.fields().values().get("id") instanceof Long id
                ? open(id)
                : null;
    }

    private Session open(long connection) {
        Session session = sessions.find(connection);
        return session != null && session.isOpen() ? session : null;
    }

    @Override
    public Peer find(long connection) {
        Session session = sessions.find(connection);
        return session == null ? null : peer(session);
    }

    private static Peer peer(Session session) {
        return new Peer(session.peer(), session.user(), session.clientId(), session.product());
    }

    @Override
    public Connected connected(long connection) {
        Session session = open(connection);
        return session == null ? null : connected(session);
    }

    private Connected connected(Session session) {
        ConnectionStatus status = sessions.loop().core().overview().connection(session.id());
        return status == null ? null : new Connected(status, peer(session));
    }

    @Override
    public Page<Connected> page(String after, int rowsMax) {
        List<Session> listed = sessions.connected(idAfter(after), rowsMax);
        List<Connected> rows =
                listed.stream().map(this::connected).filter(Objects::nonNull).toList();
        boolean more = !listed.isEmpty() && listed.size() == rowsMax;
        return new Page<>(rows, more ? Long.toString(listed.get(listed.size() - 1).id()) : null);
    }

    private static long idAfter(String after) {
        try {
            return after == null ? 0 : Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "there is no page '" + after + "' of connections");
        }
    }

    private void end(long connection, WireException why, long nowMs) {
        Session session = open(connection);
        if (session != null) {
            session.close(why, nowMs);
        }
    }
}
