// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.CompletionListener;
import jakarta.jms.Destination;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueSender;
import jakarta.jms.Topic;
import jakarta.jms.TopicPublisher;

/**
 * A producer of the classic API: with a destination of its own, or (unidentified) with one named at
 * each send. Holds nothing at the broker, so that making one costs nothing.
 */
final class TaffrailProducer implements QueueSender, TopicPublisher {
    private final SessionCore session;
    private final TaffrailDestination own;
    private final SendOptions options = new SendOptions();
    private volatile boolean closed;

    /**
     * Makes a producer.
     *
     * @param own its destination, null for an unidentified producer
     */
    TaffrailProducer(SessionCore session, TaffrailDestination own) {
        this.session = session;
        this.own = own;
    }

    private SendOptions options() throws JMSException {
        checkOpen();
        return options;
    }

    private void checkOpen() throws IllegalStateException {
        if (closed) {
            throw new IllegalStateException("the producer is closed");
        }
        session.state().checkNotClosed();
    }

    private TaffrailDestination own() throws JMSException {
        checkOpen();
        if (own == null) {
            throw new UnsupportedOperationException(
                    "the producer has no destination of its own: name one with the send");
        }
        return own;
    }

    private TaffrailDestination named(Destination destination) throws JMSException {
        checkOpen();
        if (own != null) {
            throw new UnsupportedOperationException(
                    "the producer has a destination of its own, " + own);
        }
        if (destination == null) {
            throw new InvalidDestinationException("the destination is null");
        }
        return TaffrailDestination.of(destination);
    }

    private void send(TaffrailDestination destination, Message message, SendOptions how)
            throws JMSException {
        session.sender().send(this, destination, message, how, null);
    }

    private void send(
            TaffrailDestination destination,
            Message message,
            SendOptions how,
            CompletionListener completion)
            throws JMSException {
        if (completion == null) {
            throw new IllegalArgumentException("the completion listener is null");
        }
        session.sender().send(this, destination, message, how, completion);
    }

    // ---- sends

    @Override
    public void send(Message message) throws JMSException {
        send(own(), message, options);
    }

    @Override
    public void send(Message message, int deliveryMode, int priority, long timeToLive)
            throws JMSException {
        send(own(), message, options.with(deliveryMode, priority, timeToLive));
    }

    @Override
    public void send(Destination destination, Message message) throws JMSException {
        send(named(destination), message, options);
    }

    @Override
    public void send(
            Destination destination,
            Message message,
            int deliveryMode,
            int priority,
            long timeToLive)
            throws JMSException {
        send(named(destination), message, options.with(deliveryMode, priority, timeToLive));
    }

    @Override
    public void send(Message message, CompletionListener completion) throws JMSException {
        send(own(), message, options, completion);
    }

    @Override
    public void send(
            Message message,
            int deliveryMode,
            int priority,
            long timeToLive,
            CompletionListener completion)
            throws JMSException {
        send(own(), message, options.with(deliveryMode, priority, timeToLive), completion);
    }

    @Override
    public void send(Destination destination, Message message, CompletionListener completion)
            throws JMSException {
        send(named(destination), message, options, completion);
    }

    @Override
    public void send(
            Destination destination,
            Message message,
            int deliveryMode,
            int priority,
            long timeToLive,
            CompletionListener completion)
            throws JMSException {
        send(
                named(destination),
                message,
                options.with(deliveryMode, priority, timeToLive),
                completion);
    }

    @Override
    public void send(Queue queue, Message message) throws JMSException {
        send((Destination) queue, message);
    }

    @Override
    public void send(Queue queue, Message message, int deliveryMode, int priority, long timeToLive)
            throws JMSException {
        send((Destination) queue, message, deliveryMode, priority, timeToLive);
    }

    @Override
    public void publish(Message message) throws JMSException {
        send(message);
    }

    @Override
    public void publish(Message message, int deliveryMode, int priority, long timeToLive)
            throws JMSException {
        send(message, deliveryMode, priority, timeToLive);
    }

    @Override
    public void publish(Topic topic, Message message) throws JMSException {
        send(topic, message);
    }

    @Override
    public void publish(
            Topic topic, Message message, int deliveryMode, int priority, long timeToLive)
            throws JMSException {
        send(topic, message, deliveryMode, priority, timeToLive);
    }

    // ---- options

    @Override
    public void setDisableMessageID(boolean value) throws JMSException {
        options().idDisabled(value);
    }

    @Override
    public boolean getDisableMessageID() throws JMSException {
        return options().isIdDisabled();
    }

    @Override
    public void setDisableMessageTimestamp(boolean value) throws JMSException {
        options().timestampDisabled(value);
    }

    @Override
    public boolean getDisableMessageTimestamp() throws JMSException {
        return options().isTimestampDisabled();
    }

    @Override
    public void setDeliveryMode(int deliveryMode) throws JMSException {
        options().deliveryMode(deliveryMode);
    }

    @Override
    public int getDeliveryMode() throws JMSException {
        return options().deliveryMode();
    }

    @Override
    public void setPriority(int defaultPriority) throws JMSException {
        options().priority(defaultPriority);
    }

    @Override
    public int getPriority() throws JMSException {
        return options().priority();
    }

    @Override
    public void setTimeToLive(long timeToLive) throws JMSException {
        options().timeToLiveMs(timeToLive);
    }

    @Override
    public long getTimeToLive() throws JMSException {
        return options().timeToLiveMs();
    }

    @Override
    public void setDeliveryDelay(long deliveryDelay) throws JMSException {
        options().deliveryDelayMs(deliveryDelay);
    }

    @Override
    public long getDeliveryDelay() throws JMSException {
        return options().deliveryDelayMs();
    }

    @Override
    public Destination getDestination() throws JMSException {
        checkOpen();
        return own;
    }

    @Override
    public Queue getQueue() throws JMSException {
        return (Queue) getDestination();
    }

    @Override
    public Topic getTopic() throws JMSException {
        return (Topic) getDestination();
    }

    /**
     * Closes the producer: waits for its sends with a completion listener.
     *
     * @throws IllegalStateException if called by a completion listener that would wait for itself
     */
    @Override
    public void close() throws JMSException {
        if (closed) {
            return;
        }
        session.completions().checkMayAwait(this);
        session.completions().await(this);
        closed = true;
    }
}
