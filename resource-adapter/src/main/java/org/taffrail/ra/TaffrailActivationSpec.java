// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import jakarta.jms.Destination;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;

import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.jms.TaffrailQueue;
import org.taffrail.jms.TaffrailTopic;
import org.taffrail.ra.inbound.Subscription;

import java.beans.IntrospectionException;
import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * What a message-driven bean, or its server's configuration, says of where its messages come from
 * and how. {@link ActivationProperties} has the properties, {@code docs/resource-adapter.md} a
 * table of them.
 */
public final class TaffrailActivationSpec extends ActivationProperties implements ActivationSpec {
    private static final int SESSIONS = 15;
    private static final int SESSIONS_MAX = 1000;
    private static final int PREFETCH_MAX = 1_000_000;
    private static final long DELAY_MS = 100;
    private static final long DELAY_MS_MOST = 10_000;
    private static final long DELAY_MS_MAX = 3_600_000;
    private static final String QUEUE = Queue.class.getName();
    private static final String TOPIC = Topic.class.getName();

    private ResourceAdapter resourceAdapter;

    /** Makes one of which nothing is set. */
    public TaffrailActivationSpec() {}

    @Override
    public ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter resourceAdapter) {
        this.resourceAdapter = resourceAdapter;
    }

    // ---- validation

    /** What is wrong, and with which properties. */
    private static final class Findings {
        private final List<String> texts = new ArrayList<>();
        private final List<PropertyDescriptor> properties = new ArrayList<>();

        void add(boolean wrong, String property, String text) {
            if (wrong) {
                texts.add(property + ": " + text);
                try {
                    properties.add(new PropertyDescriptor(property, TaffrailActivationSpec.class));
                } catch (IntrospectionException e) {
                    throw new AssertionError("no property " + property, e);
                }
            }
        }

        void addRange(Number value, long most, long least, String property) {
            add(
                    value != null && (value.longValue() < least || value.longValue() > most),
                    property,
                    value + " is not from " + least + " to " + most);
        }
    }

    /**
     * Demands that the properties make sense together (Jakarta Connectors 5.3.7).
     *
     * @throws InvalidPropertyException with all that do not, and why
     */
    @Override
    public void validate() throws InvalidPropertyException {
        Findings findings = new Findings();
        checkDestination(findings);
        checkSubscription(findings);
        findings.addRange(getMaxSession(), SESSIONS_MAX, 1, "maxSession");
        findings.addRange(getPrefetch(), PREFETCH_MAX, 0, "prefetch");
        findings.addRange(getInitialReconnectDelayMs(), DELAY_MS_MAX, 1, "initialReconnectDelayMs");
        findings.addRange(getMaxReconnectDelayMs(), DELAY_MS_MAX, 1, "maxReconnectDelayMs");
        findings.add(
                isSet(getAcknowledgeMode()) && !isAuto() && !isDupsOk(),
                "acknowledgeMode",
                getAcknowledgeMode() + " is neither Auto-acknowledge nor Dups-ok-acknowledge");
        if (isSet(getBrokerUrl())) {
            checkUrl(findings);
        }
        findings.add(
                isSet(getBrokerUrl()) && isSet(getConnectionFactoryLookup()),
                "connectionFactoryLookup",
                "brokerUrl says another broker");
        if (!findings.texts.isEmpty()) {
            InvalidPropertyException failure =
                    new InvalidPropertyException(String.join("; ", findings.texts));
            failure.setInvalidPropertyDescriptors(
                    findings.properties.toArray(PropertyDescriptor[]::new));
            throw failure;
        }
    }

    private void checkDestination(Findings findings) {
        boolean named = isSet(getDestination());
        boolean lookedUp = isSet(getDestinationLookup());
        findings.add(
                !named && !lookedUp, "destination", "neither this nor destinationLookup is set");
        findings.add(
                isSet(getDestinationType()) && !isQueue() && !isTopic(),
                "destinationType",
                getDestinationType() + " is neither " + QUEUE + " nor " + TOPIC);
        findings.add(
                !isSet(getDestinationType()) && !isLookedUp(),
                "destinationType",
                "needed where the destination is not looked up");
        if (named && !isLookedUp()) {
            try {
                new TaffrailQueue(getDestination());
            } catch (IllegalArgumentException e) {
                findings.add(true, "destination", e.getMessage());
            }
        }
    }

    private void checkSubscription(Findings findings) {
        boolean named = isSet(getSubscriptionName());
        String durability = getSubscriptionDurability();
        findings.add(
                isSet(durability) && !isDurable() && !durability.equalsIgnoreCase("NonDurable"),
                "subscriptionDurability",
                durability + " is neither Durable nor NonDurable");
        findings.add(isQueue() && isDurable(), "subscriptionDurability", "a queue has none");
        findings.add(isQueue() && isShared(), "shareSubscriptions", "a queue has none to share");
        findings.add(isDurable() && !named, "subscriptionName", "a durable subscription needs one");
        findings.add(
                isShared() && !isDurable() && !named,
                "subscriptionName",
                "a shared subscription needs one");
        findings.add(
                isDurable() && !isShared() && !isSet(getClientId()),
                "clientId",
                "a durable subscription that is not shared needs one");
        findings.add(
                isDurable() && !isShared() && getMaxSession() != null && getMaxSession() > 1,
                "maxSession",
                "a durable subscription that is not shared has one consumer: share it"
                        + " (shareSubscriptions), or set 1");
    }

    private void checkUrl(Findings findings) {
        try {
            new TaffrailConnectionFactory(getBrokerUrl());
        } catch (IllegalArgumentException e) {
            findings.add(true, "brokerUrl", e.getMessage());
        }
    }

    private static boolean isSet(String value) {
        return value != null && !value.isEmpty();
    }

    private boolean isQueue() {
        return QUEUE.equals(getDestinationType());
    }

    private boolean isTopic() {
        return TOPIC.equals(getDestinationType());
    }

    private boolean isDurable() {
        return "Durable".equalsIgnoreCase(getSubscriptionDurability());
    }

    private boolean isShared() {
        return Boolean.TRUE.equals(getShareSubscriptions());
    }

    private boolean isLookedUp() {
        return isSet(getDestinationLookup())
                || Boolean.TRUE.equals(getUseJNDI())
                || isSet(getDestination()) && getDestination().startsWith("java:");
    }

    private boolean isAcknowledge(String mode) {
        return isSet(getAcknowledgeMode())
                && getAcknowledgeMode().toLowerCase(Locale.ROOT).replace('_', '-').equals(mode);
    }

    private boolean isAuto() {
        return isAcknowledge("auto-acknowledge");
    }

    private boolean isDupsOk() {
        return isAcknowledge("dups-ok-acknowledge");
    }

    // ---- what an activation makes of it

    /** Returns where to connect, and as whom, if no connection factory is looked up. */
    BrokerAccess access(TaffrailResourceAdapter adapter) {
        return adapter.access(getBrokerUrl(), getUser(), getPassword());
    }

    /** Returns what an activation consumes. The spec has been found valid. */
    Subscription subscription(TaffrailResourceAdapter adapter) {
        boolean single = isDurable() && !isShared();
        int sessions = getMaxSession() == null ? SESSIONS : getMaxSession();
        long delayMs = orElse(getInitialReconnectDelayMs(), DELAY_MS);
        return new Subscription(
                isSet(getDestinationLookup()) ? getDestinationLookup() : getDestination(),
                () -> factory(adapter),
                this::lookUpDestination,
                getMessageSelector(),
                isDurable(),
                isShared(),
                getSubscriptionName(),
                isDupsOk(),
                single ? 1 : sessions,
                delayMs,
                Math.max(delayMs, orElse(getMaxReconnectDelayMs(), DELAY_MS_MOST)));
    }

    private static long orElse(Long value, long otherwise) {
        return value == null ? otherwise : value;
    }

    /** Makes the factory of the activation's connections. */
    private TaffrailConnectionFactory factory(TaffrailResourceAdapter adapter)
            throws NamingException {
        TaffrailConnectionFactory made =
                isSet(getConnectionFactoryLookup()) ? lookUpFactory() : access(adapter).factory();
        made.setPrefetch(getPrefetch() == null ? 0 : getPrefetch());
        if (isSet(getClientId())) {
            made.setClientID(getClientId());
        }
        return made;
    }

    /**
     * Makes a factory like the one that is looked up, since settings of an activation go into it.
     */
    private TaffrailConnectionFactory lookUpFactory() throws NamingException {
        Object found = new InitialContext().lookup(getConnectionFactoryLookup());
        TaffrailConnectionFactory copy;
        if (found instanceof TaffrailConnectionFactory factory) {
            copy =
                    new TaffrailConnectionFactory(
                            (String) factory.getReference().get(0).getContent());
        } else if (found instanceof org.taffrail.ra.outbound.ConnectionFactoryHandle factory) {
            copy = factory.physical();
        } else {
            throw new NamingException(
                    getConnectionFactoryLookup()
                            + " is no connection factory of Taffrail but a "
                            + (found == null ? "null" : found.getClass().getName()));
        }
        if (isSet(getUser())) {
            copy.setUser(getUser());
            copy.setPassword(getPassword());
        }
        return copy;
    }

    private Destination lookUpDestination() throws NamingException {
        if (!isLookedUp()) {
            return isQueue()
                    ? new TaffrailQueue(getDestination())
                    : new TaffrailTopic(getDestination());
        }
        String name = isSet(getDestinationLookup()) ? getDestinationLookup() : getDestination();
        Object found = new InitialContext().lookup(name);
        boolean fits =
                isQueue()
                        ? found instanceof Queue
                        : isTopic() ? found instanceof Topic : found instanceof Destination;
        if (!fits) {
            throw new NamingException(
                    name + " is no destination of the type that was asked for but " + found);
        }
        return (Destination) found;
    }

    /** Returns what is consumed, for people. */
    @Override
    public String toString() {
        return "TaffrailActivationSpec["
                + (isSet(getDestinationLookup()) ? getDestinationLookup() : getDestination())
                + "]";
    }
}
