// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

import org.taffrail.link.Link;
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
            done = consumed.settleConfirmed(link, ClientFrame.Verb.ACCEPT);
        } finally {
            session.state().unlock();
        }
        session.replies().await(done);
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
