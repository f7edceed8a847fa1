// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** A customer who asks for several prices at once and collects the replies on a temporary queue. */
final class QuoteDesk {
    private static final int QUANTITY = 25;
    private static final int ASKED_MAX = 8;

    private final DeskResources resources;
    private final long waitMs;

    QuoteDesk(DeskResources resources, long waitMs) {
        this.resources = resources;
        this.waitMs = waitMs;
    }

    /**
     * Asks for the price of some of the items.
     *
     * @throws DeskException if a reply does not come in time
     */
    DeskSummary.Quotes ask(Connection connection, Map<String, BigDecimal> priceList)
            throws JMSException, DeskException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            TemporaryQueue replyTo = session.createTemporaryQueue();
            MessageConsumer replies = session.createConsumer(replyTo);
            Map<String, BigDecimal> expected = request(session, replyTo, priceList);
            int asked = expected.size();
            int answered = 0;
            for (int i = 0; i < asked; i++) {
                TextMessage reply = (TextMessage) replies.receive(waitMs);
                if (reply == null) {
                    throw new DeskException(
                            "waited " + waitMs + " ms for quote " + (i + 1) + " of " + asked);
                }
                BigDecimal price = expected.remove(reply.getJMSCorrelationID());
                if (price != null && price.compareTo(new BigDecimal(reply.getText())) == 0) {
                    answered++;
                }
            }
            replies.close();
            replyTo.delete();
            return new DeskSummary.Quotes(asked, answered);
        }
    }

    /** Returns the price that each request should be answered with, by its message id. */
    private Map<String, BigDecimal> request(
            Session session, TemporaryQueue replyTo, Map<String, BigDecimal> priceList)
            throws JMSException {
        MessageProducer producer = session.createProducer(resources.quotes());
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.setTimeToLive(waitMs); // nobody wants the answer later
        Map<String, BigDecimal> expected = new HashMap<>();
        for (Map.Entry<String, BigDecimal> item : priceList.entrySet()) {
            if (expected.size() == ASKED_MAX) {
                break;
            }
            MapMessage request = session.createMapMessage();
            request.setString("item", item.getKey());
            request.setInt("quantity", QUANTITY);
            request.setJMSReplyTo(replyTo);
            producer.send(request);
            expected.put(
                    request.getJMSMessageID(),
                    item.getValue().multiply(BigDecimal.valueOf(QUANTITY)));
        }
        producer.close();
        return expected;
    }
}
