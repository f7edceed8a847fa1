// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.link.ConnectionOptions;
import org.taffrail.wire.NearestName;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.naming.ConfigurationException;
import javax.naming.Context;

/**
 * The connection factories that have no line of their own in the properties, as ActiveMQ Classic
 * names and configures them: those of {@value #NAMES}, or else the usual ones. All are for one
 * broker, and {@code connection.NAME.property} sets a property of one of them.
 *
 * <p>A property is {@code brokerURL} or {@code java.naming.provider.url}, {@code userName}, {@code
 * password}, {@code clientID}, or any connection option, which may lack its {@code jms.}. The first
 * four may also be given for all, without {@code connection.NAME.}
 */
final class NamedFactories {
    /** The property that lists names, separated by commas. */
    static final String NAMES = "connectionFactoryNames";

    /** What a property of one factory begins with. */
    static final String PREFIX = "connection.";

    /** The properties that may be given for all factories. */
    static final List<String> SHARED = List.of("brokerURL", "userName", "password", "clientID");

    private static final String BROKER_URL = "brokerURL";

    /** Chooses a factory for global transactions; ours are for both. */
    private static final String XA = "xa";

    private static final List<String> USUAL =
            List.of(
                    "ConnectionFactory",
                    "QueueConnectionFactory",
                    "TopicConnectionFactory",
                    "XAConnectionFactory");

    private final JndiProperties properties;
    private final Map<String, String> texts;

    NamedFactories(JndiProperties properties) {
        this.properties = properties;
        texts = properties.texts();
    }

    /**
     * Binds the factories.
     *
     * @throws ConfigurationException if a name or a property can't be used; the message begins with
     *     the property
     */
    void bind(BindingTree root) throws ConfigurationException {
        String listed = texts.get(NAMES);
        if (listed != null) {
            List<String> names =
                    Arrays.stream(listed.split(",")).map(String::trim).distinct().toList();
            refuseStrays(names);
            for (String name : names) {
                put(root, name, NAMES);
            }
        } else if (properties.brokerUrl() != null
                || texts.containsKey(BROKER_URL)
                || !namesFactory()) {
            for (String name : USUAL) {
                if (!root.has(name)) {
                    put(root, name, Context.PROVIDER_URL);
                }
            }
        }
    }

    private boolean namesFactory() {
        return texts.keySet().stream()
                .anyMatch(key -> key.toLowerCase(Locale.ROOT).startsWith("connectionfactory."));
    }

    /** A property of a factory that is not listed is a typing error. */
    private void refuseStrays(List<String> names) throws ConfigurationException {
        for (String key : texts.keySet()) {
            if (key.startsWith(PREFIX)
                    && names.stream().noneMatch(name -> key.startsWith(PREFIX + name + '.'))) {
                String meant = key.substring(PREFIX.length());
                int dot = meant.indexOf('.');
                throw new ConfigurationException(
                        key
                                + ": "
                                + NAMES
                                + " lists no factory of that name"
                                + NearestName.hint(
                                        dot < 0 ? meant : meant.substring(0, dot), names));
            }
        }
    }

    private void put(BindingTree root, String name, String listedBy) throws ConfigurationException {
        String own = PREFIX + name + '.';
        TaffrailConnectionFactory factory = atItsBroker(own);
        if (properties.principal() != null && factory.getUser() == null) {
            factory.setUser(properties.principal());
            factory.setPassword(properties.credentials());
        }
        for (String shared : SHARED) {
            set(factory, shared, shared);
        }
        for (String key : texts.keySet()) {
            if (key.startsWith(own)) {
                set(factory, key, key.substring(own.length()));
            }
        }
        try {
            root.put(name, factory);
        } catch (IllegalArgumentException e) {
            throw unusable(listedBy + ": \"" + name + '"', e);
        }
    }

    /** Makes a factory for the broker whose URL is given most particularly. */
    private TaffrailConnectionFactory atItsBroker(String own) throws ConfigurationException {
        for (String key : List.of(own + BROKER_URL, own + Context.PROVIDER_URL, BROKER_URL)) {
            String url = texts.get(key);
            if (url != null) {
                return factory(key, url);
            }
        }
        String url = properties.brokerUrl();
        return factory(
                Context.PROVIDER_URL, url == null ? TaffrailConnectionFactory.DEFAULT_URL : url);
    }

    private static TaffrailConnectionFactory factory(String key, String url)
            throws ConfigurationException {
        try {
            return new TaffrailConnectionFactory(url.trim());
        } catch (IllegalArgumentException e) {
            throw unusable(key, e);
        }
    }

    private void set(TaffrailConnectionFactory factory, String key, String property)
            throws ConfigurationException {
        String value = texts.get(key);
        if (value == null) {
            return;
        }
        try {
            switch (property) {
                case BROKER_URL, Context.PROVIDER_URL, XA:
                    break;
                case "userName":
                    factory.setUser(value);
                    break;
                case "password":
                    factory.setPassword(value);
                    break;
                case "clientID":
                    factory.setClientID(value);
                    break;
                default:
                    factory.setOption(option(property), value);
            }
        } catch (IllegalArgumentException e) {
            throw unusable(key, e);
        }
    }

    /** Returns the name of an option that may lack its beginning. */
    private static String option(String property) {
        boolean whole =
                ConnectionOptions.ALL.stream()
                        .anyMatch(
                                option ->
                                        option.name().equals(property)
                                                || option.aliases().contains(property));
        return whole || property.startsWith("jms.") ? property : "jms." + property;
    }

    /** Makes what is thrown where a property can't be used. */
    static ConfigurationException unusable(String key, IllegalArgumentException cause) {
        ConfigurationException e = new ConfigurationException(key + ": " + cause.getMessage());
        e.setRootCause(cause);
        return e;
    }
}
