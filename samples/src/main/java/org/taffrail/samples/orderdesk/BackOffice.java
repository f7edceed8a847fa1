// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;

/**
 * Keeps the books: listens for confirmations, and on the dead-letter queue for orders that nobody
 * could fill.
 */
final class BackOffice {
    static final String OURS = DeskRun.APPLICATION + " = '" + DeskRun.ORDER_DESK + "'";

    private final DeskRun desk;
    private final Session session;

    /** Starts listening; messages arrive once the connection is started. */
    BackOffice(Connection connection, DeskResources resources, DeskRun desk) throws JMSException {
        this.desk = desk;
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        session.createConsumer(resources.confirmations()).setMessageListener(this::confirmed);
        session.createConsumer(resources.deadOrders(), OURS).setMessageListener(this::died);
    }

    /** Stops listening, after the message in hand. */
    void close() throws JMSException {
        session.close();
    }

    private void confirmed(Message message) {
        try {
            if (desk.id().equals(message.getStringProperty(DeskRun.RUN))) {
                desk.ledger()
                        .filled(
                                message.getStringProperty(DeskRun.ORDER_ID),
                                message.getStringProperty(DeskRun.CLERK));
            }
        } catch (JMSException e) {
            desk.ledger().fault("back office: " + e);
        }
    }

    private void died(Message message) {
        try {
            if (desk.id().equals(message.getStringProperty(DeskRun.RUN))) {
                desk.ledger().deadLettered(message.getStringProperty(DeskRun.ORDER_ID));
            }
        } catch (JMSException e) {
            desk.ledger().fault("back office: " + e);
        }
    }
}
