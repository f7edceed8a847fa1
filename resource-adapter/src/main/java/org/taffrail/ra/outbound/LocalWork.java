// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TransactionRolledBackException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.LocalTransactionException;

/**
 * The local transactions of a connection in the server's pool, where the server ends no others
 * together with them.
 */
final class LocalWork implements LocalTransaction {
    private final JmsManagedConnection connection;
    private Session session;
    private volatile boolean active;

    LocalWork(JmsManagedConnection connection) {
        this.connection = connection;
    }

    boolean isActive() {
        return active;
    }

    Session session() {
        return session;
    }

    @Override
    public void begin() throws ResourceException {
        if (active) {
            throw new LocalTransactionException("a local transaction is active");
        }
        try {
            if (session == null) {
                session = connection.connection().createSession(true, Session.SESSION_TRANSACTED);
            }
        } catch (JMSException e) {
            throw failure(e);
        }
        active = true;
    }

    @Override
    public void commit() throws ResourceException {
        requireActive();
        active = false;
        try {
            session.commit();
        } catch (TransactionRolledBackException e) {
            throw new LocalTransactionException(e.getMessage(), e);
        } catch (JMSException e) {
            throw failure(e);
        }
    }

    @Override
    public void rollback() throws ResourceException {
        requireActive();
        active = false;
        try {
            session.rollback();
        } catch (JMSException e) {
            throw failure(e);
        }
    }

    private void requireActive() throws LocalTransactionException {
        if (!active) {
            throw new LocalTransactionException("no local transaction is active");
        }
    }

    private static ResourceException failure(JMSException cause) {
        return new ResourceException(cause.getMessage(), cause);
    }

    /** Rolls back what nobody has ended. */
    void forget() throws JMSException {
        if (active) {
            active = false;
            session.rollback();
        }
    }
}
