// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;

/**
 * What a server keeps in its pool: a connection, and one session to those who use it. That is a
 * physical session of each kind that was needed: one for the branches of global transactions, one
 * for local transactions of the server, and one without a transaction; calls go to the one that the
 * transaction of the moment wants.
 *
 * <p>Used by one thread at a time, except {@link #isLost}, the transaction's end, and what the
 * connection reports.
 */
public final class JmsManagedConnection implements ManagedConnection {
    private static final Logger LOG = LoggerFactory.getLogger(JmsManagedConnection.class);

    private final XAConnection connection;
    private final Credentials credentials;
    private final String configuredUser;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<SessionHandle> handles = new LinkedHashSet<>();
    private final Map<Integer, Session> ordinary = new LinkedHashMap<>();
    private final LocalWork local = new LocalWork(this);
    private XASession branches;
    private BranchResource resource;
    private PrintWriter logWriter;
    private volatile boolean lost;
    private volatile boolean destroyed;

    /**
     * Makes one of a new connection.
     *
     * @param connection the connection, which is closed with this
     * @param credentials who has asked for it
     * @param configuredUser whom the configuration names, where nobody has; may be null
     * @throws JMSException if the connection can't be listened to
     */
    public JmsManagedConnection(
            XAConnection connection, Credentials credentials, String configuredUser)
            throws JMSException {
        this.connection = connection;
        this.credentials = credentials;
        this.configuredUser = configuredUser;
        connection.setExceptionListener(this::connectionLost);
    }

    /**
     * Tells whether it can be used by somebody.
     *
     * @param wanted who asks
     * @return true where it was made for the same user and is not lost
     */
    public boolean matches(Credentials wanted) {
        return !lost && (credentials.isAnybody() ? wanted.isAnybody() : credentials.equals(wanted));
    }

    /**
     * Tells whether the connection is lost.
     *
     * @return true when it is of no use any more
     */
    public boolean isLost() {
        return lost;
    }

    private void connectionLost(JMSException cause) {
        lost = true;
        if (!destroyed) {
            LOG.debug("event=managed_connection_lost", cause);
            ConnectionEvent event =
                    new ConnectionEvent(this, ConnectionEvent.CONNECTION_ERROR_OCCURRED, cause);
            listeners.forEach(listener -> listener.connectionErrorOccurred(event));
        }
    }

    // ---- sessions

    XAConnection connection() {
        return connection;
    }

    /**
     * Returns the session that the transaction of the moment wants.
     *
     * @param mode the acknowledge mode outside of transactions
     */
    Session session(int mode) throws JMSException {
        if (resource != null && resource.isInBranch()) {
            return branches;
        }
        if (local.isActive()) {
            return local.session();
        }
        Session found = ordinary.get(mode);
        if (found == null) {
            found = connection.createSession(mode == Session.SESSION_TRANSACTED, mode);
            ordinary.put(mode, found);
        }
        return found;
    }

    /** Lets messages come. */
    void start() throws JMSException {
        connection.start();
    }

    void stop() throws JMSException {
        connection.stop();
    }

    // ---- handles

    @Override
    public Object getConnection(Subject subject, ConnectionRequestInfo info) {
        SessionHandle handle = new SessionHandle();
        adopt(handle);
        return handle;
    }

    @Override
    public void associateConnection(Object handle) throws ResourceException {
        if (!(handle instanceof SessionHandle moved)) {
            throw new ResourceException("not a handle of this adapter: " + handle);
        }
        moved.leave();
        adopt(moved);
    }

    private void adopt(SessionHandle handle) {
        synchronized (handles) {
            handles.add(handle);
        }
        handle.use(this);
    }

    void remove(SessionHandle handle) {
        synchronized (handles) {
            handles.remove(handle);
        }
    }

    /** Tells the server that a handle is closed. */
    void closed(SessionHandle handle) {
        remove(handle);
        ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
        event.setConnectionHandle(handle);
        tell(event, ConnectionEventListener::connectionClosed);
    }

    private void tell(
            ConnectionEvent event, BiConsumer<ConnectionEventListener, ConnectionEvent> how) {
        listeners.forEach(listener -> how.accept(listener, event));
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    // ---- its end

    /**
     * Makes it as new for the next who uses it: handles are invalid, what was received outside of
     * transactions and not acknowledged goes back, and no message is sent ahead any more.
     */
    @Override
    public void cleanup() throws ResourceException {
        invalidateHandles();
        try {
            local.forget();
            List<Session> ended = List.copyOf(ordinary.values());
            ordinary.clear();
            for (Session session : ended) {
                session.close();
            }
            stop();
        } catch (JMSException e) {
            throw new ResourceException(e.getMessage(), e);
        }
    }

    private void invalidateHandles() {
        List<SessionHandle> invalid;
        synchronized (handles) {
            invalid = List.copyOf(handles);
            handles.clear();
        }
        invalid.forEach(SessionHandle::invalidate);
    }

    /** Closes the connection; branches that are prepared don't mind. */
    @Override
    public void destroy() throws ResourceException {
        destroyed = true;
        invalidateHandles();
        try {
            connection.close();
        } catch (JMSException e) {
            throw new ResourceException(e.getMessage(), e);
        }
    }

    // ---- transactions

    @Override
    public XAResource getXAResource() throws ResourceException {
        if (resource == null) {
            try {
                branches = connection.createXASession();
                resource = new BranchResource(branches.getXAResource());
            } catch (JMSException e) {
                throw new ResourceException(e.getMessage(), e);
            }
        }
        return resource;
    }

    @Override
    public LocalTransaction getLocalTransaction() {
        return local;
    }

    // ---- about it

    @Override
    public ManagedConnectionMetaData getMetaData() throws ResourceException {
        return new ConnectionFacts(
                connection, credentials.isAnybody() ? configuredUser : credentials.user());
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        logWriter = out;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }
}
