// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.StreamMessage;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import java.io.Serializable;

/**
 * A connection and a session in one: the simplified API. Contexts that are made from one another
 * share a connection, which ends with the last of them. The session is made when it is first
 * needed, so that the client id can be set before.
 */
class TaffrailJMSContext implements JMSContext, ObservableConnection {
    private final SharedConnection shared;
    private final TaffrailConnection connection;
    private final SessionMode mode;
    private TaffrailSession session;
    private volatile boolean autoStart = true;
    private volatile boolean closed;

    /** A connection and how many contexts use it. */
    private static final class SharedConnection {
        private final ConnectionCore core;
        private int contexts;

        private SharedConnection(ConnectionCore core) {
            this.core = core;
        }

        private synchronized void use() {
            contexts++;
        }

        private void leave() throws JMSException {
            synchronized (this) {
                contexts--;
                if (contexts > 0) {
                    return;
                }
            }
            core.close();
        }
    }

    /** Makes the first context of a connection. */
    TaffrailJMSContext(ConnectionCore core, SessionMode mode) {
        this(new SharedConnection(core), mode);
    }

    private TaffrailJMSContext(SharedConnection shared, SessionMode mode) {
        this.shared = shared;
        this.connection = new TaffrailConnection(shared.core);
        this.mode = mode;
        shared.use();
    }

    private void checkOpen() throws JMSException {
        if (closed) {
            throw new IllegalStateException("the context is closed");
        }
    }

    private TaffrailConnection connection() throws JMSException {
        checkOpen();
        return connection;
    }

    /** Returns the context's session, which is made at the first call. */
    final synchronized TaffrailSession session() throws JMSException {
        checkOpen();
        if (session == null) {
            session = makeSession(shared.core.createSession(mode));
        }
        return session;
    }

    /** Shows a session of this context's mode. */
    TaffrailSession makeSession(SessionCore core) {
        return new TaffrailSession(core);
    }

    private synchronized TaffrailSession sessionIfMade() {
        return session;
    }

    @Override
    public JMSContext createContext(int sessionMode) {
        return Unchecked.get(
                () -> {
                    checkOpen();
                    shared.core.touch();
                    return new TaffrailJMSContext(shared, SessionMode.of(sessionMode));
                });
    }

    @Override
    public JMSProducer createProducer() {
        return Unchecked.get(() -> new TaffrailJMSProducer(session()));
    }

    // ---- the connection

    @Override
    public void addStateListener(ConnectionStateListener listener) {
        shared.core.states().add(listener);
    }

    @Override
    public void removeStateListener(ConnectionStateListener listener) {
        shared.core.states().remove(listener);
    }

    @Override
    public String getClientID() {
        return Unchecked.get(() -> connection().getClientID());
    }

    @Override
    public void setClientID(String clientID) {
        Unchecked.run(() -> connection().setClientID(clientID));
    }

    @Override
    public ConnectionMetaData getMetaData() {
        return Unchecked.get(() -> connection().getMetaData());
    }

    @Override
    public ExceptionListener getExceptionListener() {
        return Unchecked.get(() -> connection().getExceptionListener());
    }

    @Override
    public void setExceptionListener(ExceptionListener listener) {
        Unchecked.run(() -> connection().setExceptionListener(listener));
    }

    @Override
    public void start() {
        Unchecked.run(() -> connection().start());
    }

    @Override
    public void stop() {
        Unchecked.run(() -> connection().stop());
    }

    @Override
    public void setAutoStart(boolean newAutoStart) {
        Unchecked.run(this::checkOpen);
        autoStart = newAutoStart;
    }

    @Override
    public boolean getAutoStart() {
        Unchecked.run(this::checkOpen);
        return autoStart;
    }

    @Override
    public void close() {
        Unchecked.run(
                () -> {
                    TaffrailSession own = sessionIfMade();
                    if (own != null) {
                        own.close();
                    }
                    synchronized (this) {
                        if (closed) {
                            return;
                        }
                        closed = true;
                    }
                    shared.leave();
                });
    }

    // ---- messages

    @Override
    public BytesMessage createBytesMessage() {
        return Unchecked.get(() -> session().createBytesMessage());
    }

    @Override
    public MapMessage createMapMessage() {
        return Unchecked.get(() -> session().createMapMessage());
    }

    @Override
    public Message createMessage() {
        return Unchecked.get(() -> session().createMessage());
    }

    @Override
    public ObjectMessage createObjectMessage() {
        return Unchecked.get(() -> session().createObjectMessage());
    }

    @Override
    public ObjectMessage createObjectMessage(Serializable object) {
        return Unchecked.get(() -> session().createObjectMessage(object));
    }

    @Override
    public StreamMessage createStreamMessage() {
        return Unchecked.get(() -> session().createStreamMessage());
    }

    @Override
    public TextMessage createTextMessage() {
        return Unchecked.get(() -> session().createTextMessage());
    }

    @Override
    public TextMessage createTextMessage(String text) {
        return Unchecked.get(() -> session().createTextMessage(text));
    }

    // ---- acknowledgement and transactions

    @Override
    public boolean getTransacted() {
        Unchecked.run(this::checkOpen);
        return mode.isTransacted();
    }

    @Override
    public int getSessionMode() {
        Unchecked.run(this::checkOpen);
        return mode.number();
    }

    @Override
    public void commit() {
        Unchecked.run(() -> session().commit());
    }

    @Override
    public void rollback() {
        Unchecked.run(() -> session().rollback());
    }

    @Override
    public void recover() {
        Unchecked.run(() -> session().recover());
    }

    @Override
    public void acknowledge() {
        Unchecked.run(() -> session().open().acknowledge());
    }

    // ---- consumers

    @FunctionalInterface
    private interface Making {
        ConsumerCore make(Subscriptions subscriptions) throws JMSException;
    }

    private JMSConsumer consumer(Making making) {
        return Unchecked.get(
                () -> {
                    ConsumerCore core = making.make(session().subscriptions());
                    if (autoStart) {
                        shared.core.start();
                    }
                    return new TaffrailJMSConsumer(core);
                });
    }

    @Override
    public JMSConsumer createConsumer(Destination destination) {
        return createConsumer(destination, null, false);
    }

    @Override
    public JMSConsumer createConsumer(Destination destination, String messageSelector) {
        return createConsumer(destination, messageSelector, false);
    }

    @Override
    public JMSConsumer createConsumer(
            Destination destination, String messageSelector, boolean noLocal) {
        return consumer(made -> made.consumer(destination, messageSelector, noLocal));
    }

    @Override
    public JMSConsumer createDurableConsumer(Topic topic, String name) {
        return createDurableConsumer(topic, name, null, false);
    }

    @Override
    public JMSConsumer createDurableConsumer(
            Topic topic, String name, String messageSelector, boolean noLocal) {
        return consumer(made -> made.durable(topic, name, messageSelector, noLocal));
    }

    @Override
    public JMSConsumer createSharedDurableConsumer(Topic topic, String name) {
        return createSharedDurableConsumer(topic, name, null);
    }

    @Override
    public JMSConsumer createSharedDurableConsumer(
            Topic topic, String name, String messageSelector) {
        return consumer(made -> made.sharedDurable(topic, name, messageSelector));
    }

    @Override
    public JMSConsumer createSharedConsumer(Topic topic, String sharedSubscriptionName) {
        return createSharedConsumer(topic, sharedSubscriptionName, null);
    }

    @Override
    public JMSConsumer createSharedConsumer(
            Topic topic, String sharedSubscriptionName, String messageSelector) {
        return consumer(made -> made.shared(topic, sharedSubscriptionName, messageSelector));
    }

    @Override
    public void unsubscribe(String name) {
        Unchecked.run(() -> session().unsubscribe(name));
    }

    @Override
    public QueueBrowser createBrowser(Queue queue) {
        return createBrowser(queue, null);
    }

    @Override
    public QueueBrowser createBrowser(Queue queue, String messageSelector) {
        return Unchecked.get(() -> session().createBrowser(queue, messageSelector));
    }

    // ---- destinations

    @Override
    public Queue createQueue(String queueName) {
        return Unchecked.get(() -> session().createQueue(queueName));
    }

    @Override
    public Topic createTopic(String topicName) {
        return Unchecked.get(() -> session().createTopic(topicName));
    }

    @Override
    public TemporaryQueue createTemporaryQueue() {
        return Unchecked.get(() -> session().createTemporaryQueue());
    }

    @Override
    public TemporaryTopic createTemporaryTopic() {
        return Unchecked.get(() -> session().createTemporaryTopic());
    }
}
