// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.management.Connections;
import org.taffrail.broker.management.Manager;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.ManageOperation;

/**
 * Lets the management requests of those pass who may manage, and their looks through topics, and
 * says in the log who was refused or changes something. Owned by the broker's thread.
 */
final class ManagerDoor implements Connections {
    private final Sessions sessions;
    private final Manager manager = new Manager(this);

    ManagerDoor(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Takes a request.
     *
     * @param hello how the client has introduced itself
     * @param mayManage whether it may manage
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION} if management was not agreed
     */
    void request(
            Session session,
            ClientFrame.Hello hello,
            boolean mayManage,
            ClientFrame.Manage frame,
            long nowMs) {
        if ((hello.features() & FrameLayout.MANAGEMENT) == 0) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION, "a management request that was not agreed");
        }
        WireException refusal = null;
        if (!mayManage) {
            refusal = notPermitted(session);
        } else if (hello.frameBytesMax() < FrameLayout.MANAGED_BYTES_MAX) {
            refusal =
                    new WireException(
                            ErrorCode.LIMIT_REACHED,
                            "the client takes frames of "
                                    + hello.frameBytesMax()
                                    + " bytes; who manages takes at least "
                                    + FrameLayout.MANAGED_BYTES_MAX);
        }
        ManageOperation operation = ManageOperation.of(frame.operation());
        if (refusal != null || operation != null && operation.changes()) {
            sessions.observer().managing(session, frame, refusal);
        }
        if (refusal != null) {
            Manager.refuse(sessions.loop(), session.id(), frame, refusal);
        } else {
            manager.handle(sessions.loop(), session.id(), frame, nowMs);
        }
    }

    private static WireException notPermitted(Session session) {
        return new WireException(
                ErrorCode.NOT_PERMITTED,
                (session.user() == null ? "a client without a user" : "user " + session.user())
                        + " may not manage this broker: see security.managers");
    }

    /** Tells whether a frame that is none of management is for managers all the same. */
    static boolean isForManagers(ClientFrame frame) {
        return frame instanceof ClientFrame.Attach attach
                && attach.source() == ClientFrame.Source.BROWSER
                && !attach.kind().isQueue();
    }

    /** Refuses a look through a topic to a client that may not manage. */
    void refuse(Session session, ClientFrame.Attach frame) {
        WireException refusal = notPermitted(session);
        sessions.observer().browsingRefused(session, frame, refusal);
        sessions.loop()
                .answer(
                        session.id(),
                        new BrokerFrame.Failed(
                                frame.requestId(), refusal.code(), refusal.getMessage()));
    }

    @Override
    public Peer find(long connection) {
        Session session = sessions.find(connection);
        return session == null
                ? null
                : new Peer(session.peer(), session.user(), session.clientId(), session.product());
    }
}
