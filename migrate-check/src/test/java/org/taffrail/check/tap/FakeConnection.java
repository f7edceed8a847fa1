// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionConsumer;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import java.util.ArrayList;
import java.util.List;

/**
 * A connection that takes no client id after any other call, as several providers do, and gives
 * sessions of a real one.
 */
class FakeConnection implements Connection {
    private final Connection real;
    private final List<String> calls = new ArrayList<>();
    private ServerSessionPool pool;

    FakeConnection(Connection real) {
        this.real = real;
    }

    List<String> calls() {
        return calls;
    }

    ServerSessionPool pool() {
        return pool;
    }

    @Override
    public Session createSession(boolean transacted, int mode) throws JMSException {
        calls.add("createSession");
        return real.createSession(transacted, mode);
    }

    @Override
    public Session createSession(int mode) throws JMSException {
        calls.add("createSession");
        return real.createSession(mode);
    }

    @Override
    public Session createSession() throws JMSException {
        calls.add("createSession");
        return real.createSession();
    }

    @Override
    public String getClientID() throws JMSException {
        calls.add("getClientID");
        return real.getClientID();
    }

    @Override
    public void setClientID(String clientId) throws JMSException {
        if (!calls.isEmpty()) {
            throw new IllegalStateException("too late, after " + calls);
        }
        calls.add("setClientID");
    }

    @Override
    public ConnectionMetaData getMetaData() throws JMSException {
        calls.add("getMetaData");
        return real.getMetaData();
    }

    @Override
    public ExceptionListener getExceptionListener() throws JMSException {
        return real.getExceptionListener();
    }

    @Override
    public void setExceptionListener(ExceptionListener listener) throws JMSException {
        real.setExceptionListener(listener);
    }

    @Override
    public void start() throws JMSException {
        real.start();
    }

    @Override
    public void stop() throws JMSException {
        real.stop();
    }

    @Override
    public void close() throws JMSException {
        calls.add("close");
        real.close();
    }

    @Override
    public ConnectionConsumer createConnectionConsumer(
            Destination destination, String selector, ServerSessionPool sessions, int max) {
        pool = sessions;
        return null;
    }

    @Override
    public ConnectionConsumer createSharedConnectionConsumer(
            Topic topic, String name, String selector, ServerSessionPool sessions, int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConnectionConsumer createDurableConnectionConsumer(
            Topic topic, String name, String selector, ServerSessionPool sessions, int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConnectionConsumer createSharedDurableConnectionConsumer(
            Topic topic, String name, String selector, ServerSessionPool sessions, int max) {
        throw new UnsupportedOperationException();
    }
}
