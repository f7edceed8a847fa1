// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;
import jakarta.jms.TransactionRolledBackException;

import org.taffrail.link.Link;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.ClientFrame;

import java.util.concurrent.CompletableFuture;

/**
 * CLIENT_ACKNOWLEDGE: all that the session has consumed so far, by any of its consumers, closed
 * ones included, is settled when the application acknowledges any message. {@code acknowledge()}
 * and {@code recover()} return when the broker has made it durable.
 */
final class ClientAcknowledgement implements Acknowledgement {
    private final SessionCore session;
    private final Link link;
    private final Settlements consumed = new Settlements();

    ClientAcknowledgement(SessionCore session) {
        this.session = session;
        this.link = session.link();
    }

    @Override
    public void received(Held held) {
        consume(held);
    }

    @Override
    public void delivering(Held held) {
        consume(held);
    }

    @Override
    public void delivered(Held held) {
        // the application acknowledges
    }

    @Override
    public void failed(ConsumerCore consumer, Held held) {
        // the next message follows; the application may recover (Jakarta Messaging 8.7)
    }

    @Override
    public void idle() {
        // nothing is put off
    }

    @Override
    public void acknowledge() throws JMSException {
        CompletableFuture<Void> done;
        session.state().lock();
        try {
            done = consumed.accept(link);
        } finally {
            session.state().unlock();
        }
        try {
            session.replies().await(done);
        } catch (TransactionRolledBackException e) {
            // those that this connection has delivered are given back: they come before what waits
            session.rewind(session.consumers(), Replies::nothing);
            throw JmsErrors.caused(
                    new JMSException(
                            "nothing is acknowledged, since the connection was lost: what the"
                                    + " session has consumed comes again",
                            ErrorCode.CONNECTION_LOST.name()),
                    e);
        }
    }

    @Override
    public void interrupted(Throwable cause) {
        // an acknowledgement of what comes again fails, and says so
    }

    @Override
    public void recover() throws JMSException {
        if (hasConsumed()) {
            session.rewind(
                    session.consumers(),
                    () -> consumed.settleConfirmed(link, ClientFrame.Verb.RELEASE_SEEN));
        }
    }

    @Override
    public CompletableFuture<Void> close() {
        return consumed.settleConfirmed(link, ClientFrame.Verb.RELEASE_SEEN);
    }

    @Override
    public boolean keepsUnreadable() {
        return false;
    }

    private void consume(Held held) {
        session.state().lock();
        try {
            consumed.add(held);
        } finally {
            session.state().unlock();
        }
    }

    private boolean hasConsumed() {
        session.state().lock();
        try {
            return !consumed.isEmpty();
        } finally {
            session.state().unlock();
        }
    }
}
