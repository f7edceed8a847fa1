// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.Audit;
import org.taffrail.broker.security.Denied;
import org.taffrail.broker.session.Session;
import org.taffrail.broker.session.SessionObserver;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ManageOperation;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Writes to the log what becomes of connections. What clients name themselves is quoted and cut.
 */
final class SessionLog implements SessionObserver {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);

    private final Audit audit;
    private final Supplier<Access> access;
    private final LongSupplier wallMs;

    /**
     * Makes one.
     *
     * @param audit takes what concerns security
     * @param access who may do what, as it is whenever it is asked
     * @param wallMs tells the time, ms since 1970
     */
    SessionLog(Audit audit, Supplier<Access> access, LongSupplier wallMs) {
        this.audit = audit;
        this.access = access;
        this.wallMs = wallMs;
    }

    @Override
    public void opened(Session session) {
        audit.login(
                session.identity(),
                access.get().manages(session.identity()),
                session.peer(),
                session.product(),
                wallMs.getAsLong());
        LOG.debug(
                "event=connection_opened connection={} peer={} client_id={} user={} product={}",
                session.id(),
                session.peer(),
                Audit.quoted(session.clientId()),
                Audit.quoted(session.user()),
                Audit.quoted(session.product()));
    }

    @Override
    public void ended(Session session, WireException reason) {
        if (reason == null || reason.code() == ErrorCode.STOPPING) {
            LOG.debug(
                    "event=connection_closed connection={} peer={}", session.id(), session.peer());
        } else {
            LOG.warn(
                    "event=connection_ended connection={} peer={} client_id={} code={} detail={}",
                    session.id(),
                    session.peer(),
                    Audit.quoted(session.clientId()),
                    reason.code(),
                    Audit.quoted(reason.getMessage()));
        }
    }

    @Override
    public void refused(Session session, String user, WireException reason) {
        audit.loginRefused(user, session.peer(), reason.getMessage(), wallMs.getAsLong());
    }

    @Override
    public void managing(Session session, ClientFrame.Manage frame, Session other) {
        Map<String, Object> fields = frame.fields().values();
        audit.managed(
                session.user(),
                session.peer(),
                operation(frame),
                object(fields),
                other == null ? text(fields.get("to")) : other.identity() + " at " + other.peer());
    }

    @Override
    public void denied(Session session, ClientFrame frame, Denied denied) {
        String request =
                frame instanceof ClientFrame.Manage manage
                        ? operation(manage)
                        : frame.getClass().getSimpleName();
        audit.denied(denied, session.peer(), request, wallMs.getAsLong());
    }

    private static String operation(ClientFrame.Manage frame) {
        ManageOperation operation = ManageOperation.of(frame.operation());
        return operation == null ? "operation " + frame.operation() : operation.toString();
    }

    private static String object(Map<String, Object> fields) {
        for (String field : List.of("name", "pattern", "id")) {
            if (fields.get(field) != null) {
                return text(fields.get(field));
            }
        }
        return null;
    }

    private static String text(Object field) {
        return field == null ? null : field.toString();
    }

    @Override
    public void defect(Session session, RuntimeException defect) {
        LOG.error("event=defect connection={} peer={}", session.id(), session.peer(), defect);
    }
}
