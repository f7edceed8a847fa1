// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.provider;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;

import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * One of the two providers: where its connections come from. A Taffrail broker is named by its URL,
 * any other by a {@code jndi.properties} as an application has it. Thread-safe.
 */
public final class Side {
    /** The key of the JNDI name of the connection factory in a file. */
    public static final String FACTORY_KEY = "migrate.connectionFactory";

    /** The key of the user in a file. */
    public static final String USER_KEY = "migrate.user";

    /** The key of the password in a file. */
    public static final String PASSWORD_KEY = "migrate.password";

    private static final String FACTORY_NAME = "ConnectionFactory";

    private final String name;
    private final ConnectionFactory factory;
    private final String user;
    private final String password;
    private final boolean imports;

    private Side(
            String name, ConnectionFactory factory, String user, String password, boolean imports) {
        this.name = name;
        this.factory = factory;
        this.user = user;
        this.password = password;
        this.imports = imports;
    }

    /**
     * Opens what was typed.
     *
     * @param given the URL of a Taffrail broker, or the path of a {@code jndi.properties}
     * @param user who connects; null: what the file says, or nobody
     * @param password the user's; null: what the file says
     * @param imports whether messages sent there are to keep id, time and user, where the provider
     *     is Taffrail
     * @return the side, without having connected
     * @throws SideException if it can't be read, or there is no such connection factory
     */
    public static Side open(String given, String user, String password, boolean imports)
            throws SideException {
        return given.contains("taffrail:")
                ? ofUrl(given, user, password, imports)
                : ofFile(Path.of(given), user, password, imports);
    }

    /**
     * Makes a side of a connection factory that is set up already.
     *
     * @param name what it is called in reports
     * @param factory where connections come from
     * @param imports whether what it sends keeps id, time and user: {@code jms.importMessages} is
     *     set
     * @return the side
     */
    public static Side of(String name, ConnectionFactory factory, boolean imports) {
        return new Side(name, factory, null, null, imports);
    }

    private static Side ofUrl(String url, String user, String password, boolean imports)
            throws SideException {
        TaffrailConnectionFactory factory;
        try {
            factory = new TaffrailConnectionFactory(url);
        } catch (IllegalArgumentException e) {
            throw new SideException(url + ": " + e.getMessage(), e);
        }
        return new Side(withoutOptions(url), prepared(factory, imports), user, password, imports);
    }

    private static Side ofFile(Path file, String user, String password, boolean imports)
            throws SideException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new SideException(
                    "cannot read " + file + ", which would be a jndi.properties: " + e, e);
        }
        ConnectionFactory factory =
                lookUp(file, properties, properties.getProperty(FACTORY_KEY, FACTORY_NAME));
        return new Side(
                file.getFileName().toString(),
                prepared(factory, imports),
                user == null ? properties.getProperty(USER_KEY) : user,
                password == null ? properties.getProperty(PASSWORD_KEY) : password,
                imports && factory instanceof TaffrailConnectionFactory);
    }

    private static ConnectionFactory lookUp(Path file, Properties properties, String name)
            throws SideException {
        Object found;
        try {
            found = new InitialContext(properties).lookup(name);
        } catch (NamingException | LinkageError e) {
            throw new SideException(
                    file
                            + ": no connection factory '"
                            + name
                            + "' ("
                            + FACTORY_KEY
                            + " names another; the provider's jars come from TAFFRAIL_CLASSPATH): "
                            + e,
                    e);
        }
        if (found instanceof ConnectionFactory factory) {
            return factory;
        }
        throw new SideException(
                file + ": '" + name + "' is no " + ConnectionFactory.class.getName() + ": " + found,
                null);
    }

    private static ConnectionFactory prepared(ConnectionFactory factory, boolean imports) {
        if (imports && factory instanceof TaffrailConnectionFactory taffrail) {
            taffrail.setImportMessages(true);
        }
        return factory;
    }

    private static String withoutOptions(String url) {
        int mark = url.indexOf('?');
        return mark < 0 ? url : url.substring(0, mark);
    }

    /**
     * Connects; the connection is not started.
     *
     * @param clientId the client id, or null
     * @return a new connection
     * @throws JMSException if the provider is not there, or refuses
     */
    public Connection connect(String clientId) throws JMSException {
        Connection connection =
                user == null
                        ? factory.createConnection()
                        : factory.createConnection(user, password == null ? "" : password);
        if (clientId != null) {
            try {
                connection.setClientID(clientId);
            } catch (JMSException e) {
                connection.close();
                throw e;
            }
        }
        return connection;
    }

    /**
     * Tells whether messages sent to it keep id, time and user.
     *
     * @return true for a Taffrail broker, unless that was switched off
     */
    public boolean imports() {
        return imports;
    }

    /** Returns what it is called in reports: no secret is in it. */
    @Override
    public String toString() {
        return name;
    }
}
