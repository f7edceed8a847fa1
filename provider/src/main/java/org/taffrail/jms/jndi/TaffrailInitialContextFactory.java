// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.jms.TaffrailQueue;
import org.taffrail.jms.TaffrailTopic;

import java.util.Hashtable;
import java.util.Map;

import javax.naming.ConfigurationException;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

/**
 * Makes a naming context from properties, usually those of a {@code jndi.properties} on the class
 * path. The context is read-only; nothing is connected by looking something up.
 *
 * <table>
 *   <caption>Properties</caption>
 *   <tr><th>property</th><th>what it binds</th></tr>
 *   <tr><td>{@code connectionFactory.NAME=URL}, {@code connectionfactory.NAME=URL}</td>
 *       <td>a connection factory</td></tr>
 *   <tr><td>{@code queue.NAME=physical}</td><td>a queue</td></tr>
 *   <tr><td>{@code topic.NAME=physical}</td><td>a topic</td></tr>
 *   <tr><td>{@code java.naming.provider.url=URL}, or {@code brokerURL=URL}, which wins</td>
 *       <td>{@code ConnectionFactory}, {@code QueueConnectionFactory}, {@code
 *       TopicConnectionFactory} and {@code XAConnectionFactory}, unless something else is bound to
 *       these names</td></tr>
 *   <tr><td>{@code connectionFactoryNames=NAME, NAME}</td><td>factories of these names in the place
 *       of those four</td></tr>
 *   <tr><td>{@code connection.NAME.PROPERTY=value}</td><td>a property of one of them: {@code
 *       brokerURL}, {@code userName}, {@code password}, {@code clientID}, or any option of a URL
 *       with or without its {@code jms.}. The first four may also be given for all, without {@code
 *       connection.NAME.}</td></tr>
 *   <tr><td>{@code java.naming.provider.url=FILE}</td><td>what the properties in that file say: a
 *       path, {@code file:} or {@code classpath:}; properties given directly win</td></tr>
 *   <tr><td>{@code java.naming.security.principal} and {@code .credentials}</td><td>user and password
 *       of factories whose URL names no user</td></tr>
 * </table>
 *
 * <p>Without a URL and without any factory the four names stand for a broker on this machine. An
 * option behind the name of a destination that a consumer would refuse is refused here. NAME may
 * have slashes, which make sub-contexts. {@code dynamicQueues/NAME} and {@code queues/NAME}, {@code
 * dynamicTopics/NAME} and {@code topics/NAME} stand for any destination, without being bound. In
 * values {@code ${NAME}} and {@code ${NAME:-default}} are replaced by the system property or else
 * the environment variable of that name. All other properties are left alone.
 */
public final class TaffrailInitialContextFactory implements InitialContextFactory {
    /** Makes a factory, as the naming system does. */
    public TaffrailInitialContextFactory() {}

    /**
     * Makes a context.
     *
     * @param environment the properties; null for none
     * @return a read-only context
     * @throws ConfigurationException if a property that is described above can't be used; the
     *     message begins with its name
     */
    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
        JndiProperties properties = JndiProperties.of(environment);
        BindingTree root = new BindingTree();
        for (Map.Entry<String, String> property : properties.texts().entrySet()) {
            bind(root, property.getKey(), property.getValue(), properties);
        }
        new NamedFactories(properties).bind(root);
        root.putDynamic("dynamicQueues", TaffrailQueue.class);
        root.putDynamic("queues", TaffrailQueue.class);
        root.putDynamic("dynamicTopics", TaffrailTopic.class);
        root.putDynamic("topics", TaffrailTopic.class);
        return new TaffrailContext(root, properties.environment());
    }

    private static void bind(BindingTree root, String key, String value, JndiProperties properties)
            throws ConfigurationException {
        int dot = key.indexOf('.');
        String name = key.substring(dot + 1);
        try {
            switch (key.substring(0, Math.max(dot, 0))) {
                case "connectionFactory", "connectionfactory":
                    root.put(name, connectionFactory(value, properties));
                    break;
                case "queue":
                    root.put(name, new TaffrailQueue(value).checked());
                    break;
                case "topic":
                    root.put(name, new TaffrailTopic(value).checked());
                    break;
                default:
                    break;
            }
        } catch (IllegalArgumentException e) {
            throw NamedFactories.unusable(key, e);
        }
    }

    private static TaffrailConnectionFactory connectionFactory(
            String url, JndiProperties properties) {
        TaffrailConnectionFactory factory = new TaffrailConnectionFactory(url);
        if (properties.principal() != null && factory.getUser() == null) {
            factory.setUser(properties.principal());
            factory.setPassword(properties.credentials());
        }
        return factory;
    }
}
