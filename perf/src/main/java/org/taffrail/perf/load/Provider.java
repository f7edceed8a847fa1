// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import jakarta.jms.XAConnectionFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;

/**
 * A Jakarta Messaging provider as an application sees it: a {@code jndi.properties} file and the
 * names in it. This is the only door to it, so that a run can't favour one.
 *
 * <p>If the file has {@code java.naming.security.principal} and {@code .credentials}, connections
 * are opened with them. The names are looked up by one thread at a time.
 */
public final class Provider {
    /** What some providers put before the name of the factory for global transactions. */
    private static final String XA = "XA";

    private final Context context;
    private final String factoryName;
    private final ConnectionFactory connectionFactory;
    private final String user;
    private final String password;

    private Provider(
            Context context,
            String factoryName,
            ConnectionFactory factory,
            Properties environment) {
        this.context = context;
        this.factoryName = factoryName;
        this.connectionFactory = factory;
        this.user = environment.getProperty(Context.SECURITY_PRINCIPAL);
        this.password = environment.getProperty(Context.SECURITY_CREDENTIALS);
    }

    /**
     * Opens the JNDI context and looks up the connection factory.
     *
     * @param jndi the properties file
     * @param factoryName the name of the connection factory in it
     * @return the provider
     * @throws RunFailedException if the file can't be read or the name is not there
     */
    public static Provider open(Path jndi, String factoryName) throws RunFailedException {
        Properties environment = new Properties();
        try (InputStream in = Files.newInputStream(jndi)) {
            environment.load(in);
        } catch (IOException e) {
            throw new RunFailedException("Cannot read " + jndi + ": " + e, e);
        }
        try {
            Context context = new InitialContext(environment);
            Object found = context.lookup(factoryName);
            if (found instanceof ConnectionFactory factory) {
                return new Provider(context, factoryName, factory, environment);
            }
            throw new RunFailedException(
                    "'" + factoryName + "' in " + jndi + " is no ConnectionFactory but " + found);
        } catch (NamingException e) {
            throw new RunFailedException(
                    "Cannot look up '" + factoryName + "' by " + jndi + ": " + e, e);
        }
    }

    /**
     * Opens a connection, not started; a failure that the provider reports to it ends the run.
     *
     * @param failure where to report
     * @return the connection
     * @throws JMSException if the provider refuses
     */
    public Connection connect(RunFailure failure) throws JMSException {
        return connect(failure, null);
    }

    /**
     * Opens a connection with a client id; as {@link #connect(RunFailure)} in all else.
     *
     * @param failure where to report
     * @param clientId the client id, null for none
     * @return the connection
     * @throws JMSException if the provider refuses
     */
    public Connection connect(RunFailure failure, String clientId) throws JMSException {
        Connection connection =
                user == null
                        ? connectionFactory.createConnection()
                        : connectionFactory.createConnection(user, password);
        if (clientId != null) {
            connection.setClientID(clientId); // before anything else is done with it
        }
        connection.setExceptionListener(failure::report);
        return connection;
    }

    /**
     * Opens a connection for global transactions; as {@link #connect(RunFailure)} in all else.
     * Where the factory has none, the one whose name has "XA" before is looked up.
     *
     * @param failure where to report
     * @return the connection
     * @throws JMSException if the provider refuses, or has none
     */
    public XAConnection connectXa(RunFailure failure) throws JMSException {
        XAConnectionFactory factory = xaFactory();
        XAConnection connection =
                user == null
                        ? factory.createXAConnection()
                        : factory.createXAConnection(user, password);
        connection.setExceptionListener(failure::report);
        return connection;
    }

    private XAConnectionFactory xaFactory() throws JMSException {
        if (connectionFactory instanceof XAConnectionFactory factory) {
            return factory;
        }
        try {
            synchronized (context) {
                if (context.lookup(XA + factoryName) instanceof XAConnectionFactory factory) {
                    return factory;
                }
            }
        } catch (NameNotFoundException e) {
            // there is one factory for all
        } catch (NamingException e) {
            throw failed("Looking up the factory for global transactions", e);
        }
        throw new JMSException(connectionFactory + " is no XAConnectionFactory");
    }

    private static JMSException failed(String doing, NamingException cause) {
        JMSException failed = new JMSException(doing + " failed: " + cause);
        failed.setLinkedException(cause);
        return failed;
    }

    /**
     * Finds a destination: by JNDI, and if that does not know the name, by the session.
     *
     * @param session the session to ask
     * @param destination its name and kind
     * @return the destination
     * @throws JMSException if there is none
     */
    public Destination find(Session session, DestinationName destination) throws JMSException {
        try {
            synchronized (context) {
                if (context.lookup(destination.name()) instanceof Destination found) {
                    return found;
                }
            }
        } catch (NameNotFoundException e) {
            // not administered: the physical name, as createQueue takes it
        } catch (NamingException e) {
            throw failed("Looking up " + destination, e);
        }
        return destination.topic()
                ? session.createTopic(destination.name())
                : session.createQueue(destination.name());
    }

    /**
     * What the provider calls itself.
     *
     * @return name and version
     * @throws RunFailedException if no connection can be opened
     */
    public String describe() throws RunFailedException {
        try (Connection connection = connect(new RunFailure())) {
            ConnectionMetaData metaData = connection.getMetaData();
            return metaData.getJMSProviderName() + " " + metaData.getProviderVersion();
        } catch (JMSException e) {
            throw new RunFailedException("Cannot ask the provider for its name: " + e, e);
        }
    }
}
