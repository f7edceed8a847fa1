// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.tracing;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import javax.naming.Context;
import javax.naming.NamingException;

/** Sends orders, and waits for the confirmation of each; the last one nobody can read. */
final class Shop {
    /** What the clerk can't read. */
    static final String UNREADABLE = "?";

    private static final long PATIENCE_MS = 60_000;

    private final Queue orders;
    private final Queue confirmations;

    Shop(Context names) throws NamingException {
        orders = (Queue) names.lookup("orders");
        confirmations = (Queue) names.lookup("confirmations");
    }

    /** Does it; tells whether all were confirmed. */
    boolean run(Connection connection, int count) throws JMSException {
        connection.start();
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(orders)) {
            for (int i = 1; i <= count; i++) {
                String id = "order-" + i;
                TextMessage order = session.createTextMessage(i + " crates of tar");
                order.setJMSCorrelationID(id);
                producer.send(order);
                String selector = "JMSCorrelationID = '" + id + "'";
                try (MessageConsumer mine = session.createConsumer(confirmations, selector)) {
                    Message confirmation = mine.receive(PATIENCE_MS);
                    if (confirmation == null) {
                        System.err.println(id + " was not confirmed; is there a clerk?");
                        return false;
                    }
                    System.err.println(id + " is confirmed");
                }
            }
            producer.send(session.createTextMessage(UNREADABLE));
        }
        return true;
    }
}
