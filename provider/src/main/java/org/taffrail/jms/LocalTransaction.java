// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;
import jakarta.jms.TransactionRolledBackException;

import org.taffrail.link.Link;
import org.taffrail.wire.ErrorCode;

import java.util.concurrent.CompletableFuture;

/**
 * The local transactions of a transacted session, one after the other. The commit of one that is
 * doomed rolls back and says so.
 */
final class LocalTransaction extends TransactedWork {
    private final SessionCore session;
    private final Link link;

    /** 0 while nothing was done in the current transaction. */
    private long id;

    /** Why it can only be rolled back, or null. */
    private Doom doom;

    LocalTransaction(SessionCore session) {
        super(session);
        this.session = session;
        this.link = session.link();
    }

    @Override
    void doom(long transactionId, Throwable cause) {
        session.state().lock();
        try {
            if (id == transactionId && doom == null) {
                doom = Doom.refused(cause);
            }
        } finally {
            session.state().unlock();
        }
    }

    /**
     * Commits; returns when it is durable.
     *
     * @throws TransactionRolledBackException if the transaction was rolled back instead
     * @throws JMSException if the outcome is unknown
     */
    void commit() throws JMSException {
        long committing;
        CompletableFuture<Void> done = null;
        Doom cause;
        session.state().lock();
        try {
            committing = id;
            cause = doom;
            if (committing != 0 && cause == null) {
                flush(id);
                done = link.commit(committing);
                id = 0;
            }
        } finally {
            session.state().unlock();
        }
        if (done != null) {
            try {
                session.replies().await(done);
            } catch (TransactionRolledBackException e) {
                // the broker has given back what was consumed: all of it comes before what waits
                // here
                session.rewind(session.consumers(), Replies::nothing);
                throw e;
            }
        } else if (cause != null) {
            rollback();
            throw JmsErrors.caused(
                    new TransactionRolledBackException(
                            "the transaction is rolled back, because " + cause.why(),
                            ErrorCode.TRANSACTION_DOOMED.name()),
                    cause.forApplication());
        }
    }

    /** Rolls back; returns when what was consumed is given back. */
    void rollback() throws JMSException {
        if (isBegun()) {
            session.rewind(session.consumers(), this::end);
        }
    }

    /**
     * What was done so far is rolled back with the connection; what is done from now on will be, on
     * the next one, as it belongs to the same transaction.
     */
    @Override
    public void interrupted(Throwable cause) {
        forgetAccepted();
        if (id != 0) {
            id = link.newTransaction();
            doom = doom == null ? Doom.interrupted(cause) : doom;
        }
    }

    @Override
    public CompletableFuture<Void> close() {
        return id == 0 ? Replies.nothing() : end();
    }

    @Override
    long begun() {
        if (id == 0) {
            id = link.newTransaction();
            doom = null;
        }
        return id;
    }

    private boolean isBegun() {
        session.state().lock();
        try {
            return id != 0;
        } finally {
            session.state().unlock();
        }
    }

    /** Rolls the current transaction back: the broker releases what is accepted in it as seen. */
    private CompletableFuture<Void> end() {
        flush(id);
        CompletableFuture<Void> done = link.rollback(id);
        id = 0;
        doom = null;
        return done;
    }
}
