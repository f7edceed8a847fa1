// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.IllegalStateException;
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
import jakarta.jms.StreamMessage;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TopicPublisher;
import jakarta.jms.TopicSession;
import jakarta.jms.TopicSubscriber;

import org.taffrail.jms.message.TaffrailBytesMessage;
import org.taffrail.jms.message.TaffrailMapMessage;
import org.taffrail.jms.message.TaffrailMessage;
import org.taffrail.jms.message.TaffrailObjectMessage;
import org.taffrail.jms.message.TaffrailStreamMessage;
import org.taffrail.jms.message.TaffrailTextMessage;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.record.DestinationKind;

import java.io.Serializable;

/**
 * A session of the classic API. It is a queue session and a topic session as well, since pools hand
 * out one for the other; {@link TaffrailQueueSession} and {@link TaffrailTopicSession} are the ones
 * that refuse what is the other's.
 */
class TaffrailSession implements QueueSession, TopicSession {
    private final SessionCore core;
    private final Subscriptions subscriptions;

    TaffrailSession(SessionCore core) {
        this.core = core;
        this.subscriptions = new Subscriptions(core);
    }

    /** Returns the session itself, if it is not closed. */
    final SessionCore open() throws IllegalStateException {
        core.state().checkNotClosed();
        return core;
    }

    final Subscriptions subscriptions() throws IllegalStateException {
        open();
        return subscriptions;
    }

    // ---- messages

    @Override
    public BytesMessage createBytesMessage() throws JMSException {
        open();
        return new TaffrailBytesMessage();
    }

    @Override
    public MapMessage createMapMessage() throws JMSException {
        open();
        return new TaffrailMapMessage();
    }

    @Override
    public Message createMessage() throws JMSException {
        open();
        return new TaffrailMessage();
    }

    @Override
    public ObjectMessage createObjectMessage() throws JMSException {
        open();
        return new TaffrailObjectMessage();
    }

    @Override
    public ObjectMessage createObjectMessage(Serializable object) throws JMSException {
        ObjectMessage message = createObjectMessage();
        message.setObject(object);
        return message;
    }

    @Override
    public StreamMessage createStreamMessage() throws JMSException {
        open();
        return new TaffrailStreamMessage();
    }

    @Override
    public TextMessage createTextMessage() throws JMSException {
        open();
        return new TaffrailTextMessage();
    }

    @Override
    public TextMessage createTextMessage(String text) throws JMSException {
        TextMessage message = createTextMessage();
        message.setText(text);
        return message;
    }

    // ---- acknowledgement and transactions

    @Override
    public boolean getTransacted() throws JMSException {
        return open().mode().isTransacted();
    }

    @Override
    public int getAcknowledgeMode() throws JMSException {
        return open().mode().number();
    }

    @Override
    public void commit() throws JMSException {
        transaction("a session can't be committed").commit();
    }

    @Override
    public void rollback() throws JMSException {
        transaction("a session can't be rolled back").rollback();
    }

    private LocalTransaction transaction(String otherwise) throws JMSException {
        if (!(open().work() instanceof LocalTransaction transaction)) {
            throw new IllegalStateException("the session is not transacted");
        }
        core.checkNotInCompletion(otherwise);
        core.completions().awaitAll();
        return transaction;
    }

    @Override
    public void recover() throws JMSException {
        open().acknowledgement().recover();
    }

    @Override
    public void close() throws JMSException {
        core.close();
    }

    // ---- what is for application servers

    @Override
    public MessageListener getMessageListener() throws JMSException {
        open();
        return null;
    }

    @Override
    public void setMessageListener(MessageListener listener) throws JMSException {
        open();
        // Null takes a listener back, and pools do so before they use a session again.
        if (listener != null) {
            throw JmsErrors.of(
                    ErrorCode.NOT_SUPPORTED,
                    "a session's own listener, which is for application servers");
        }
    }

    @Override
    public void run() {
        throw new JMSRuntimeException(
                "a session is run by application servers only, which is not supported",
                ErrorCode.NOT_SUPPORTED.name());
    }

    // ---- producers

    @Override
    public MessageProducer createProducer(Destination destination) throws JMSException {
        open();
        if (destination == null) {
            return new TaffrailProducer(core, null);
        }
        TaffrailDestination ours = TaffrailDestination.of(destination);
        ConsumerOptions.of(ours, core.connection().options());
        core.connection().targets().of(ours);
        return new TaffrailProducer(core, ours);
    }

    @Override
    public QueueSender createSender(Queue queue) throws JMSException {
        return (QueueSender) createProducer(queue);
    }

    @Override
    public TopicPublisher createPublisher(Topic topic) throws JMSException {
        return (TopicPublisher) createProducer(topic);
    }

    // ---- consumers

    @Override
    public MessageConsumer createConsumer(Destination destination) throws JMSException {
        return createConsumer(destination, null, false);
    }

    @Override
    public MessageConsumer createConsumer(Destination destination, String messageSelector)
            throws JMSException {
        return createConsumer(destination, messageSelector, false);
    }

    @Override
    public MessageConsumer createConsumer(
            Destination destination, String messageSelector, boolean noLocal) throws JMSException {
        return TaffrailConsumer.of(subscriptions().consumer(destination, messageSelector, noLocal));
    }

    @Override
    public QueueReceiver createReceiver(Queue queue) throws JMSException {
        return createReceiver(queue, null);
    }

    @Override
    public QueueReceiver createReceiver(Queue queue, String messageSelector) throws JMSException {
        return new TaffrailConsumer.Receiver(
                subscriptions().consumer(queue, messageSelector, false));
    }

    @Override
    public TopicSubscriber createSubscriber(Topic topic) throws JMSException {
        return createSubscriber(topic, null, false);
    }

    @Override
    public TopicSubscriber createSubscriber(Topic topic, String messageSelector, boolean noLocal)
            throws JMSException {
        return new TaffrailConsumer.Subscriber(
                subscriptions().consumer(topic, messageSelector, noLocal));
    }

    @Override
    public MessageConsumer createSharedConsumer(Topic topic, String sharedSubscriptionName)
            throws JMSException {
        return createSharedConsumer(topic, sharedSubscriptionName, null);
    }

    @Override
    public MessageConsumer createSharedConsumer(
            Topic topic, String sharedSubscriptionName, String messageSelector)
            throws JMSException {
        return TaffrailConsumer.of(
                subscriptions().shared(topic, sharedSubscriptionName, messageSelector));
    }

    @Override
    public TopicSubscriber createDurableSubscriber(Topic topic, String name) throws JMSException {
        return createDurableSubscriber(topic, name, null, false);
    }

    @Override
    public TopicSubscriber createDurableSubscriber(
            Topic topic, String name, String messageSelector, boolean noLocal) throws JMSException {
        return new TaffrailConsumer.Subscriber(
                subscriptions().durable(topic, name, messageSelector, noLocal));
    }

    @Override
    public MessageConsumer createDurableConsumer(Topic topic, String name) throws JMSException {
        return createDurableSubscriber(topic, name);
    }

    @Override
    public MessageConsumer createDurableConsumer(
            Topic topic, String name, String messageSelector, boolean noLocal) throws JMSException {
        return createDurableSubscriber(topic, name, messageSelector, noLocal);
    }

    @Override
    public MessageConsumer createSharedDurableConsumer(Topic topic, String name)
            throws JMSException {
        return createSharedDurableConsumer(topic, name, null);
    }

    @Override
    public MessageConsumer createSharedDurableConsumer(
            Topic topic, String name, String messageSelector) throws JMSException {
        return TaffrailConsumer.of(subscriptions().sharedDurable(topic, name, messageSelector));
    }

    @Override
    public void unsubscribe(String name) throws JMSException {
        subscriptions().unsubscribe(name);
    }

    @Override
    public QueueBrowser createBrowser(Queue queue) throws JMSException {
        return createBrowser(queue, null);
    }

    @Override
    public QueueBrowser createBrowser(Queue queue, String messageSelector) throws JMSException {
        return subscriptions().browser(queue, messageSelector);
    }

    // ---- destinations

    @Override
    public Queue createQueue(String queueName) throws JMSException {
        open();
        return (Queue) TaffrailDestination.of(DestinationKind.QUEUE, queueName);
    }

    @Override
    public Topic createTopic(String topicName) throws JMSException {
        open();
        return (Topic) TaffrailDestination.of(DestinationKind.TOPIC, topicName);
    }

    @Override
    public TemporaryQueue createTemporaryQueue() throws JMSException {
        return (TemporaryQueue)
                open().connection().createTemporary(DestinationKind.TEMPORARY_QUEUE);
    }

    @Override
    public TemporaryTopic createTemporaryTopic() throws JMSException {
        return (TemporaryTopic)
                open().connection().createTemporary(DestinationKind.TEMPORARY_TOPIC);
    }
}
