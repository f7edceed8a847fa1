// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.ConnectionConsumer;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueSession;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicSession;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A connection as an application in a server has it: nothing but what its sessions have in common.
 * Each of them has a connection of the pool for itself, as long as it is open.
 *
 * <p>Thread-safe.
 */
final class ConnectionHandle implements QueueConnection, TopicConnection {
    private final ConnectionFactoryHandle factory;
    private final Credentials credentials;
    private final Domain domain;
    private final Set<SessionHandle> sessions = new LinkedHashSet<>();
    private final List<Deletion> temporaries = new ArrayList<>();
    private boolean started;
    private boolean closed;

    /** Deletes a temporary destination. */
    interface Deletion {
        void run() throws JMSException;
    }

    ConnectionHandle(ConnectionFactoryHandle factory, Credentials credentials, Domain domain) {
        this.factory = factory;
        this.credentials = credentials;
        this.domain = domain;
    }

    Domain domain() {
        return domain;
    }

    boolean isManaged() {
        return factory.isManaged();
    }

    private synchronized void requireOpen() throws IllegalStateException {
        if (closed) {
            throw Refusals.closed("connection");
        }
    }

    // ---- sessions

    /**
     * Makes a session. In a server the mode counts only without a transaction, and what can't be
     * there is AUTO_ACKNOWLEDGE, as the specification recommends (Javadoc of createSession).
     */
    SessionHandle session(int mode) throws JMSException {
        requireOpen();
        switch (mode) {
            case Session.AUTO_ACKNOWLEDGE,
                    Session.DUPS_OK_ACKNOWLEDGE,
                    Session.CLIENT_ACKNOWLEDGE,
                    Session.SESSION_TRANSACTED -> {}
            default -> throw new JMSException("there is no session mode " + mode);
        }
        boolean dupsOk = mode == Session.DUPS_OK_ACKNOWLEDGE;
        int allowed = isManaged() && !dupsOk ? Session.AUTO_ACKNOWLEDGE : mode;
        SessionHandle made = factory.allocate(credentials);
        made.open(this, allowed);
        boolean start;
        boolean late;
        synchronized (this) {
            late = closed;
            start = started;
            sessions.add(made);
        }
        if (late) {
            made.close();
            throw Refusals.closed("connection");
        }
        if (start) {
            made.start();
        }
        return made;
    }

    synchronized void remove(SessionHandle session) {
        sessions.remove(session);
    }

    /** Takes note of a temporary destination, to be deleted with the connection. */
    synchronized void made(Deletion deletion) {
        temporaries.add(deletion);
    }

    private static int mode(boolean transacted, int acknowledgeMode) {
        return transacted ? Session.SESSION_TRANSACTED : acknowledgeMode;
    }

    @Override
    public Session createSession(boolean transacted, int acknowledgeMode) throws JMSException {
        return session(mode(transacted, acknowledgeMode));
    }

    @Override
    public Session createSession(int sessionMode) throws JMSException {
        return session(sessionMode);
    }

    @Override
    public Session createSession() throws JMSException {
        return session(Session.AUTO_ACKNOWLEDGE);
    }

    @Override
    public QueueSession createQueueSession(boolean transacted, int acknowledgeMode)
            throws JMSException {
        return session(mode(transacted, acknowledgeMode));
    }

    @Override
    public TopicSession createTopicSession(boolean transacted, int acknowledgeMode)
            throws JMSException {
        return session(mode(transacted, acknowledgeMode));
    }

    // ---- life

    @Override
    public void start() throws JMSException {
        List<SessionHandle> starting;
        synchronized (this) {
            requireOpen();
            started = true;
            starting = List.copyOf(sessions);
        }
        for (SessionHandle session : starting) {
            session.start();
        }
    }

    @Override
    public void close() throws JMSException {
        List<SessionHandle> closing;
        List<Deletion> deleting;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            closing = List.copyOf(sessions);
            deleting = List.copyOf(temporaries);
        }
        for (SessionHandle session : closing) {
            session.closeChildren();
        }
        JMSException failure = null;
        for (Deletion deletion : deleting) {
            try {
                deletion.run();
            } catch (JMSException e) {
                failure = e;
            }
        }
        for (SessionHandle session : closing) {
            session.close();
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public String getClientID() throws JMSException {
        requireOpen();
        return factory.clientId();
    }

    @Override
    public ConnectionMetaData getMetaData() throws JMSException {
        List<SessionHandle> open;
        synchronized (this) {
            requireOpen();
            open = List.copyOf(sessions);
        }
        if (!open.isEmpty()) {
            return open.get(0).connectionMetaData();
        }
        SessionHandle asked = session(Session.AUTO_ACKNOWLEDGE);
        try {
            return asked.connectionMetaData();
        } finally {
            asked.close();
        }
    }

    void track(TemporaryQueue queue) {
        made(queue::delete);
    }

    void track(TemporaryTopic topic) {
        made(topic::delete);
    }

    // ---- what is not for applications in a server

    @Override
    public void setClientID(String clientID) throws JMSException {
        throw Refusals.notInAServer("setClientID");
    }

    @Override
    public ExceptionListener getExceptionListener() throws JMSException {
        throw Refusals.notInAServer("getExceptionListener");
    }

    @Override
    public void setExceptionListener(ExceptionListener listener) throws JMSException {
        throw Refusals.notInAServer("setExceptionListener");
    }

    @Override
    public void stop() throws JMSException {
        throw Refusals.notInAServer("stop");
    }

    @Override
    public ConnectionConsumer createConnectionConsumer(
            Destination destination, String selector, ServerSessionPool pool, int maxMessages)
            throws JMSException {
        throw Refusals.notInAServer("createConnectionConsumer");
    }

    @Override
    public ConnectionConsumer createConnectionConsumer(
            Queue queue, String selector, ServerSessionPool pool, int maxMessages)
            throws JMSException {
        throw Refusals.notInAServer("createConnectionConsumer");
    }

    @Override
    public ConnectionConsumer createConnectionConsumer(
            Topic topic, String selector, ServerSessionPool pool, int maxMessages)
            throws JMSException {
        throw Refusals.notInAServer("createConnectionConsumer");
    }

    @Override
    public ConnectionConsumer createSharedConnectionConsumer(
            Topic topic, String name, String selector, ServerSessionPool pool, int maxMessages)
            throws JMSException {
        throw Refusals.notInAServer("createSharedConnectionConsumer");
    }

    @Override
    public ConnectionConsumer createDurableConnectionConsumer(
            Topic topic, String name, String selector, ServerSessionPool pool, int maxMessages)
            throws JMSException {
        throw Refusals.notInAServer("createDurableConnectionConsumer");
    }

    @Override
    public ConnectionConsumer createSharedDurableConnectionConsumer(
            Topic topic, String name, String selector, ServerSessionPool pool, int maxMessages)
            throws JMSException {
        throw Refusals.notInAServer("createSharedDurableConnectionConsumer");
    }
}
