// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.StreamMessage;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection and a session of it, as the simplified API has them together. Contexts that one has
 * made share its connection, which is closed with the last of them.
 */
final class ContextHandle implements JMSContext {
    private final ConnectionHandle connection;
    private final SessionHandle session;
    private final AtomicInteger sharing;
    private boolean autoStart = true;
    private boolean closed;

    private ContextHandle(
            ConnectionHandle connection, SessionHandle session, AtomicInteger sharing) {
        this.connection = connection;
        this.session = session;
        this.sharing = sharing;
    }

    /** Makes the first of a connection. */
    static ContextHandle open(ConnectionHandle connection, int sessionMode) {
        return new ContextHandle(
                connection,
                Unchecked.get(() -> connection.session(sessionMode)),
                new AtomicInteger(1));
    }

    @Override
    public JMSContext createContext(int sessionMode) {
        ContextHandle made =
                new ContextHandle(
                        connection, Unchecked.get(() -> connection.session(sessionMode)), sharing);
        sharing.incrementAndGet();
        return made;
    }

    @Override
    public JMSProducer createProducer() {
        return new ContextProducer(
                session, (ProducerHandle) Unchecked.get(() -> session.createProducer(null)));
    }

    private JMSConsumer consumer(Unchecked.Call<MessageConsumer> maker) {
        return new ContextConsumer(
                Unchecked.get(
                        () -> {
                            MessageConsumer made = maker.call();
                            if (autoStart) {
                                connection.start();
                            }
                            return made;
                        }));
    }

    // ---- life

    @Override
    public void start() {
        Unchecked.run(connection::start);
    }

    @Override
    public void setAutoStart(boolean newAutoStart) {
        autoStart = newAutoStart;
    }

    @Override
    public boolean getAutoStart() {
        return autoStart;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Unchecked.run(
                () -> {
                    if (sharing.decrementAndGet() == 0) {
                        connection.close();
                    } else {
                        session.close();
                    }
                });
    }

    @Override
    public String getClientID() {
        return Unchecked.get(connection::getClientID);
    }

    @Override
    public ConnectionMetaData getMetaData() {
        return Unchecked.get(session::connectionMetaData);
    }

    // ---- transactions and acknowledgement

    @Override
    public int getSessionMode() {
        return Unchecked.get(session::getAcknowledgeMode);
    }

    @Override
    public boolean getTransacted() {
        return Unchecked.get(session::getTransacted);
    }

    @Override
    public void commit() {
        Unchecked.run(session::commit);
    }

    @Override
    public void rollback() {
        Unchecked.run(session::rollback);
    }

    @Override
    public void recover() {
        Unchecked.run(session::recover);
    }

    @Override
    public void acknowledge() {
        throw Refusals.notInAServerUnchecked("acknowledge");
    }

    // ---- what is not for applications in a server

    @Override
    public void setClientID(String clientID) {
        throw Refusals.notInAServerUnchecked("setClientID");
    }

    @Override
    public ExceptionListener getExceptionListener() {
        throw Refusals.notInAServerUnchecked("getExceptionListener");
    }

    @Override
    public void setExceptionListener(ExceptionListener listener) {
        throw Refusals.notInAServerUnchecked("setExceptionListener");
    }

    @Override
    public void stop() {
        throw Refusals.notInAServerUnchecked("stop");
    }

    // ---- messages and destinations

    @Override
    public BytesMessage createBytesMessage() {
        return Unchecked.get(() -> session.createBytesMessage());
    }

    @Override
    public MapMessage createMapMessage() {
        return Unchecked.get(() -> session.createMapMessage());
    }

    @Override
    public Message createMessage() {
        return Unchecked.get(() -> session.createMessage());
    }

    @Override
    public ObjectMessage createObjectMessage() {
        return Unchecked.get(() -> session.createObjectMessage());
    }

    @Override
    public ObjectMessage createObjectMessage(Serializable object) {
        return Unchecked.get(() -> session.createObjectMessage(object));
    }

    @Override
    public StreamMessage createStreamMessage() {
        return Unchecked.get(() -> session.createStreamMessage());
    }

    @Override
    public TextMessage createTextMessage() {
        return Unchecked.get(() -> session.createTextMessage());
    }

    @Override
    public TextMessage createTextMessage(String text) {
        return Unchecked.get(() -> session.createTextMessage(text));
    }

    @Override
    public Queue createQueue(String name) {
        return Unchecked.get(() -> session.createQueue(name));
    }

    @Override
    public Topic createTopic(String name) {
        return Unchecked.get(() -> session.createTopic(name));
    }

    @Override
    public TemporaryQueue createTemporaryQueue() {
        return Unchecked.get(() -> session.createTemporaryQueue());
    }

    @Override
    public TemporaryTopic createTemporaryTopic() {
        return Unchecked.get(() -> session.createTemporaryTopic());
    }

    @Override
    public QueueBrowser createBrowser(Queue queue) {
        return Unchecked.get(() -> session.createBrowser(queue));
    }

    @Override
    public QueueBrowser createBrowser(Queue queue, String selector) {
        return Unchecked.get(() -> session.createBrowser(queue, selector));
    }

    @Override
    public void unsubscribe(String name) {
        Unchecked.run(() -> session.unsubscribe(name));
    }

    // ---- consumers

    @Override
    public JMSConsumer createConsumer(Destination destination) {
        return consumer(() -> session.createConsumer(destination));
    }

    @Override
    public JMSConsumer createConsumer(Destination destination, String selector) {
        return consumer(() -> session.createConsumer(destination, selector));
    }

    @Override
    public JMSConsumer createConsumer(Destination destination, String selector, boolean noLocal) {
        return consumer(() -> session.createConsumer(destination, selector, noLocal));
    }

    @Override
    public JMSConsumer createDurableConsumer(Topic topic, String name) {
        return consumer(() -> session.createDurableConsumer(topic, name));
    }

    @Override
    public JMSConsumer createDurableConsumer(
            Topic topic, String name, String selector, boolean noLocal) {
        return consumer(() -> session.createDurableConsumer(topic, name, selector, noLocal));
    }

    @Override
    public JMSConsumer createSharedDurableConsumer(Topic topic, String name) {
        return consumer(() -> session.createSharedDurableConsumer(topic, name));
    }

    @Override
    public JMSConsumer createSharedDurableConsumer(Topic topic, String name, String selector) {
        return consumer(() -> session.createSharedDurableConsumer(topic, name, selector));
    }

    @Override
    public JMSConsumer createSharedConsumer(Topic topic, String name) {
        return consumer(() -> session.createSharedConsumer(topic, name));
    }

    @Override
    public JMSConsumer createSharedConsumer(Topic topic, String name, String selector) {
        return consumer(() -> session.createSharedConsumer(topic, name, selector));
    }
}
