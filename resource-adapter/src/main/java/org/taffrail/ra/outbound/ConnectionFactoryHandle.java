// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicConnectionFactory;
import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;

import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.Serializable;

import javax.naming.Reference;

/**
 * The connection factory that an application looks up in its server. A connection of it takes one
 * of the server's pool for each session, when that is made: so it is in the transaction of those
 * who make the session, also where the connection is kept for longer.
 *
 * <p>Thread-safe.
 */
public final class ConnectionFactoryHandle
        implements ConnectionFactory,
                QueueConnectionFactory,
                TopicConnectionFactory,
                Serializable,
                Referenceable {
    private static final long serialVersionUID = 1L;

    private final PhysicalConnections factory;
    private final ConnectionManager manager;
    private final boolean managed;
    private Reference reference;

    /**
     * Makes a factory.
     *
     * @param factory makes the connections
     * @param manager has the pool
     * @param managed whether there is a server, so that its rules hold
     */
    public ConnectionFactoryHandle(
            PhysicalConnections factory, ConnectionManager manager, boolean managed) {
        this.factory = factory;
        this.manager = manager;
        this.managed = managed;
    }

    /**
     * Makes a factory with the same URL and user, that is of no server and no pool.
     *
     * @return a new factory
     */
    public TaffrailConnectionFactory physical() {
        return factory.physicalFactory();
    }

    /** Tells whether there is a server, so that its rules hold. */
    boolean isManaged() {
        return managed;
    }

    /**
     * Takes a connection of the pool.
     *
     * @throws JMSException if there is none, or the broker refuses
     */
    SessionHandle allocate(Credentials credentials) throws JMSException {
        try {
            return (SessionHandle) manager.allocateConnection(factory, credentials);
        } catch (ResourceException e) {
            throw Refusals.of(e);
        }
    }

    /** Returns the client id that is configured, or null. */
    String clientId() {
        return factory.getClientId();
    }

    private ConnectionHandle connection(Credentials credentials, Domain domain) {
        return new ConnectionHandle(this, credentials, domain);
    }

    @Override
    public Connection createConnection() {
        return connection(Credentials.ANYBODY, Domain.BOTH);
    }

    @Override
    public Connection createConnection(String userName, String password) {
        return connection(new Credentials(userName, password), Domain.BOTH);
    }

    @Override
    public QueueConnection createQueueConnection() {
        return connection(Credentials.ANYBODY, Domain.QUEUES);
    }

    @Override
    public QueueConnection createQueueConnection(String userName, String password) {
        return connection(new Credentials(userName, password), Domain.QUEUES);
    }

    @Override
    public TopicConnection createTopicConnection() {
        return connection(Credentials.ANYBODY, Domain.TOPICS);
    }

    @Override
    public TopicConnection createTopicConnection(String userName, String password) {
        return connection(new Credentials(userName, password), Domain.TOPICS);
    }

    private JMSContext context(Credentials credentials, int sessionMode) {
        return ContextHandle.open(connection(credentials, Domain.BOTH), sessionMode);
    }

    @Override
    public JMSContext createContext() {
        return context(Credentials.ANYBODY, JMSContext.AUTO_ACKNOWLEDGE);
    }

    @Override
    public JMSContext createContext(int sessionMode) {
        return context(Credentials.ANYBODY, sessionMode);
    }

    @Override
    public JMSContext createContext(String userName, String password) {
        return createContext(userName, password, JMSContext.AUTO_ACKNOWLEDGE);
    }

    @Override
    public JMSContext createContext(String userName, String password, int sessionMode) {
        return context(new Credentials(userName, password), sessionMode);
    }

    @Override
    public synchronized void setReference(Reference newReference) {
        reference = newReference;
    }

    @Override
    public synchronized Reference getReference() {
        return reference;
    }

    /** Returns where it connects; secrets are hidden. */
    @Override
    public String toString() {
        return "ConnectionFactoryHandle[" + factory + "]";
    }
}
