// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.provider;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
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

import javax.naming.Context;
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
    private final ConnectionFactory factory;
    private final Pool queues;
    private final Pool topics;

    private JndiProvider(
            Properties settings, Restarts restarts, ConnectionFactory factory, Pool.Access access) {
        this.settings = settings;
        this.restarts = restarts;
        this.factory = factory;
        this.queues = Pool.of(SettingKey.QUEUES, settings, factory, access);
        this.topics = Pool.of(SettingKey.TOPICS, settings, factory, access);
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
     * @throws ProviderException if there is no connection factory of that name, or a key for the
     *     kit is unknown
     */
    public static JndiProvider open(Properties properties, Restarts restarts)
            throws ProviderException {
        String name =
                properties.getProperty(SettingKey.CONNECTION_FACTORY.inFile(), "ConnectionFactory");
        SettingKey.checkAll(properties);
        try {
            Context context = new InitialContext(properties);
            Object found = context.lookup(name);
            if (!(found instanceof ConnectionFactory factory)) {
                throw new ProviderException(
                        "'" + name + "' in JNDI is no jakarta.jms.ConnectionFactory but " + found);
            }
            return new JndiProvider(
                    properties,
                    restarts,
                    admitted(factory, properties),
                    new Pool.Access(context::lookup, BORROW_MS_MAX));
        } catch (NamingException | LinkageError e) {
            throw new ProviderException(
                    "no connection factory '"
                            + name
                            + "' (key "
                            + SettingKey.CONNECTION_FACTORY.inFile()
                            + "): "
                            + e,
                    e);
        }
    }

    /** With the user's credentials everywhere, if nobody is let in without. */
    private static ConnectionFactory admitted(ConnectionFactory factory, Properties properties)
            throws ProviderException {
        String user = properties.getProperty(SettingKey.USER.inFile());
        if (user == null) {
            return factory;
        }
        try {
            factory.createConnection().close();
            return factory;
        } catch (JMSSecurityException e) {
            String password = properties.getProperty(SettingKey.PASSWORD.inFile(), "");
            return NamedConnections.by(factory, user, password);
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
        return NamedConnections.is(factory);
    }

    @Override
    public ConnectionFactory connectionFactory() {
        return factory;
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
