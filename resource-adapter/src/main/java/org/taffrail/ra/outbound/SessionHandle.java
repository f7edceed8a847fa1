// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.QueueReceiver;
import jakarta.jms.QueueSender;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TopicPublisher;
import jakarta.jms.TopicSession;
import jakarta.jms.TopicSubscriber;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A session as an application in a server has it, and the handle of a connection in the server's
 * pool. Its producers and consumers are handles as well: they follow it from one physical session
 * to another, when a transaction begins or ends.
 */
final class SessionHandle implements QueueSession, TopicSession {
    private final Set<ChildHandle> children = new LinkedHashSet<>();

    /** Null when this is closed, or the server has taken the connection back. */
    private volatile JmsManagedConnection managed;

    private ConnectionHandle owner;
    private int mode = Session.AUTO_ACKNOWLEDGE;

    /** Something that the application makes in a session, and closes or forgets to. */
    interface ChildHandle {
        void close() throws JMSException;

        /** Leaves the physical session, to be made anew in another one. */
        void leave() throws JMSException;
    }

    // ---- between connection and pool

    /** Belongs to an application's connection from now on. */
    void open(ConnectionHandle newOwner, int newMode) {
        owner = newOwner;
        mode = newMode;
    }

    void use(JmsManagedConnection newManaged) {
        managed = newManaged;
    }

    /** Leaves its connection of the pool, to be given another one. */
    void leave() {
        JmsManagedConnection left = managed;
        if (left != null) {
            children().forEach(SessionHandle::leaveQuietly);
            left.remove(this);
        }
    }

    private static void leaveQuietly(ChildHandle child) {
        try {
            child.leave();
        } catch (JMSException e) {
            // of a connection that may be lost: what it held goes back with it
            return;
        }
    }

    /** The server has taken the connection back. */
    void invalidate() {
        children().forEach(SessionHandle::leaveQuietly);
        managed = null;
        if (owner != null) {
            owner.remove(this);
        }
    }

    private JmsManagedConnection managed() throws JMSException {
        JmsManagedConnection found = managed;
        if (found == null) {
            throw Refusals.closed("session");
        }
        return found;
    }

    /** Returns the physical session that the transaction of the moment wants. */
    Session current() throws JMSException {
        return managed().session(mode);
    }

    void start() throws JMSException {
        managed().start();
    }

    ConnectionMetaData connectionMetaData() throws JMSException {
        return managed().connection().getMetaData();
    }

    private synchronized List<ChildHandle> children() {
        return List.copyOf(children);
    }

    private synchronized <T extends ChildHandle> T add(T child) {
        children.add(child);
        return child;
    }

    synchronized void remove(ChildHandle child) {
        children.remove(child);
    }

    void closeChildren() throws JMSException {
        for (ChildHandle child : children()) {
            child.close();
        }
    }

    @Override
    public void close() throws JMSException {
        JmsManagedConnection closing = managed;
        if (closing == null) {
            return;
        }
        try {
            closeChildren();
        } finally {
            managed = null;
            if (owner != null) {
                owner.remove(this);
            }
            closing.closed(this);
        }
    }

    // ---- messages

    @Override
    public BytesMessage createBytesMessage() throws JMSException {
        return current().createBytesMessage();
    }

    @Override
    public MapMessage createMapMessage() throws JMSException {
        return current().createMapMessage();
    }

    @Override
    public Message createMessage() throws JMSException {
        return current().createMessage();
    }

    @Override
    public ObjectMessage createObjectMessage() throws JMSException {
        return current().createObjectMessage();
    }

    @Override
    public ObjectMessage createObjectMessage(Serializable object) throws JMSException {
        return current().createObjectMessage(object);
    }

    @Override
    public StreamMessage createStreamMessage() throws JMSException {
        return current().createStreamMessage();
    }

    @Override
    public TextMessage createTextMessage() throws JMSException {
        return current().createTextMessage();
    }

    @Override
    public TextMessage createTextMessage(String text) throws JMSException {
        return current().createTextMessage(text);
    }

    // ---- transactions and acknowledgement

    @Override
    public boolean getTransacted() throws JMSException {
        return current().getTransacted();
    }

    @Override
    public int getAcknowledgeMode() throws JMSException {
        return current().getAcknowledgeMode();
    }

    /** In a server its transactions are the server's to end. */
    private Session ended(String call) throws JMSException {
        managed();
        if (owner.isManaged()) {
            throw Refusals.notInAServer(call);
        }
        return current();
    }

    @Override
    public void commit() throws JMSException {
        ended("commit").commit();
    }

    @Override
    public void rollback() throws JMSException {
        ended("rollback").rollback();
    }

    @Override
    public void recover() throws JMSException {
        ended("recover").recover();
    }

    // ---- producers

    @Override
    public MessageProducer createProducer(Destination destination) throws JMSException {
        return producer(destination);
    }

    @Override
    public QueueSender createSender(Queue queue) throws JMSException {
        return producer(queue);
    }

    @Override
    public TopicPublisher createPublisher(Topic topic) throws JMSException {
        return producer(topic);
    }

    private ProducerHandle producer(Destination destination) throws JMSException {
        return add(new ProducerHandle(this, destination));
    }

    // ---- consumers

    private ConsumerHandle consumer(ConsumerHandle.Maker maker) throws JMSException {
        return add(new ConsumerHandle(this, maker));
    }

    private ConsumerHandle ofTopic(String call, ConsumerHandle.Maker maker) throws JMSException {
        owner.domain().requireTopics(call);
        return consumer(maker);
    }

    @Override
    public MessageConsumer createConsumer(Destination destination) throws JMSException {
        return consumer(session -> session.createConsumer(destination));
    }

    @Override
    public MessageConsumer createConsumer(Destination destination, String selector)
            throws JMSException {
        return consumer(session -> session.createConsumer(destination, selector));
    }

    @Override
    public MessageConsumer createConsumer(Destination destination, String selector, boolean noLocal)
            throws JMSException {
        return consumer(session -> session.createConsumer(destination, selector, noLocal));
    }

    @Override
    public QueueReceiver createReceiver(Queue queue) throws JMSException {
        return createReceiver(queue, null);
    }

    @Override
    public QueueReceiver createReceiver(Queue queue, String selector) throws JMSException {
        owner.domain().requireQueues("createReceiver");
        return consumer(session -> session.createConsumer(queue, selector));
    }

    @Override
    public TopicSubscriber createSubscriber(Topic topic) throws JMSException {
        return createSubscriber(topic, null, false);
    }

    @Override
    public TopicSubscriber createSubscriber(Topic topic, String selector, boolean noLocal)
            throws JMSException {
        return ofTopic(
                "createSubscriber", session -> session.createConsumer(topic, selector, noLocal));
    }

    @Override
    public MessageConsumer createSharedConsumer(Topic topic, String name) throws JMSException {
        return createSharedConsumer(topic, name, null);
    }

    @Override
    public MessageConsumer createSharedConsumer(Topic topic, String name, String selector)
            throws JMSException {
        return ofTopic(
                "createSharedConsumer",
                session -> session.createSharedConsumer(topic, name, selector));
    }

    @Override
    public TopicSubscriber createDurableSubscriber(Topic topic, String name) throws JMSException {
        return createDurableSubscriber(topic, name, null, false);
    }

    @Override
    public TopicSubscriber createDurableSubscriber(
            Topic topic, String name, String selector, boolean noLocal) throws JMSException {
        return ofTopic(
                "createDurableSubscriber",
                session -> session.createDurableSubscriber(topic, name, selector, noLocal));
    }

    @Override
    public MessageConsumer createDurableConsumer(Topic topic, String name) throws JMSException {
        return createDurableSubscriber(topic, name, null, false);
    }

    @Override
    public MessageConsumer createDurableConsumer(
            Topic topic, String name, String selector, boolean noLocal) throws JMSException {
        return createDurableSubscriber(topic, name, selector, noLocal);
    }

    @Override
    public MessageConsumer createSharedDurableConsumer(Topic topic, String name)
            throws JMSException {
        return createSharedDurableConsumer(topic, name, null);
    }

    @Override
    public MessageConsumer createSharedDurableConsumer(Topic topic, String name, String selector)
            throws JMSException {
        return ofTopic(
                "createSharedDurableConsumer",
                session -> session.createSharedDurableConsumer(topic, name, selector));
    }

    @Override
    public void unsubscribe(String name) throws JMSException {
        managed();
        owner.domain().requireTopics("unsubscribe");
        current().unsubscribe(name);
    }

    @Override
    public QueueBrowser createBrowser(Queue queue) throws JMSException {
        return createBrowser(queue, null);
    }

    @Override
    public QueueBrowser createBrowser(Queue queue, String selector) throws JMSException {
        managed();
        owner.domain().requireQueues("createBrowser");
        return add(new BrowserHandle(this, current().createBrowser(queue, selector)));
    }

    // ---- destinations

    @Override
    public Queue createQueue(String queueName) throws JMSException {
        managed();
        owner.domain().requireQueues("createQueue");
        return current().createQueue(queueName);
    }

    @Override
    public Topic createTopic(String topicName) throws JMSException {
        managed();
        owner.domain().requireTopics("createTopic");
        return current().createTopic(topicName);
    }

    @Override
    public TemporaryQueue createTemporaryQueue() throws JMSException {
        managed();
        owner.domain().requireQueues("createTemporaryQueue");
        TemporaryQueue made = current().createTemporaryQueue();
        owner.track(made);
        return made;
    }

    @Override
    public TemporaryTopic createTemporaryTopic() throws JMSException {
        managed();
        owner.domain().requireTopics("createTemporaryTopic");
        TemporaryTopic made = current().createTemporaryTopic();
        owner.track(made);
        return made;
    }

    // ---- what is not for applications in a server

    @Override
    public MessageListener getMessageListener() throws JMSException {
        throw Refusals.notInAServer("getMessageListener");
    }

    @Override
    public void setMessageListener(MessageListener listener) throws JMSException {
        throw Refusals.notInAServer("setMessageListener");
    }

    @Override
    public void run() {
        throw new JMSRuntimeException(Refusals.notInAServer("run").getMessage());
    }
}
