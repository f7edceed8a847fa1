// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;

/**
 * A harbour office, which shares one queue of replies with all others: an administrator has made
 * it, and firewalls, permissions and monitoring know it. Each request has a correlation id of its
 * sender's choice, and the reply is fetched by a selector on that.
 */
final class FixedQueueClient extends TideClient {
    private final String office;
    private final Queue replies;
    private int asked;

    /**
     * Opens an office.
     *
     * @param office its name; no other client has it, in this run or any other
     */
    FixedQueueClient(Connection connection, TideResources resources, String office)
            throws JMSException {
        super(connection, resources);
        this.office = office;
        replies = resources.replies();
    }

    @Override
    Destination replyTo() {
        return replies;
    }

    @Override
    void mark(Message request) throws JMSException {
        asked++;
        request.setJMSCorrelationID(office + "-" + asked);
    }

    @Override
    Message await(Message request, long patienceMs) throws JMSException {
        String selector = "JMSCorrelationID = '" + request.getJMSCorrelationID() + "'";
        try (MessageConsumer consumer = session().createConsumer(replies, selector)) {
            return consumer.receive(patienceMs);
        }
    }
}
