// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Answers requests for a price: sends the reply wherever {@code JMSReplyTo} says, with the
 * request's message id as its {@code JMSCorrelationID}.
 */
final class QuoteClerk implements MessageListener {
    private final Map<String, BigDecimal> priceList;
    private final Ledger ledger;
    private final Session session;
    private final MessageProducer replies;

    QuoteClerk(
            Connection connection,
            DeskResources resources,
            Map<String, BigDecimal> priceList,
            Ledger ledger)
            throws JMSException {
        this.priceList = priceList;
        this.ledger = ledger;
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        replies = session.createProducer(null);
        session.createConsumer(resources.quotes()).setMessageListener(this);
    }

    @Override
    public void onMessage(Message request) {
        try {
            MapMessage question = (MapMessage) request;
            BigDecimal unitPrice = priceList.get(question.getString("item"));
            BigDecimal price = unitPrice.multiply(BigDecimal.valueOf(question.getInt("quantity")));
            Message reply = session.createTextMessage(price.toPlainString());
            reply.setJMSCorrelationID(request.getJMSMessageID());
            replies.setDeliveryMode(request.getJMSDeliveryMode());
            replies.send(request.getJMSReplyTo(), reply);
        } catch (JMSException e) {
            ledger.fault("quote clerk: " + e);
        }
    }
}
