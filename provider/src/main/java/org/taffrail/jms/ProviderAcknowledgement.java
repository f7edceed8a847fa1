// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

import org.taffrail.link.Link;

import java.util.List;

/**
 * What the two modes have in common in which the provider acknowledges. A listener that throws, or
 * calls {@code recover()}, gets its message again: at its place and counted, ahead of what was sent
 * ahead behind it.
 */
abstract class ProviderAcknowledgement implements Acknowledgement {
    private final SessionCore session;

    /** What a listener is working on; touched only by the thread that runs the listener. */
    private Held inHand;

    ProviderAcknowledgement(SessionCore session) {
        this.session = session;
    }

    /**
     * The application is done with a message.
     *
     * @throws JMSException if a confirmation that was asked for failed
     */
    abstract void consumed(Held held) throws JMSException;

    final SessionCore session() {
        return session;
    }

    final Link link() {
        return session.link();
    }

    @Override
    public final void received(Held held) throws JMSException {
        consumed(held);
    }

    @Override
    public final void delivering(Held held) {
        inHand = held;
    }

    @Override
    public final void delivered(Held held) throws JMSException {
        if (inHand == held) {
            inHand = null;
            consumed(held);
        }
    }

    @Override
    public final void failed(ConsumerCore consumer, Held held) throws JMSException {
        if (inHand == held) {
            inHand = null;
            session.rewind(List.of(consumer), () -> Replies.releaseSeen(link(), held));
        }
    }

    @Override
    public final void acknowledge() {
        // ignored in these modes (Javadoc of Message.acknowledge)
    }

    @Override
    public final void recover() throws JMSException {
        if (session.isListenerThread() && inHand != null) {
            Held held = inHand;
            inHand = null;
            session.rewind(session.consumers(), () -> Replies.releaseSeen(link(), held));
        }
    }

    @Override
    public void interrupted(Throwable cause) {
        // what is settled after this on a connection of before is nothing
    }

    @Override
    public final boolean keepsUnreadable() {
        return true;
    }
}
