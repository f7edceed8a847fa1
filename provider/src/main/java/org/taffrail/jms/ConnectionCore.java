// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.jms.message.MessageCodec;
import org.taffrail.jms.message.ObjectAllowList;
import org.taffrail.link.Awaited;
import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.ConnectionUrl;
import org.taffrail.link.Link;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a connection does, apart from what it shows: its link, its sessions, its client id, and the
 * ways of starting, stopping, losing and closing all of it.
 *
 * <p>Thread-safe. State is guarded by this object's monitor, under which no session's lock is taken
 * and no reply is waited for.
 */
final class ConnectionCore implements TemporaryOwner {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionCore.class);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final LinkOpener opener;
    private final Replies replies;
    private final String name = "taffrail-connection-" + NUMBERS.incrementAndGet();
    private final MessageIdSource messageIds = new MessageIdSource();
    private final ExceptionReporter exceptions = new ExceptionReporter(name + "-exception");
    private final StateReporter states = new StateReporter(name + "-state");
    private final AtomicInteger consumerIds = new AtomicInteger();
    private final AtomicInteger sessionNumbers = new AtomicInteger();
    private final Set<SessionCore> sessions = new LinkedHashSet<>();
    private final XaBranches branches = new XaBranches(this);

    /**
     * Held while the sessions are started or stopped, so that the last call wins in all of them.
     */
    private final Object switching = new Object();

    /** Changed once at most, by {@link #setClientId}, and not after the first session. */
    private volatile ConnectionUrl url;

    /** As {@link #url}. */
    private volatile Line line;

    private boolean touched;
    private boolean started;
    private boolean closing;
    private boolean closed;

    /** A link that is open, and what belongs to it. */
    private static final class Line implements Link.Listener {
        private final ConnectionCore connection;
        private Link link;
        private Targets targets;
        private MessageCodec codec;
        private int messageBytesMax;
        private volatile long serverTimeMs;
        private volatile long openedNs;
        private volatile Throwable lost;

        private Line(ConnectionCore connection) {
            this.connection = connection;
        }

        @Override
        public void interrupted(Throwable cause) {
            connection.interrupted(cause);
        }

        @Override
        public void restored(Link.Peer peer) {
            serverTimeMs = peer.serverTimeMs();
            openedNs = System.nanoTime();
            targets.clear();
            connection.restored();
        }

        @Override
        public void lost(Throwable cause) {
            Throwable known =
                    cause instanceof WireException
                            ? cause
                            : new WireException(ErrorCode.CONNECTION_LOST, cause.toString());
            lost = known;
            connection.lost(this, known);
        }
    }

    private ConnectionCore(LinkOpener opener, ConnectionUrl url) {
        this.opener = opener;
        this.url = url;
        this.replies = replies(url.options().get(ConnectionOptions.REQUEST_TIMEOUT_MS));
    }

    /** Waits so long for replies, with the caller's thread lent to the link meanwhile. */
    Replies replies(long timeoutMs) {
        return new Replies(timeoutMs, this::lend);
    }

    private void lend(Awaited awaited, long timeoutNs) throws InterruptedException {
        Line now = line;
        if (now != null) {
            now.link.lend(awaited, timeoutNs);
        }
    }

    /**
     * Connects and authenticates.
     *
     * @throws jakarta.jms.JMSSecurityException if user or password are refused
     * @throws InvalidClientIDException if another connection has the client id
     */
    static ConnectionCore open(LinkOpener opener, ConnectionUrl url) throws JMSException {
        ConnectionCore connection = new ConnectionCore(opener, url);
        connection.line = connection.openLine(url);
        return connection;
    }

    private Line openLine(ConnectionUrl to) throws JMSException {
        Line opened = new Line(this);
        try {
            opened.link = opener.make(to, opened);
        } catch (RuntimeException e) {
            throw JmsErrors.ofConnecting(e);
        }
        opened.targets = new Targets(opened.link, replies);
        try {
            Link.Peer peer = openingReplies(to.options()).await(opened.link.open());
            opened.serverTimeMs = peer.serverTimeMs();
            opened.openedNs = System.nanoTime();
            opened.messageBytesMax = peer.messageBytesMax();
            String allowed = to.options().get(ConnectionOptions.DESERIALIZATION_ALLOW_LIST);
            opened.codec = new MessageCodec(ObjectAllowList.of(allowed), opened.messageBytesMax);
            return opened;
        } catch (JMSException e) {
            opened.link.close();
            throw JmsErrors.ofConnecting(e);
        }
    }

    /** Opening may take as long as reconnecting allows; each attempt has a limit of its own. */
    private Replies openingReplies(ConnectionOptions options) {
        return replies(
                replies.timeoutMs()
                        + Math.max(
                                options.get(ConnectionOptions.STARTUP_TIMEOUT_MS),
                                2L * options.get(ConnectionOptions.CONNECT_TIMEOUT_MS)));
    }

    // ---- what sessions need

    String name() {
        return name;
    }

    Replies replies() {
        return replies;
    }

    MessageCodec codec() {
        return line.codec;
    }

    MessageIdSource messageIds() {
        return messageIds;
    }

    ConnectionOptions options() {
        return url.options();
    }

    Link link() {
        return line.link;
    }

    Targets targets() {
        return line.targets;
    }

    /** Returns the branches of global transactions that its sessions work in. */
    XaBranches branches() {
        return branches;
    }

    /**
     * Demands that the broker knows branches of global transactions; closes the connection if not.
     *
     * @return this
     * @throws JMSException if not
     */
    ConnectionCore withBranches() throws JMSException {
        try {
            link().branches();
            return this;
        } catch (WireException e) {
            close();
            throw JmsErrors.of(e);
        }
    }

    /** Returns the largest message that the broker takes. */
    int messageBytesMax() {
        return line.messageBytesMax;
    }

    /** Returns an id for a consumer, unique on the link. */
    int newConsumerId() {
        return consumerIds.incrementAndGet();
    }

    /** Returns the broker's clock as far as it is known here, ms since 1970. */
    long brokerTimeMs() {
        return line.serverTimeMs + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - line.openedNs);
    }

    boolean isLost() {
        return line.lost != null;
    }

    /**
     * Tells whether a call has failed because the link is lost. Those who wait for answers hear of
     * that before {@link #isLost} does.
     */
    boolean isLost(JMSException failure) {
        return isLost() || ErrorCode.CONNECTION_LOST.name().equals(failure.getErrorCode());
    }

    /**
     * Tells whether a failure is part of a loss that the exception listener hears of as such, once:
     * not that of each send that was under way. Who closes hears of no loss, and so of each.
     */
    boolean tellsOfLoss(Throwable failure) {
        synchronized (this) {
            if (closing) {
                return isLost();
            }
        }
        return isLost(JmsErrors.of(failure));
    }

    // ---- client id

    String clientId() {
        return url.options().get(ConnectionOptions.CLIENT_ID);
    }

    /**
     * Sets the client id: opens a link that says it, and lets go of the one that did not.
     *
     * @throws IllegalStateException if there is one, or the connection was used
     * @throws InvalidClientIDException if it is empty or another connection has it
     */
    void setClientId(String id) throws JMSException {
        ConnectionUrl renamed;
        Line former;
        synchronized (this) {
            checkOpen();
            if (clientId() != null) {
                throw new IllegalStateException("the client id is " + clientId() + " already");
            }
            if (touched) {
                throw new IllegalStateException(
                        "the client id can be set only before the connection is used");
            }
            if (id == null || id.isEmpty()) {
                throw new InvalidClientIDException("a client id must not be empty");
            }
            try {
                renamed = url.with(url.options().with(ConnectionOptions.CLIENT_ID, id));
            } catch (RuntimeException e) {
                throw JmsErrors.caused(new InvalidClientIDException(e.getMessage()), e);
            }
            former = line;
        }
        Line opened = openLine(renamed);
        synchronized (this) {
            if (closing || touched) {
                former = opened;
            } else {
                url = renamed;
                line = opened;
                touched = true;
            }
        }
        former.link.close();
        if (former == opened) {
            throw new IllegalStateException("the connection was used or closed meanwhile");
        }
    }

    /** Takes note that the connection is used: it is too late to set a client id. */
    synchronized void touch() throws IllegalStateException {
        checkOpen();
        touched = true;
    }

    // ---- sessions

    SessionCore createSession(SessionMode mode) throws JMSException {
        synchronized (this) {
            touch();
            if (closing) {
                throw new IllegalStateException("the connection is being closed");
            }
            if (line.lost != null) {
                throw JmsErrors.of(line.lost);
            }
            SessionCore session =
                    new SessionCore(this, mode, sessionNumbers.incrementAndGet(), started);
            sessions.add(session);
            return session;
        }
    }

    synchronized void remove(SessionCore session) {
        sessions.remove(session);
    }

    private synchronized List<SessionCore> sessions() {
        return new ArrayList<>(sessions);
    }

    // ---- temporary destinations

    TaffrailDestination createTemporary(DestinationKind kind) throws JMSException {
        touch();
        Link.Target target = replies.await(link().createTemporary(kind));
        return kind.isQueue()
                ? new TaffrailTemporaryQueue(target.name(), this)
                : new TaffrailTemporaryTopic(target.name(), this);
    }

    @Override
    public void delete(TaffrailDestination destination) throws JMSException {
        checkOpen();
        replies.await(link().deleteTemporary(destination.name()));
        targets().forget(destination);
    }

    // ---- start, stop, loss, close

    /**
     * Demands that the connection is not closed.
     *
     * @throws IllegalStateException if it is
     */
    synchronized void checkOpen() throws IllegalStateException {
        if (closed) {
            throw new IllegalStateException("the connection is closed");
        }
    }

    void start() throws JMSException {
        touch();
        synchronized (switching) {
            setStarted(true);
            sessions().forEach(SessionCore::start);
        }
    }

    /**
     * Stops deliveries and waits for listeners in progress.
     *
     * @throws IllegalStateException if a listener of this connection asks
     */
    void stop() throws JMSException {
        touch();
        for (SessionCore session : sessions()) {
            session.checkNotCalledBack("a connection can't be stopped");
        }
        List<SessionCore> stopped;
        synchronized (switching) {
            setStarted(false);
            stopped = sessions();
            stopped.forEach(SessionCore::stop);
        }
        stopped.forEach(SessionCore::awaitListener);
    }

    private synchronized void setStarted(boolean newStarted) {
        started = newStarted;
    }

    ExceptionListener exceptionListener() {
        return exceptions.listener();
    }

    void setExceptionListener(ExceptionListener listener) {
        exceptions.listener(listener);
    }

    /** Who hears of interruptions and of what follows. */
    StateReporter states() {
        return states;
    }

    /** Tells the application what it can't hear otherwise. Returns at once. */
    void report(Throwable failure) {
        exceptions.report(JmsErrors.of(failure));
    }

    private void interrupted(Throwable cause) {
        LOG.warn("connection={} interrupted cause=\"{}\"", name, cause.getMessage());
        branches.interrupted(cause);
        sessions().forEach(session -> session.interrupted(cause));
        states.interrupted(cause);
    }

    private void restored() {
        LOG.info("connection={} restored", name);
        sessions().forEach(SessionCore::restored);
        states.restored();
    }

    private void lost(Line lostLine, Throwable cause) {
        synchronized (this) {
            if (closing || lostLine != line) {
                return;
            }
        }
        LOG.warn("connection={} lost cause=\"{}\"", name, cause.getMessage());
        branches.interrupted(cause);
        sessions().forEach(session -> session.lost(cause));
        states.lost(cause);
        report(cause);
    }

    /**
     * Closes the sessions and the link. Closing twice is nothing; the second waits for the first.
     *
     * @throws IllegalStateException if a listener of this connection asks
     */
    void close() throws JMSException {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        for (SessionCore session : sessions()) {
            session.checkNotCalledBack("a connection can't be closed");
        }
        synchronized (this) {
            if (closing) {
                awaitClosed();
                return;
            }
            closing = true;
        }
        link().closing();
        JMSException failure = null;
        for (SessionCore session : sessions()) {
            try {
                session.close();
            } catch (JMSException e) {
                failure = e;
            }
        }
        branches.close();
        link().close();
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void awaitClosed() throws JMSException {
        try {
            while (!closed) {
                wait();
            }
        } catch (InterruptedException e) {
            throw Replies.interrupted(e);
        }
    }

    /** Ends a durable subscription of this connection's client id. */
    CompletableFuture<Void> unsubscribe(String subscription) {
        return link().unsubscribe(subscription);
    }
}
