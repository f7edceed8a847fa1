// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.XAConnection;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import jakarta.resource.spi.ResourceAllocationException;
import jakarta.resource.spi.SecurityException;
import jakarta.resource.spi.ValidatingManagedConnectionFactory;
import jakarta.resource.spi.security.PasswordCredential;

import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.ra.outbound.ConnectionFactoryHandle;
import org.taffrail.ra.outbound.Credentials;
import org.taffrail.ra.outbound.JmsManagedConnection;
import org.taffrail.ra.outbound.PhysicalConnections;

import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

import javax.security.auth.Subject;

/**
 * What a server makes a connection factory of, and the connections for its pool. Its properties win
 * over the resource adapter's, and what a subject or an application names over both.
 */
public final class TaffrailManagedConnectionFactory
        implements PhysicalConnections,
                ResourceAdapterAssociation,
                ValidatingManagedConnectionFactory {
    private static final long serialVersionUID = 1L;

    /** Not part of what makes two equal, as the specification has it; may not be serializable. */
    private transient TaffrailResourceAdapter adapter;

    private transient PrintWriter logWriter;
    private String brokerUrl;
    private String user;
    private String password;
    private String clientId;

    /** Makes one that says nothing of its own. */
    public TaffrailManagedConnectionFactory() {}

    // ---- properties

    /**
     * Returns where the broker is.
     *
     * @return a URL with options, null for the adapter's
     */
    public String getBrokerUrl() {
        return brokerUrl;
    }

    /**
     * Sets where the broker is.
     *
     * @param brokerUrl a URL with options, null for the adapter's
     */
    public void setBrokerUrl(String brokerUrl) {
        this.brokerUrl = brokerUrl;
    }

    /**
     * Returns who connects.
     *
     * @return a user, null for the adapter's
     */
    public String getUser() {
        return user;
    }

    /**
     * Sets who connects where neither the server nor the application names anybody.
     *
     * @param user a user, null for the adapter's
     */
    public void setUser(String user) {
        this.user = user;
    }

    /**
     * Returns {@code user}, by the name that servers know.
     *
     * @return a user or null
     */
    public String getUserName() {
        return user;
    }

    /**
     * Sets {@code user}, by the name that servers know.
     *
     * @param userName as there
     */
    public void setUserName(String userName) {
        this.user = userName;
    }

    /**
     * Returns the password of {@link #getUser}.
     *
     * @return the password or null
     */
    public String getPassword() {
        return password;
    }

    /**
     * Sets the password of {@link #setUser}.
     *
     * @param password the password or null
     */
    public void setPassword(String password) {
        this.password = password;
    }

    /**
     * Returns the client id of the connections.
     *
     * @return the client id or null
     */
    @Override
    public String getClientId() {
        return clientId;
    }

    /**
     * Sets the client id of the connections. One connection at a time can have it: the pool's
     * largest size must be 1.
     *
     * @param clientId the client id or null
     */
    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter resourceAdapter) throws ResourceException {
        if (!(resourceAdapter instanceof TaffrailResourceAdapter ours)) {
            throw new ResourceException("not an adapter of Taffrail: " + resourceAdapter);
        }
        adapter = ours;
    }

    private BrokerAccess access() {
        TaffrailResourceAdapter associated =
                adapter == null ? new TaffrailResourceAdapter() : adapter;
        return associated.access(brokerUrl, user, password);
    }

    /**
     * Makes a factory of the provider with the settings of this one.
     *
     * @return a new factory
     * @throws IllegalArgumentException if the URL is not understood
     */
    @Override
    public TaffrailConnectionFactory physicalFactory() {
        TaffrailConnectionFactory made = access().factory();
        if (clientId != null && !clientId.isEmpty()) {
            made.setClientID(clientId);
        }
        return made;
    }

    // ---- connections

    @Override
    public Object createConnectionFactory(ConnectionManager manager) {
        return new ConnectionFactoryHandle(this, manager, true);
    }

    /** Makes a factory for use without a server: each connection is a new one. */
    @Override
    public Object createConnectionFactory() {
        return new ConnectionFactoryHandle(this, new DirectConnections(), false);
    }

    @Override
    public ManagedConnection createManagedConnection(Subject subject, ConnectionRequestInfo info)
            throws ResourceException {
        Credentials credentials = credentials(subject, info);
        try {
            TaffrailConnectionFactory factory = physicalFactory();
            XAConnection connection =
                    credentials.isAnybody()
                            ? factory.createXAConnection()
                            : factory.createXAConnection(
                                    credentials.user(), credentials.password());
            return new JmsManagedConnection(
                    connection, credentials, credentials.isAnybody() ? access().user() : null);
        } catch (JMSSecurityException e) {
            throw new SecurityException(e.getMessage(), e);
        } catch (JMSException e) {
            throw new ResourceAllocationException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ResourceAllocationException("brokerUrl: " + e.getMessage(), e);
        }
    }

    /** Who connects: whom the server has signed on, or else whom the application names. */
    private Credentials credentials(Subject subject, ConnectionRequestInfo info)
            throws ResourceException {
        if (subject != null) {
            for (PasswordCredential credential :
                    subject.getPrivateCredentials(PasswordCredential.class)) {
                if (equals(credential.getManagedConnectionFactory())) {
                    return new Credentials(
                            credential.getUserName(), new String(credential.getPassword()));
                }
            }
        }
        if (info == null) {
            return Credentials.ANYBODY;
        }
        if (info instanceof Credentials named) {
            return named;
        }
        throw new ResourceException("not a request of Taffrail: " + info);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public ManagedConnection matchManagedConnections(
            Set connections, Subject subject, ConnectionRequestInfo info) throws ResourceException {
        Credentials wanted = credentials(subject, info);
        for (Object candidate : connections) {
            if (candidate instanceof JmsManagedConnection ours && ours.matches(wanted)) {
                return ours;
            }
        }
        return null;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Set getInvalidConnections(Set connections) {
        Set<Object> invalid = new LinkedHashSet<>();
        for (Object candidate : connections) {
            if (candidate instanceof JmsManagedConnection ours && ours.isLost()) {
                invalid.add(candidate);
            }
        }
        return invalid;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        logWriter = out;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaffrailManagedConnectionFactory factory
                && Objects.equals(brokerUrl, factory.brokerUrl)
                && Objects.equals(user, factory.user)
                && Objects.equals(password, factory.password)
                && Objects.equals(clientId, factory.clientId)
                && Objects.equals(adapter, factory.adapter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(brokerUrl, user, clientId);
    }

    /** Returns where the broker is; secrets are hidden. */
    @Override
    public String toString() {
        return "TaffrailManagedConnectionFactory[" + access() + "]";
    }
}
