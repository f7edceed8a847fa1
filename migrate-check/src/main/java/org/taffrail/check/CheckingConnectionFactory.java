// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;

import java.nio.file.Path;

/**
 * A connection factory that records, as a bean: for configurations that construct classes. It has
 * the interface of a plain connection factory only; {@link Check#wrap(Object)} keeps those of the
 * provider's, for queues, topics and global transactions too. Thread-safe where the other is.
 */
public final class CheckingConnectionFactory implements ConnectionFactory {
    private final ConnectionFactory factory;

    /**
     * Wraps a connection factory.
     *
     * @param factory the provider's
     * @param folder where the file goes; made when it is missing
     */
    public CheckingConnectionFactory(ConnectionFactory factory, Path folder) {
        this.factory = Check.wrap(factory, folder);
    }

    /**
     * Wraps a connection factory; the file goes where {@link Check} says.
     *
     * @param factory the provider's
     */
    public CheckingConnectionFactory(ConnectionFactory factory) {
        this.factory = Check.wrap(factory);
    }

    @Override
    public Connection createConnection() throws JMSException {
        return factory.createConnection();
    }

    @Override
    public Connection createConnection(String user, String password) throws JMSException {
        return factory.createConnection(user, password);
    }

    @Override
    public JMSContext createContext() {
        return factory.createContext();
    }

    @Override
    public JMSContext createContext(int sessionMode) {
        return factory.createContext(sessionMode);
    }

    @Override
    public JMSContext createContext(String user, String password) {
        return factory.createContext(user, password);
    }

    @Override
    public JMSContext createContext(String user, String password, int sessionMode) {
        return factory.createContext(user, password, sessionMode);
    }
}
