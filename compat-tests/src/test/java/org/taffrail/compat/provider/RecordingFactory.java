// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.provider;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;

import java.util.ArrayList;
import java.util.List;

/** Notes with which credentials it is asked, and asks another factory without any. */
final class RecordingFactory implements ConnectionFactory {
    final List<String> seen = new ArrayList<>();
    private final ConnectionFactory factory;

    RecordingFactory(ConnectionFactory factory) {
        this.factory = factory;
    }

    @Override
    public Connection createConnection() throws JMSException {
        seen.add("nobody");
        return factory.createConnection();
    }

    @Override
    public Connection createConnection(String user, String password) throws JMSException {
        seen.add(user + "/" + password);
        return factory.createConnection();
    }

    @Override
    public JMSContext createContext() {
        seen.add("nobody");
        return factory.createContext();
    }

    @Override
    public JMSContext createContext(String user, String password) {
        seen.add(user + "/" + password);
        return factory.createContext();
    }

    @Override
    public JMSContext createContext(String user, String password, int mode) {
        seen.add(user + "/" + password + "/" + mode);
        return factory.createContext(mode);
    }

    @Override
    public JMSContext createContext(int mode) {
        seen.add("nobody/" + mode);
        return factory.createContext(mode);
    }
}
