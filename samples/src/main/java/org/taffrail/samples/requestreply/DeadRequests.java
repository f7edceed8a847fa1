// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

/**
 * Takes the requests that no instance could process from the dead-letter queue and tells their
 * senders, who would otherwise wait until their patience is at its end.
 */
final class DeadRequests implements MessageListener {
    static final String OURS = TideProtocol.APPLICATION + " = '" + TideProtocol.TIDES + "'";

    /** A refusal that nobody fetches is forgotten. */
    private static final long REPLY_MS = 60_000;

    private final Session session;
    private final MessageProducer replies;
    private final ServiceBook book;

    /** Starts listening; messages arrive once the connection is started. */
    DeadRequests(Connection connection, TideResources resources, ServiceBook book)
            throws JMSException {
        this.book = book;
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        replies = session.createProducer(null);
        replies.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        replies.setTimeToLive(REPLY_MS);
        session.createConsumer(resources.deadRequests(), OURS).setMessageListener(this);
    }

    @Override
    public void onMessage(Message dead) {
        try {
            Message reply = TideProtocol.fault(session, "the request can't be processed");
            reply.setJMSCorrelationID(TideProtocol.correlationOf(dead));
            replies.send(dead.getJMSReplyTo(), reply);
        } catch (JMSException e) {
            book.fault("dead requests: " + e);
        }
    }

    void close() throws JMSException {
        session.close();
    }
}
