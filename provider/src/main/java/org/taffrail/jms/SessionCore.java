// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.jms.message.TaffrailMessage;
import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.Link;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What a session does, apart from what it shows: its consumers and browsers, how it acknowledges,
 * the threads that call the application back, and the ways of stopping, rewinding and closing all
 * of it.
 */
final class SessionCore {
    private static final Logger LOG = LoggerFactory.getLogger(SessionCore.class);

    private final ConnectionCore connection;
    private final Link link;
    private final SessionMode mode;
    private final int number;
    private final String name;
    private final SessionState state;
    private final Replies replies;
    private final Acknowledgement acknowledgement;
    private final TransactedWork work;
    private final ListenerDispatcher listeners;
    private final CompletionDispatcher completions;
    private final Sender sender;
    private final List<ConsumerCore> consumers = new ArrayList<>();
    private final List<BrowserScan> scans = new ArrayList<>();
    private final boolean stampsReceipt;
    private int turn;

    SessionCore(ConnectionCore connection, SessionMode mode, int number, boolean started) {
        this.connection = connection;
        this.link = connection.link();
        this.mode = mode;
        this.number = number;
        this.name = connection.name() + "-session-" + number;
        this.state = new SessionState(started, link);
        this.replies = connection.replies();
        this.work = workOf(mode);
        this.acknowledgement = acknowledgementOf(mode);
        this.listeners = new ListenerDispatcher(this);
        this.completions = new CompletionDispatcher(name + "-completion");
        this.sender = new Sender(this);
        this.stampsReceipt = connection.options().get(ConnectionOptions.POPULATE_RECEIVE_TIMESTAMP);
    }

    private TransactedWork workOf(SessionMode sessionMode) {
        return switch (sessionMode) {
            case TRANSACTED -> new LocalTransaction(this);
            case XA -> new BranchWork(this);
            case AUTO, CLIENT, DUPS_OK -> null;
        };
    }

    private Acknowledgement acknowledgementOf(SessionMode sessionMode) {
        boolean confirmed = !connection.options().get(ConnectionOptions.SEND_ACKS_ASYNC);
        return switch (sessionMode) {
            case TRANSACTED, XA -> work;
            case AUTO -> new AutoAcknowledgement(this, confirmed);
            case CLIENT -> new ClientAcknowledgement(this);
            case DUPS_OK -> new DupsOkAcknowledgement(this, confirmed);
        };
    }

    ConnectionCore connection() {
        return connection;
    }

    Link link() {
        return link;
    }

    SessionMode mode() {
        return mode;
    }

    String name() {
        return name;
    }

    /** Returns the how-manieth of its connection it is. */
    int number() {
        return number;
    }

    SessionState state() {
        return state;
    }

    Replies replies() {
        return replies;
    }

    Acknowledgement acknowledgement() {
        return acknowledgement;
    }

    /** Returns what is done in transactions, null in a session without. */
    TransactedWork work() {
        return work;
    }

    CompletionDispatcher completions() {
        return completions;
    }

    Sender sender() {
        return sender;
    }

    /** Tells whether the caller runs within a message listener of this session. */
    boolean isListenerThread() {
        return listeners.isCurrentThread();
    }

    /**
     * Demands that no listener or completion listener of this session asks.
     *
     * @throws IllegalStateException if one does
     */
    void checkNotCalledBack(String what) throws IllegalStateException {
        if (listeners.isCurrentThread()) {
            throw new IllegalStateException(what + " from a message listener of its own");
        }
        checkNotInCompletion(what);
    }

    /**
     * Demands that no completion listener of this session asks.
     *
     * @throws IllegalStateException if one does
     */
    void checkNotInCompletion(String what) throws IllegalStateException {
        if (completions.isCurrentThread()) {
            throw new IllegalStateException(what + " from a completion listener of its own");
        }
    }

    /**
     * Makes the message of a delivery. What can't be read goes to the dead letters, since no
     * consumer could read it.
     *
     * @throws JMSException if it can't be read
     */
    TaffrailMessage decode(Held held, TaffrailDestination destination, String group)
            throws JMSException {
        try {
            TaffrailMessage decoded =
                    connection
                            .codec()
                            .decode(held.delivery(), destination, message -> acknowledge());
            if (held.delivery().appendTimeMs() != 0) {
                decoded.receivedOf(group);
            }
            if (stampsReceipt) {
                decoded.receivedAt(WallClock.nowMs());
            }
            return decoded;
        } catch (RuntimeException e) {
            replies.await(Replies.fail(link, held));
            throw JmsErrors.of(e);
        }
    }

    /**
     * Acknowledges what the mode leaves to the application.
     *
     * @throws IllegalStateException if the session is closed
     */
    void acknowledge() throws JMSException {
        state.checkNotClosed();
        acknowledgement.acknowledge();
    }

    // ---- consumers

    /**
     * Makes a consumer known to the broker and lets its deliveries begin.
     *
     * @throws JMSException if the broker refuses
     */
    void attach(ConsumerCore consumer) throws JMSException {
        Runnable attached =
                () -> {
                    consumers.add(consumer);
                    consumer.inbox().attached();
                };
        attach(consumer.spec(), consumer.inbox(), attached);
    }

    /**
     * Makes a browser's scan known to the broker.
     *
     * @throws JMSException if the broker refuses
     */
    void attach(BrowserScan scan) throws JMSException {
        attach(scan.spec(), scan, () -> scans.add(scan));
    }

    private void attach(
            Link.ConsumerSpec spec, Link.ConsumerListener listener, Runnable whenAttached)
            throws JMSException {
        replies.await(link.attach(spec, listener));
        boolean closed;
        state.lock();
        try {
            closed = !state.isOpen() && !isListenerThread();
            if (!closed) {
                whenAttached.run();
            }
        } finally {
            state.unlock();
        }
        if (closed) {
            awaitUnlessLost(link.detach(spec.consumerId()));
            throw new IllegalStateException("the session is closed");
        }
    }

    /** Forgets a consumer that is closed. Called under the session's lock. */
    void remove(ConsumerCore consumer) {
        consumers.remove(consumer);
    }

    /** Forgets a scan that is over. Called under the session's lock. */
    void remove(BrowserScan scan) {
        scans.remove(scan);
    }

    /** Returns the consumers that are not closed. */
    List<ConsumerCore> consumers() {
        state.lock();
        try {
            return List.copyOf(consumers);
        } finally {
            state.unlock();
        }
    }

    /** Makes sure that listeners are called. Called under the session's lock. */
    void ensureDispatching() {
        listeners.ensureStarted();
    }

    /**
     * Returns the next consumer, in turn, whose listener has a message, or null. Called under the
     * session's lock.
     */
    ConsumerCore nextListening() {
        if (!state.isDelivering()) {
            return null;
        }
        ConsumerCore next = null;
        int size = consumers.size();
        for (int i = 0; i < size; i++) {
            ConsumerCore consumer = consumers.get((turn + i) % size);
            if (consumer.isListenerWanted() && next == null) {
                next = consumer;
            }
        }
        turn = next == null ? 0 : consumers.indexOf(next) + 1;
        return next;
    }

    // ---- rewind, start, stop, close

    /**
     * Gives messages back that the application has seen, so that they come again at their places.
     *
     * @param rewound the consumers that could otherwise hand out later messages first
     * @param release gives the messages back; called under the session's lock
     */
    void rewind(Collection<ConsumerCore> rewound, Supplier<CompletableFuture<Void>> release)
            throws JMSException {
        new Rewind(List.of(this), rewound).run(release);
    }

    void start() {
        state.lock();
        try {
            if (!state.isStarted()) {
                state.setStarted(true);
                consumers.forEach(consumer -> consumer.inbox().reopen());
            }
        } finally {
            state.unlock();
        }
    }

    /** Stops deliveries, and gives back what was sent ahead: a stopped consumer holds nothing. */
    void stop() {
        state.lock();
        try {
            if (state.isStarted()) {
                state.setStarted(false);
                consumers.forEach(consumer -> consumer.inbox().shut());
                consumers.forEach(consumer -> consumer.inbox().giveBack());
            }
        } finally {
            state.unlock();
        }
    }

    /** Waits until no listener of this session runs. */
    void awaitListener() {
        state.lock();
        try {
            while (state.listening() != null && !isListenerThread()) {
                state.awaitUninterruptibly();
            }
        } finally {
            state.unlock();
        }
    }

    /** Takes note that the connection is interrupted: what was delivered and sent ahead is gone. */
    void interrupted(Throwable cause) {
        state.lock();
        try {
            acknowledgement.interrupted(cause);
            consumers.forEach(consumer -> consumer.inbox().interrupted());
        } finally {
            state.unlock();
        }
    }

    /** Takes note that the connection is restored: deliveries begin again. */
    void restored() {
        state.lock();
        try {
            consumers.forEach(consumer -> consumer.inbox().restored());
        } finally {
            state.unlock();
        }
    }

    /** Takes note that the link is lost: wakes everyone. */
    void lost(Throwable cause) {
        state.lock();
        try {
            state.setLost(cause);
        } finally {
            state.unlock();
        }
    }

    /**
     * Closes: ends deliveries, waits for receives and listeners in progress and for sends that are
     * not complete, rolls back or gives back what is not acknowledged, and detaches the consumers.
     *
     * @throws IllegalStateException if called back by this session
     */
    void close() throws JMSException {
        if (state.isClosed()) {
            return;
        }
        checkNotCalledBack("a session can't be closed");
        state.lock();
        try {
            if (!state.beginClose()) {
                while (!state.isClosed()) {
                    state.awaitUninterruptibly();
                }
                return;
            }
            while (state.listening() != null || isReceiving()) {
                state.awaitUninterruptibly();
            }
        } finally {
            state.unlock();
        }
        try {
            completions.awaitAll();
            detachAll();
        } finally {
            state.lock();
            try {
                consumers.clear();
                state.endClose();
            } finally {
                state.unlock();
            }
            connection.remove(this);
        }
    }

    private void detachAll() throws JMSException {
        List<CompletableFuture<Void>> detached = new ArrayList<>();
        state.lock();
        try {
            consumers.forEach(consumer -> consumer.inbox().shut());
            detached.add(acknowledgement.close());
            consumers.forEach(consumer -> detached.add(consumer.closeWithSession()));
            List.copyOf(scans).forEach(scan -> detached.add(scan.close("the session is closed")));
        } finally {
            state.unlock();
        }
        for (CompletableFuture<Void> done : detached) {
            awaitUnlessLost(done);
        }
    }

    /**
     * Tells whether a call has failed because the connection is lost, which the link may restore.
     */
    boolean isInterruption(JMSException failure) {
        return link.learnsOutcomes() && !connection.isLost() && connection.isLost(failure);
    }

    private boolean isReceiving() {
        return consumers.stream().anyMatch(ConsumerCore::isReceiving);
    }

    /** Waits for a reply within a close, which a lost link has no need to fail. */
    void awaitUnlessLost(CompletableFuture<Void> reply) throws JMSException {
        try {
            replies.await(reply);
        } catch (JMSException e) {
            if (!connection.isLost(e)) {
                throw e;
            }
            LOG.debug("session={} closed after the link was lost", name, e);
        }
    }
}
