// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.provider;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Queue;

import org.taffrail.compat.kit.Provider;
import org.taffrail.compat.kit.UnsupportedFacilityException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * A provider as an application has it: a {@code jndi.properties} and the names in it, beside
 * settings for the kit ({@link SettingKey}).
 */
public final class JndiProvider implements Provider {
    private static final long BORROW_MS_MAX = 20_000;

    private final Properties settings;
    private final Restarts restarts;
    private final boolean closedToStrangers;
    private final Pool queues;
    private final Pool topics;

    private JndiProvider(Properties settings, Restarts restarts, boolean closedToStrangers) {
        this.settings = settings;
        this.restarts = restarts;
        this.closedToStrangers = closedToStrangers;
        Pool.Access access =
                new Pool.Access(name -> new InitialContext(settings).lookup(name), BORROW_MS_MAX);
        this.queues = Pool.of(SettingKey.QUEUES, settings, this::connectionFactory, access);
        this.topics = Pool.of(SettingKey.TOPICS, settings, this::connectionFactory, access);
    }

    /**
     * Reads a file.
     *
     * @param file a {@code jndi.properties}
     * @return what it says
     * @throws ProviderException if it can't be read
     */
    public static Properties read(Path file) throws ProviderException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new ProviderException("cannot read " + file + ": " + e, e);
        }
        return properties;
    }

    /**
     * Looks the connection factory up.
     *
     * @param properties what the file says
     * @param restarts restarts the server, null if the kit has not started it
     * @return the provider
     * @throws ProviderException if there is no connection factory of a name that the file has, or a
     *     key for the kit is unknown
     */
    public static JndiProvider open(Properties properties, Restarts restarts)
            throws ProviderException {
        SettingKey.checkAll(properties);
        ConnectionFactory factory = find(SettingKey.CONNECTION_FACTORY, properties);
        if (properties.containsKey(SettingKey.DEFINED_PROPERTIES_FACTORY.inFile())) {
            find(SettingKey.DEFINED_PROPERTIES_FACTORY, properties);
        }
        return new JndiProvider(properties, restarts, isClosedToStrangers(factory, properties));
    }

    private static ConnectionFactory find(SettingKey key, Properties properties)
            throws ProviderException {
        String name = factoryName(key.inFile(), properties);
        try {
            return lookUp(name, properties);
        } catch (NamingException | LinkageError e) {
            throw new ProviderException(
                    "no connection factory '" + name + "' (key " + key.inFile() + "): " + e, e);
        }
    }

    /** The name that a key gives, or else the one that all connections come from. */
    private static String factoryName(String key, Properties properties) {
        String usual =
                properties.getProperty(SettingKey.CONNECTION_FACTORY.inFile(), "ConnectionFactory");
        return properties.getProperty(key, usual);
    }

    private static ConnectionFactory lookUp(String name, Properties properties)
            throws NamingException {
        Object found = new InitialContext(properties).lookup(name);
        if (found instanceof ConnectionFactory factory) {
            return factory;
        }
        throw new NamingException("it is no jakarta.jms.ConnectionFactory but " + found);
    }

    /** Whether a user is known and nobody is let in without. */
    private static boolean isClosedToStrangers(ConnectionFactory factory, Properties properties)
            throws ProviderException {
        if (properties.getProperty(SettingKey.USER.inFile()) == null) {
            return false;
        }
        try {
            factory.createConnection().close();
            return false;
        } catch (JMSSecurityException e) {
            return true;
        } catch (JMSException e) {
            throw new ProviderException("no connection can be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Tells whether all connections carry the user's name because none is possible without.
     *
     * @return true if so
     */
    public boolean isClosedToStrangers() {
        return closedToStrangers;
    }

    /**
     * Looks the connection factory up anew: what a check does to one, with its locks or its client
     * id, no other check meets.
     */
    @Override
    public ConnectionFactory connectionFactory() {
        return connectionFactory(SettingKey.CONNECTION_FACTORY.key());
    }

    @Override
    public ConnectionFactory connectionFactory(String key) {
        try {
            ConnectionFactory factory =
                    lookUp(factoryName(SettingKey.PREFIX + key, settings), settings);
            return closedToStrangers
                    ? NamedConnections.by(
                            factory,
                            settings.getProperty(SettingKey.USER.inFile()),
                            settings.getProperty(SettingKey.PASSWORD.inFile(), ""))
                    : factory;
        } catch (NamingException e) {
            throw new JMSRuntimeException("JNDI no longer knows the factory", null, e);
        }
    }

    @Override
    public Optional<String> setting(String key) {
        return Optional.ofNullable(settings.getProperty(SettingKey.PREFIX + key));
    }

    @Override
    public <T extends Destination> Optional<T> borrow(Class<T> type) {
        Pool pool = type == Queue.class ? queues : topics;
        return pool.isEmpty() ? Optional.empty() : Optional.of(type.cast(pool.borrow()));
    }

    @Override
    public void giveBack(Destination destination) {
        (destination instanceof Queue && queues.lent(destination) ? queues : topics)
                .giveBack(destination);
    }

    @Override
    public void restart(boolean orderly) {
        if (restarts == null) {
            throw new UnsupportedFacilityException(
                    "the kit has not started this provider's server");
        }
        restarts.restart(orderly);
    }
}
