// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.taffrail.jms.message.TaffrailMessage;
import org.taffrail.link.Link;
import org.taffrail.wire.frame.ClientFrame;

import java.util.ArrayDeque;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

/**
 * One enumeration of a browser: a browser at the broker, which looks through the queue once.
 *
 * <p>Messages are asked for in portions, each with a drain: as soon as half of a portion has been
 * handed out, the next is asked for, so that they come while the application looks at them; an
 * enumeration that nobody goes on with costs the broker nothing. A portion that ends with messages
 * and bytes left over was the last. The scan then ends at the broker by itself.
 *
 * <p>There is no limit on how long a portion may take: a selector that matches nothing in a long
 * queue takes its time. What ends the waiting otherwise is the loss of the link, the end of the
 * browser at the broker, and a close.
 *
 * <p>State is guarded by the session's lock; the methods of {@link Link.ConsumerListener} take it.
 */
final class BrowserScan implements Enumeration<Message>, Link.ConsumerListener {
    /** How many messages the first portion has; each next one has twice as many. */
    private static final int PORTION_FIRST = CreditWindow.MESSAGES_FIRST;

    private final SessionCore session;
    private final SessionState state;
    private final Link link;
    private final TaffrailDestination queue;
    private final Link.ConsumerSpec spec;
    private final int portionMax;
    private final int bytesMax;
    private final ArrayDeque<Held> waiting = new ArrayDeque<>();
    private long waitingBytes;

    /** What {@link #hasMoreElements} has promised. */
    private Held next;

    private int portion = PORTION_FIRST;
    private boolean asking;
    private long messagesLeft;
    private long bytesLeft;
    private boolean complete;
    private boolean finished;
    private String closed;
    private Throwable ended;

    BrowserScan(
            SessionCore session,
            TaffrailDestination queue,
            Link.ConsumerSpec spec,
            ConsumerOptions options) {
        this.session = session;
        this.state = session.state();
        this.link = session.link();
        this.queue = queue;
        this.spec = spec;
        this.portionMax = Math.max(PORTION_FIRST, options.prefetchMessages());
        this.bytesMax = options.prefetchBytes();
    }

    Link.ConsumerSpec spec() {
        return spec;
    }

    /** Tells whether all has been handed out, or the scan was closed. */
    boolean isOver() {
        return finished || closed != null;
    }

    /**
     * Tells whether there is another message, which may take a question to the broker.
     *
     * @throws jakarta.jms.JMSRuntimeException if the scan was ended before it came to its end: by a
     *     close ({@link jakarta.jms.IllegalStateRuntimeException}), with its temporary queue
     *     ({@link jakarta.jms.InvalidDestinationRuntimeException}), with the connection, or because
     *     the thread was interrupted
     */
    @Override
    public boolean hasMoreElements() {
        return Unchecked.get(
                () -> {
                    state.lock();
                    try {
                        return advance();
                    } finally {
                        state.unlock();
                    }
                });
    }

    /**
     * Returns the next message. One that can't be read is passed over by the next call.
     *
     * @throws NoSuchElementException at the end
     * @throws jakarta.jms.JMSRuntimeException as {@link #hasMoreElements}, or because the message
     *     can't be read
     */
    @Override
    public Message nextElement() {
        return Unchecked.get(
                () -> {
                    Held taken;
                    state.lock();
                    try {
                        if (!advance()) {
                            throw new NoSuchElementException("no more messages in " + queue);
                        }
                        taken = next;
                        next = null;
                    } finally {
                        state.unlock();
                    }
                    return decode(taken);
                });
    }

    /** Looks at what is here, asks for more, or waits; false at the end. */
    private boolean advance() throws JMSException {
        while (!finished) {
            check();
            while (next == null && !waiting.isEmpty()) {
                Held held = waiting.poll();
                waitingBytes -= held.bytes();
                next = isExpired(held) ? null : held;
            }
            if (next == null && complete) {
                finished = true;
                release();
                break;
            }
            ask();
            if (next != null) {
                return true;
            }
            try {
                if (asking) { // what is answered at once has signalled already
                    state.await(Long.MAX_VALUE);
                }
            } catch (InterruptedException e) {
                throw Replies.interrupted(e);
            }
        }
        return false;
    }

    private void check() throws JMSException {
        if (closed != null) {
            throw new IllegalStateException(closed);
        }
        Throwable cause = state.lost() != null ? state.lost() : ended;
        if (cause != null) {
            throw JmsErrors.of(cause);
        }
    }

    private boolean isExpired(Held held) {
        return held.expirationMs() != 0
                && held.expirationMs() <= session.connection().brokerTimeMs();
    }

    private void ask() {
        if (complete || asking || waiting.size() > portion / 2 || waitingBytes > bytesMax / 2) {
            return;
        }
        asking = true;
        messagesLeft = portion;
        bytesLeft = bytesMax - waitingBytes;
        link.drain(spec.consumerId(), portion, (int) bytesLeft)
                .whenComplete((nothing, failure) -> answered(failure));
        portion = (int) Math.min(portionMax, portion * 2L);
    }

    private void answered(Throwable failure) {
        state.lock();
        try {
            asking = false;
            if (failure == null) {
                complete = messagesLeft > 0 && bytesLeft > 0;
            } else if (ended == null) {
                ended = failure;
            }
            state.signal();
        } finally {
            state.unlock();
        }
    }

    @Override
    public void delivered(Link.Delivery delivery) {
        state.lock();
        try {
            Held held = Held.of(delivery, ClientFrame.Source.BROWSER);
            messagesLeft--;
            bytesLeft -= held.bytes();
            if (closed == null) {
                waiting.add(held);
                waitingBytes += held.bytes();
                state.signal();
            }
        } finally {
            state.unlock();
        }
    }

    @Override
    public void closed(Throwable cause) {
        state.lock();
        try {
            ended = cause;
            state.signal();
        } finally {
            state.unlock();
        }
    }

    /** Acknowledging what was only looked at is nothing. */
    private TaffrailMessage decode(Held held) throws JMSException {
        try {
            return session.connection()
                    .codec()
                    .decode(held.delivery(), queue, message -> state.checkNotClosed());
        } catch (RuntimeException e) {
            throw JmsErrors.of(e);
        }
    }

    /**
     * Ends the scan, whose enumeration throws from now on unless it was through. Called under the
     * session's lock.
     *
     * @param why what the enumeration says then
     * @return when the broker has done it
     */
    CompletableFuture<Void> close(String why) {
        if (isOver()) {
            return Replies.nothing();
        }
        closed = why;
        next = null;
        waiting.clear();
        waitingBytes = 0;
        state.signal();
        return release();
    }

    private CompletableFuture<Void> release() {
        session.remove(this);
        return ended != null ? Replies.nothing() : link.detach(spec.consumerId());
    }
}
