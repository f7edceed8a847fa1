// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

import org.taffrail.link.Link;
import org.taffrail.wire.frame.ClientFrame;

/**
 * What a session does in transactions of its link, whoever ends them. What is consumed is accepted
 * within the transaction and takes effect with its commit; sends don't wait for the broker, so a
 * refused one dooms the transaction.
 */
abstract class TransactedWork implements Acknowledgement {
    /** How many accepted messages are put off, to travel in one frame, at most. */
    static final int BATCH_MAX = 64;

    private final SessionCore session;
    private final Link link;

    /** Accepted, but not told to the broker yet. */
    private final Settlements accepted = new Settlements();

    TransactedWork(SessionCore session) {
        this.session = session;
        this.link = session.link();
    }

    final SessionCore session() {
        return session;
    }

    final Link link() {
        return link;
    }

    /**
     * Returns the id of the transaction that work is done in now; begins it if need be. Called
     * under the session's lock.
     *
     * @throws JMSException if there is none, or nothing can be done in it any more
     */
    abstract long begun() throws JMSException;

    /** Takes note that a send of a transaction was refused. */
    abstract void doom(long transactionId, Throwable cause);

    /**
     * Returns the id of the transaction for a send; begins it if need be.
     *
     * @throws JMSException as {@link #begun}
     */
    final long current() throws JMSException {
        session.state().lock();
        try {
            return begun();
        } finally {
            session.state().unlock();
        }
    }

    @Override
    public void received(Held held) throws JMSException {
        accept(held);
    }

    @Override
    public void delivering(Held held) throws JMSException {
        accept(held);
    }

    @Override
    public final void delivered(Held held) {
        // who ends the transaction decides
    }

    @Override
    public final void failed(ConsumerCore consumer, Held held) {
        // the next message follows; who ends the transaction decides (Jakarta Messaging 8.7)
    }

    @Override
    public final void idle() {
        // what is accepted has time until the transaction ends
    }

    @Override
    public final void acknowledge() {
        // ignored in this mode (Javadoc of Message.acknowledge)
    }

    @Override
    public final void recover() throws JMSException {
        throw new jakarta.jms.IllegalStateException(
                "a transacted session can't recover: roll back");
    }

    @Override
    public final boolean keepsUnreadable() {
        return false;
    }

    private void accept(Held held) throws JMSException {
        session.state().lock();
        try {
            long transactionId = begun();
            accepted.add(held);
            // one that comes again may be what ends the process: the broker counts what it was told
            if (accepted.size() >= BATCH_MAX || held.delivery().redelivered()) {
                flush(transactionId);
            }
        } finally {
            session.state().unlock();
        }
    }

    /** Tells the broker what is accepted. Called under the session's lock. */
    final void flush(long transactionId) {
        accepted.settle(link, transactionId, ClientFrame.Verb.ACCEPT);
    }

    /**
     * Forgets what was accepted and is not told: it went with its connection. Called under the
     * session's lock.
     */
    final void forgetAccepted() {
        accepted.clear();
    }
}
