// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

/**
 * The answering side of request and reply: each request gets a reply with its body, its delivery
 * mode and its id as the correlation id, at the destination it asks for.
 */
final class Answering {
    private final Session session;
    private final MessageProducer producer;

    Answering(Session session) throws JMSException {
        this.session = session;
        this.producer = session.createProducer(null);
    }

    void answer(Message request, StampReader reader) throws JMSException {
        BytesMessage reply = session.createBytesMessage();
        reader.copyTo(reply);
        reply.setJMSCorrelationID(request.getJMSMessageID());
        producer.setDeliveryMode(request.getJMSDeliveryMode());
        producer.send(request.getJMSReplyTo(), reply);
    }
}
