// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Queue;
import jakarta.jms.QueueReceiver;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;

/** A consumer, made anew when its session goes on in another physical one. */
final class ConsumerHandle implements QueueReceiver, TopicSubscriber, SessionHandle.ChildHandle {
    private final SessionHandle session;
    private final Maker maker;
    private Session madeIn;
    private MessageConsumer physical;
    private boolean closed;

    /** Makes the physical consumer. */
    interface Maker {
        MessageConsumer make(Session session) throws JMSException;
    }

    ConsumerHandle(SessionHandle session, Maker maker) throws JMSException {
        this.session = session;
        this.maker = maker;
        physical();
    }

    private synchronized MessageConsumer physical() throws JMSException {
        if (closed) {
            throw Refusals.closed("consumer");
        }
        Session current = session.current();
        if (madeIn != current) {
            leave();
            physical = maker.make(current);
            madeIn = current;
        }
        return physical;
    }

    @Override
    public Message receive() throws JMSException {
        return physical().receive();
    }

    @Override
    public Message receive(long timeout) throws JMSException {
        return physical().receive(timeout);
    }

    @Override
    public Message receiveNoWait() throws JMSException {
        return physical().receiveNoWait();
    }

    @Override
    public String getMessageSelector() throws JMSException {
        return physical().getMessageSelector();
    }

    @Override
    public Queue getQueue() throws JMSException {
        return ((QueueReceiver) physical()).getQueue();
    }

    @Override
    public Topic getTopic() throws JMSException {
        return ((TopicSubscriber) physical()).getTopic();
    }

    @Override
    public boolean getNoLocal() throws JMSException {
        return ((TopicSubscriber) physical()).getNoLocal();
    }

    @Override
    public MessageListener getMessageListener() throws JMSException {
        throw Refusals.notInAServer("getMessageListener");
    }

    @Override
    public void setMessageListener(MessageListener listener) throws JMSException {
        throw Refusals.notInAServer("setMessageListener");
    }

    @Override
    public synchronized void leave() throws JMSException {
        MessageConsumer left = physical;
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
