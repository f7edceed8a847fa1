// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageListener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.jms.message.TaffrailMessage;
import org.taffrail.link.Link;
import org.taffrail.wire.frame.ClientFrame;

import java.util.concurrent.CompletableFuture;

/**
 * One consumer: its receives, its listener and its end. What the classic and the simplified API
 * show of a consumer stands on this.
 *
 * <p>State is guarded by the session's lock. A receive may wait; only {@link #close} may come from
 * another thread meanwhile.
 */
final class ConsumerCore {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerCore.class);

    private final SessionCore session;
    private final SessionState state;
    private final TaffrailDestination destination;
    private final Inbox inbox;
    private final Link.ConsumerSpec spec;
    private MessageListener listener;
    private boolean receiving;
    private boolean closing;
    private boolean closed;

    ConsumerCore(
            SessionCore session,
            TaffrailDestination destination,
            Link.ConsumerSpec spec,
            CreditWindow credit) {
        this.session = session;
        this.state = session.state();
        this.destination = destination;
        this.spec = spec;
        this.inbox =
                new Inbox(state, session.link(), spec, credit, session.connection()::brokerTimeMs);
    }

    Inbox inbox() {
        return inbox;
    }

    TaffrailDestination destination() {
        return destination;
    }

    Link.ConsumerSpec spec() {
        return spec;
    }

    /** The group it belongs to, where that has a name: the subscription, or the queue. */
    private String group() {
        boolean queue = spec.source() == ClientFrame.Source.QUEUE;
        return queue ? spec.destination() : spec.subscription();
    }

    /**
     * Demands that neither the consumer nor its session is closed.
     *
     * @throws IllegalStateException if one is
     */
    void checkOpen() throws IllegalStateException {
        state.lock();
        try {
            if (closed || closing && !isListenerThread()) {
                throw new IllegalStateException("the consumer is closed");
            }
            state.checkNotClosed();
        } finally {
            state.unlock();
        }
    }

    MessageListener listener() {
        state.lock();
        try {
            return listener;
        } finally {
            state.unlock();
        }
    }

    /**
     * Sets or (null) unsets the listener.
     *
     * @throws IllegalStateException if a receive is in progress, or the session calls none
     */
    void setListener(MessageListener newListener) throws IllegalStateException {
        state.lock();
        try {
            if (newListener != null) {
                session.acknowledgement().checkMayListen();
            }
            if (receiving) {
                throw new IllegalStateException("a receive is in progress on this consumer");
            }
            listener = newListener;
            if (newListener != null) {
                session.ensureDispatching();
            }
            state.signal();
        } finally {
            state.unlock();
        }
    }

    /**
     * Receives a message.
     *
     * @param timeout how long to wait
     * @return null if none came, or the consumer was closed meanwhile
     */
    Message receive(ReceiveTimeout timeout) throws JMSException {
        beginReceive();
        try {
            Held held = take(timeout);
            if (held == null) {
                return null;
            }
            TaffrailMessage message = session.decode(held, destination, group());
            session.acknowledgement().received(held);
            return message;
        } finally {
            endReceive();
        }
    }

    /**
     * Receives a message's body. A message that has none of this type counts, according to the
     * session's mode, as consumed or as never received.
     *
     * @throws MessageFormatException if the body can't be had as this type, or there is none
     */
    <T> T receiveBody(Class<T> type, ReceiveTimeout timeout) throws JMSException {
        beginReceive();
        try {
            Held held = take(timeout);
            if (held == null) {
                return null;
            }
            TaffrailMessage message = session.decode(held, destination, group());
            T body;
            try {
                body = message.getBody(type);
                if (body == null) {
                    throw new MessageFormatException("the message has no body");
                }
            } catch (MessageFormatException e) {
                unreadable(held);
                throw e;
            }
            session.acknowledgement().received(held);
            return body;
        } finally {
            endReceive();
        }
    }

    /**
     * Waits until a message is here, and takes none; in a session for global transactions also
     * where it is in none.
     *
     * @param timeoutMs how long to wait; 0 for no time
     * @return false if none came, or the consumer was closed meanwhile
     */
    boolean awaitMessage(long timeoutMs) throws JMSException {
        startReceiving();
        try {
            return awaitUntil(ReceiveTimeout.of(timeoutMs > 0 ? timeoutMs : -1));
        } catch (InterruptedException e) {
            throw Replies.interrupted(e);
        } finally {
            endReceive();
        }
    }

    private boolean awaitUntil(ReceiveTimeout timeout) throws JMSException, InterruptedException {
        state.lock();
        try {
            while (true) {
                checkNotEnded();
                if (isEnding()) {
                    return false;
                }
                if (state.isDelivering() && inbox.hasMessage()) {
                    return true;
                }
                session.acknowledgement().idle();
                inbox.want();
                long leftNs = timeout.waits() ? timeout.leftNs() : 0;
                if (leftNs <= 0) {
                    return false;
                }
                state.await(leftNs);
            }
        } finally {
            state.unlock();
        }
    }

    private void unreadable(Held held) throws JMSException {
        if (!session.acknowledgement().keepsUnreadable()) {
            session.acknowledgement().received(held);
            return;
        }
        state.lock();
        try {
            inbox.putBack(held);
        } finally {
            state.unlock();
        }
    }

    private void beginReceive() throws JMSException {
        state.lock();
        try {
            checkOpen();
            session.acknowledgement().checkMayReceive();
            startReceiving();
        } finally {
            state.unlock();
        }
    }

    private void startReceiving() throws IllegalStateException {
        state.lock();
        try {
            checkOpen();
            if (listener != null) {
                throw new IllegalStateException("this consumer has a message listener");
            }
            if (receiving) {
                throw new IllegalStateException("another thread receives from this consumer");
            }
            receiving = true;
        } finally {
            state.unlock();
        }
    }

    private void endReceive() {
        state.lock();
        try {
            receiving = false;
            state.signal();
        } finally {
            state.unlock();
        }
    }

    private Held take(ReceiveTimeout timeout) throws JMSException {
        try {
            Held held = takeUntil(timeout);
            return held != null || !timeout.ends() ? held : takeExactly();
        } catch (InterruptedException e) {
            throw Replies.interrupted(e);
        }
    }

    /** Takes what is there or comes in time. */
    private Held takeUntil(ReceiveTimeout timeout) throws JMSException, InterruptedException {
        state.lock();
        try {
            while (true) {
                Held held = takeNow();
                if (held != null || isEnding() || !timeout.waits()) {
                    return held;
                }
                session.acknowledgement().idle();
                inbox.want();
                if (!timeout.ends()) {
                    state.await(Long.MAX_VALUE);
                    continue;
                }
                long leftNs = timeout.leftNs();
                if (leftNs <= 0) {
                    return null;
                }
                state.await(leftNs);
            }
        } finally {
            state.unlock();
        }
    }

    /** Asks the broker what it has at this moment, and takes that. */
    private Held takeExactly() throws JMSException {
        CompletableFuture<Void> drained;
        state.lock();
        try {
            if (isEnding() || !inbox.isOpen()) {
                return null;
            }
            session.acknowledgement().idle();
            drained = inbox.beginDrain();
        } finally {
            state.unlock();
        }
        try {
            session.replies().await(drained);
        } catch (JMSException e) {
            if (!session.isInterruption(e)) {
                throw e;
            }
            // without a connection nothing is there now
        } finally {
            state.lock();
            try {
                inbox.endDrain();
            } finally {
                state.unlock();
            }
        }
        state.lock();
        try {
            return takeNow();
        } finally {
            state.unlock();
        }
    }

    private Held takeNow() throws JMSException {
        checkNotEnded();
        return isEnding() || !state.isDelivering() ? null : inbox.take();
    }

    private void checkNotEnded() throws JMSException {
        Throwable cause = state.lost() != null ? state.lost() : inbox.ended();
        if (cause != null && !isEnding()) {
            throw JmsErrors.of(cause);
        }
    }

    private boolean isEnding() {
        return closing || !state.isOpen();
    }

    // ---- the listener

    /** Tells whether the listener has something to do. Called under the session's lock. */
    boolean isListenerWanted() {
        if (listener == null || closing) {
            return false;
        }
        inbox.want();
        return inbox.hasMessage();
    }

    /** Takes a message for the listener, null if there is none. Called under the session's lock. */
    Held takeForListener() {
        return inbox.take();
    }

    /** Hands a message to the listener, on the session's listener thread. */
    void deliver(Held held) {
        MessageListener current = listener();
        try {
            TaffrailMessage message = session.decode(held, destination, group());
            session.acknowledgement().delivering(held);
            if (call(current, message)) {
                session.acknowledgement().delivered(held);
            } else {
                session.acknowledgement().failed(this, held);
            }
        } catch (JMSException e) {
            LOG.warn(
                    "consumer={} destination={} a delivery failed",
                    spec.consumerId(),
                    destination,
                    e);
        }
    }

    private boolean call(MessageListener current, Message message) {
        try {
            current.onMessage(message);
            return true;
        } catch (RuntimeException | Error e) {
            LOG.warn("destination={} a message listener threw", destination, e);
            return false;
        }
    }

    private boolean isListenerThread() {
        return state.listening() == this && session.isListenerThread();
    }

    // ---- the end

    /**
     * Closes the consumer: wakes its receive, waits for it and for the listener (unless called by
     * it), gives back what was sent ahead.
     */
    void close() throws JMSException {
        CompletableFuture<Void> done;
        state.lock();
        try {
            boolean first = !closing;
            closing = true;
            state.signal();
            while (!first && !closed && !isListenerThread()) {
                state.awaitUninterruptibly();
            }
            if (!first) {
                return;
            }
            while (receiving || state.listening() == this && !session.isListenerThread()) {
                state.awaitUninterruptibly();
            }
            done = inbox.detach();
        } finally {
            state.unlock();
        }
        try {
            session.awaitUnlessLost(done);
        } finally {
            state.lock();
            try {
                closed = true;
                session.remove(this);
                state.signal();
            } finally {
                state.unlock();
            }
        }
    }

    /**
     * Ends the consumer along with its session, which has waited for receives and listeners. Called
     * under the session's lock.
     */
    CompletableFuture<Void> closeWithSession() {
        closing = true;
        closed = true;
        return inbox.detach();
    }

    boolean isReceiving() {
        return receiving;
    }
}
