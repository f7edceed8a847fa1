// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.session.Session;
import org.taffrail.broker.session.SessionObserver;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ManageOperation;

/**
 * Writes to the log what becomes of connections. What clients name themselves is quoted and cut.
 */
final class SessionLog implements SessionObserver {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);

    private static final int TEXT_LENGTH_MAX = 100;

    @Override
    public void opened(Session session) {
        LOG.debug(
                "event=connection_opened connection={} peer={} client_id={} user={} product={}",
                session.id(),
                session.peer(),
                quoted(session.clientId()),
                quoted(session.user()),
                quoted(session.product()));
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
                    quoted(session.clientId()),
                    reason.code(),
                    quoted(reason.getMessage()));
        }
    }

    @Override
    public void managing(Session session, ClientFrame.Manage frame, WireException refusal) {
        ManageOperation operation = ManageOperation.of(frame.operation());
        Object named = operation == null ? frame.operation() : operation;
        String destination = quoted(String.valueOf(frame.fields().values().get("name")));
        if (refusal == null) {
            LOG.info(
                    "event=managed connection={} peer={} user={} operation={} destination={}",
                    session.id(),
                    session.peer(),
                    quoted(session.user()),
                    named,
                    destination);
        } else {
            LOG.warn(
                    "event=managing_refused connection={} peer={} user={} operation={} code={}",
                    session.id(),
                    session.peer(),
                    quoted(session.user()),
                    named,
                    refusal.code());
        }
    }

    @Override
    public void browsingRefused(Session session, ClientFrame.Attach frame, WireException refusal) {
        LOG.warn(
                "event=managing_refused connection={} peer={} user={} operation={} code={}",
                session.id(),
                session.peer(),
                quoted(session.user()),
                "BROWSE",
                refusal.code());
    }

    @Override
    public void defect(Session session, RuntimeException defect) {
        LOG.error("event=defect connection={} peer={}", session.id(), session.peer(), defect);
    }

    private static String quoted(String text) {
        if (text == null) {
            return "none";
        }
        StringBuilder shown = new StringBuilder("\"");
        int length = Math.min(TEXT_LENGTH_MAX, text.length());
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            shown.append(c == '"' ? '\'' : Character.isISOControl(c) ? '?' : c);
        }
        return shown.append(length < text.length() ? "...\"" : "\"").toString();
    }
}
