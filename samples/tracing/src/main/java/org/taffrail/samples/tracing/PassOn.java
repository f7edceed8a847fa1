// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.tracing;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import javax.naming.Context;
import javax.naming.NamingException;

/**
 * Takes from one queue what it can read, and sends it on to another, in one transaction. What it
 * can't read it gives back, until the broker takes that for dead.
 */
final class PassOn implements MessageListener {
    private final Session session;
    private final Queue from;
    private final MessageProducer producer;

    PassOn(Session session, Context names, String from, String to)
            throws JMSException, NamingException {
        this.session = session;
        this.from = (Queue) names.lookup(from);
        producer = session.createProducer((Queue) names.lookup(to));
    }

    void listen() throws JMSException {
        session.createConsumer(from).setMessageListener(this);
    }

    @Override
    public void onMessage(Message message) {
        try {
            String text = ((TextMessage) message).getText();
            if (text.equals(Shop.UNREADABLE)) {
                session.rollback();
                return;
            }
            // a message of its own, with nothing of the first one but what is meant
            TextMessage next = session.createTextMessage(text);
            next.setJMSCorrelationID(message.getJMSCorrelationID());
            producer.send(next);
            session.commit();
        } catch (JMSException e) {
            throw new IllegalStateException("an order could not be passed on", e);
        }
    }
}
