// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;

import java.io.Serializable;

/** A provider's factory: gives the connection it was made with, or throws what it is told to. */
class FakeFactory implements ConnectionFactory, VendorThing, NotPublic, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Connection connection;
    private final String name;
    transient Throwable thrown;

    FakeFactory(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    @Override
    public String special() {
        return "special " + name;
    }

    @Override
    public Connection createConnection() throws JMSException {
        if (thrown instanceof JMSException checked) {
            throw checked;
        }
        if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return connection;
    }

    @Override
    public Connection createConnection(String user, String password) throws JMSException {
        return createConnection();
    }

    @Override
    public JMSContext createContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public JMSContext createContext(int mode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public JMSContext createContext(String user, String password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public JMSContext createContext(String user, String password, int mode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FakeFactory factory && factory.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "FakeFactory " + name;
    }
}
