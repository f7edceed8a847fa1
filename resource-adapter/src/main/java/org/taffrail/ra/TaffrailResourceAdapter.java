// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;

import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.ra.inbound.Activation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import javax.transaction.xa.XAResource;

/**
 * What an application server starts: hands the messages of queues and topics to the endpoints of
 * message-driven beans, and finds the branches that wait for their end after a crash. Its
 * properties, where the broker is and who connects, hold for every activation and every connection
 * factory that says nothing else.
 *
 * <p>A server calls {@link #start} first and {@link #stop} last; the other methods may be called
 * from any of its threads.
 */
public class TaffrailResourceAdapter implements ResourceAdapter {
    private final Map<Endpoint, Activation> activations = new ConcurrentHashMap<>();
    private final Map<BrokerAccess, RecoveryResource> recovering = new LinkedHashMap<>();
    private volatile BootstrapContext context;
    private volatile String brokerUrl = TaffrailConnectionFactory.DEFAULT_URL;
    private volatile String user;
    private volatile String password;

    /** An endpoint and what it was activated with: the server deactivates it with the same two. */
    private record Endpoint(MessageEndpointFactory factory, ActivationSpec spec) {}

    /** Makes one that looks for a broker on this machine. */
    public TaffrailResourceAdapter() {}

    // ---- properties

    /**
     * Returns where the broker is.
     *
     * @return a URL with options, as connection factories take it
     */
    public String getBrokerUrl() {
        return brokerUrl;
    }

    /**
     * Sets where the broker is.
     *
     * @param brokerUrl a URL with options; null for {@link TaffrailConnectionFactory#DEFAULT_URL}
     */
    public void setBrokerUrl(String brokerUrl) {
        this.brokerUrl =
                Objects.requireNonNullElse(brokerUrl, TaffrailConnectionFactory.DEFAULT_URL);
    }

    /**
     * Returns who connects.
     *
     * @return a user, null for whom the URL names
     */
    public String getUser() {
        return user;
    }

    /**
     * Sets who connects.
     *
     * @param user a user, null for whom the URL names
     */
    public void setUser(String user) {
        this.user = user;
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
     * Works out where to connect, and as whom, where something else may be said than here. Who
     * overrides the user overrides the password as well.
     *
     * @param otherUrl a URL, null or empty for this adapter's
     * @param otherUser a user, null or empty for this adapter's
     * @param otherPassword the other user's password
     */
    BrokerAccess access(String otherUrl, String otherUser, String otherPassword) {
        boolean asOther = otherUser != null && !otherUser.isEmpty();
        return new BrokerAccess(
                otherUrl == null || otherUrl.isEmpty() ? brokerUrl : otherUrl,
                asOther ? otherUser : user,
                asOther ? otherPassword : password);
    }

    // ---- life

    @Override
    public void start(BootstrapContext bootstrapContext) throws ResourceAdapterInternalException {
        try {
            access(null, null, null).factory();
        } catch (IllegalArgumentException e) {
            throw new ResourceAdapterInternalException("brokerUrl: " + e.getMessage(), e);
        }
        context = bootstrapContext;
    }

    /** Ends all activations, each when the deliveries that run have ended. */
    @Override
    public void stop() {
        activations.keySet().forEach(this::deactivate);
        synchronized (recovering) {
            recovering.values().forEach(RecoveryResource::close);
            recovering.clear();
        }
        context = null;
    }

    /**
     * Begins to deliver to an endpoint. Returns at once: whether the broker is there does not
     * matter, it is connected to as soon as it is.
     *
     * @throws NotSupportedException if the spec is not this adapter's
     * @throws ResourceException if the spec is not valid, the adapter is not started, or the server
     *     gives it no thread
     */
    @Override
    public void endpointActivation(MessageEndpointFactory endpointFactory, ActivationSpec spec)
            throws ResourceException {
        if (!(spec instanceof TaffrailActivationSpec ours)) {
            throw new NotSupportedException("an activation spec of " + spec.getClass().getName());
        }
        BootstrapContext started = context;
        if (started == null) {
            throw new ResourceException("the resource adapter is not started");
        }
        ours.validate();
        Activation activation = new Activation(started, endpointFactory, ours.subscription(this));
        if (activations.putIfAbsent(new Endpoint(endpointFactory, spec), activation) != null) {
            throw new ResourceException("the endpoint is active already: " + spec);
        }
        try {
            activation.start();
        } catch (ResourceException e) {
            activations.remove(new Endpoint(endpointFactory, spec));
            throw e;
        }
    }

    /** Ends an activation: nothing new is delivered, and what is being delivered is waited for. */
    @Override
    public void endpointDeactivation(MessageEndpointFactory endpointFactory, ActivationSpec spec) {
        deactivate(new Endpoint(endpointFactory, spec));
    }

    private void deactivate(Endpoint endpoint) {
        Activation ended = activations.remove(endpoint);
        if (ended != null) {
            ended.stop();
        }
    }

    // ---- recovery

    /**
     * Returns a resource for each broker and user that the specs name, with which a transaction
     * manager finds the branches that it has not ended (Jakarta Connectors 7.5). It connects when
     * it is first asked, and again after a loss.
     */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        Map<BrokerAccess, XAResource> found = new LinkedHashMap<>();
        for (ActivationSpec spec : specs) {
            if (spec instanceof TaffrailActivationSpec ours) {
                BrokerAccess access = ours.access(this);
                synchronized (recovering) {
                    found.put(access, recovering.computeIfAbsent(access, RecoveryResource::new));
                }
            }
        }
        return found.values().toArray(XAResource[]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaffrailResourceAdapter adapter
                && brokerUrl.equals(adapter.brokerUrl)
                && Objects.equals(user, adapter.user)
                && Objects.equals(password, adapter.password);
    }

    @Override
    public int hashCode() {
        return Objects.hash(brokerUrl, user);
    }

    /** Returns where the broker is; secrets are hidden. */
    @Override
    public String toString() {
        return "TaffrailResourceAdapter[" + access(null, null, null) + "]";
    }
}
