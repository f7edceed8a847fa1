// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.CompletionListener;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueSender;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TopicPublisher;

import java.util.LinkedHashMap;
import java.util.Map;

/** A producer, made anew with its settings when its session goes on in another physical one. */
final class ProducerHandle implements QueueSender, TopicPublisher, SessionHandle.ChildHandle {
    private final SessionHandle session;
    private final Destination destination;
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private Session madeIn;
    private MessageProducer physical;
    private boolean closed;

    /** Something that was set. */
    private interface Setting {
        void apply(MessageProducer producer) throws JMSException;
    }

    ProducerHandle(SessionHandle session, Destination destination) throws JMSException {
        this.session = session;
        this.destination = destination;
        physical();
    }

    private synchronized MessageProducer physical() throws JMSException {
        if (closed) {
            throw Refusals.closed("producer");
        }
        Session current = session.current();
        if (madeIn != current) {
            leave();
            physical = current.createProducer(destination);
            madeIn = current;
            for (Setting setting : settings.values()) {
                setting.apply(physical);
            }
        }
        return physical;
    }

    private synchronized void set(String name, Setting setting) throws JMSException {
        setting.apply(physical());
        settings.put(name, setting);
    }

    @Override
    public void setDisableMessageID(boolean disableMessageID) throws JMSException {
        set("disableMessageID", producer -> producer.setDisableMessageID(disableMessageID));
    }

    @Override
    public boolean getDisableMessageID() throws JMSException {
        return physical().getDisableMessageID();
    }

    @Override
    public void setDisableMessageTimestamp(boolean disableMessageTimestamp) throws JMSException {
        set(
                "disableMessageTimestamp",
                producer -> producer.setDisableMessageTimestamp(disableMessageTimestamp));
    }

    @Override
    public boolean getDisableMessageTimestamp() throws JMSException {
        return physical().getDisableMessageTimestamp();
    }

    @Override
    public void setDeliveryMode(int deliveryMode) throws JMSException {
        set("deliveryMode", producer -> producer.setDeliveryMode(deliveryMode));
    }

    @Override
    public int getDeliveryMode() throws JMSException {
        return physical().getDeliveryMode();
    }

    @Override
    public void setPriority(int priority) throws JMSException {
        set("priority", producer -> producer.setPriority(priority));
    }

    @Override
    public int getPriority() throws JMSException {
        return physical().getPriority();
    }

    @Override
    public void setTimeToLive(long timeToLive) throws JMSException {
        set("timeToLive", producer -> producer.setTimeToLive(timeToLive));
    }

    @Override
    public long getTimeToLive() throws JMSException {
        return physical().getTimeToLive();
    }

    @Override
    public void setDeliveryDelay(long deliveryDelay) throws JMSException {
        set("deliveryDelay", producer -> producer.setDeliveryDelay(deliveryDelay));
    }

    @Override
    public long getDeliveryDelay() throws JMSException {
        return physical().getDeliveryDelay();
    }

    @Override
    public Destination getDestination() throws JMSException {
        return physical().getDestination();
    }

    @Override
    public Queue getQueue() throws JMSException {
        return (Queue) physical().getDestination();
    }

    @Override
    public Topic getTopic() throws JMSException {
        return (Topic) physical().getDestination();
    }

    @Override
    public void send(Message message) throws JMSException {
        physical().send(message);
    }

    @Override
    public void send(Message message, int deliveryMode, int priority, long timeToLive)
            throws JMSException {
        physical().send(message, deliveryMode, priority, timeToLive);
    }

    @Override
    public void send(Destination to, Message message) throws JMSException {
        physical().send(to, message);
    }

    @Override
    public void send(
            Destination to, Message message, int deliveryMode, int priority, long timeToLive)
            throws JMSException {
        physical().send(to, message, deliveryMode, priority, timeToLive);
    }

    @Override
    public void send(Queue queue, Message message) throws JMSException {
        physical().send(queue, message);
    }

    @Override
    public void send(Queue queue, Message message, int deliveryMode, int priority, long timeToLive)
            throws JMSException {
        physical().send(queue, message, deliveryMode, priority, timeToLive);
    }

    @Override
    public void publish(Message message) throws JMSException {
        physical().send(message);
    }

    @Override
    public void publish(Message message, int deliveryMode, int priority, long timeToLive)
            throws JMSException {
        physical().send(message, deliveryMode, priority, timeToLive);
    }

    @Override
    public void publish(Topic topic, Message message) throws JMSException {
        physical().send(topic, message);
    }

    @Override
    public void publish(
            Topic topic, Message message, int deliveryMode, int priority, long timeToLive)
            throws JMSException {
        physical().send(topic, message, deliveryMode, priority, timeToLive);
    }

    @Override
    public void send(Message message, CompletionListener listener) throws JMSException {
        throw Refusals.notInAServer("send with a CompletionListener");
    }

    @Override
    public void send(
            Message message,
            int deliveryMode,
            int priority,
            long timeToLive,
            CompletionListener listener)
            throws JMSException {
        throw Refusals.notInAServer("send with a CompletionListener");
    }

    @Override
    public void send(Destination to, Message message, CompletionListener listener)
            throws JMSException {
        throw Refusals.notInAServer("send with a CompletionListener");
    }

    @Override
    public void send(
            Destination to,
            Message message,
            int deliveryMode,
            int priority,
            long timeToLive,
            CompletionListener listener)
            throws JMSException {
        throw Refusals.notInAServer("send with a CompletionListener");
    }

    @Override
    public synchronized void leave() throws JMSException {
        MessageProducer left = physical;
        physical = null;
        madeIn = null;
        if (left != null) {
            left.close();
        }
    }

    @Override
    public void close() throws JMSException {
        session.remove(this);
        synchronized (this) {
            closed = true;
            leave();
        }
    }
}
