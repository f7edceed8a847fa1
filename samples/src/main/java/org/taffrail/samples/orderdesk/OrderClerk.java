// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import java.math.BigDecimal;

/**
 * One of the clerks that compete for the orders: takes an order, confirms and bills it, and commits
 * all of this as one transaction. What cannot be billed is rolled back, confirmation included, and
 * the provider delivers it again until its limit is reached.
 *
 * <p>Runs in a thread of its own, which from {@link #run} on is the only one to use the session.
 */
final class OrderClerk implements Runnable {
    private static final long POLL_MS = 100;

    private final String name;
    private final String run;
    private final Session session;
    private final MessageConsumer orders;
    private final MessageProducer confirmations;
    private final Ledger ledger;
    private final LatencySink latencies;
    private volatile boolean homeTime;

    /**
     * Takes a place at the desk; orders are given out once the session's connection is started.
     *
     * @param session a transacted session for this clerk alone
     */
    OrderClerk(String name, Session session, DeskResources resources, DeskRun desk)
            throws JMSException {
        this.name = name;
        this.session = session;
        run = desk.id();
        ledger = desk.ledger();
        latencies = desk.latencies();
        orders = session.createConsumer(resources.orders());
        confirmations = session.createProducer(resources.confirmations());
    }

    /** Lets the clerk go home after the order in hand. May be called from any thread. */
    void goHome() {
        homeTime = true;
    }

    @Override
    public void run() {
        try {
            while (!homeTime) {
                Message message = orders.receive(POLL_MS);
                if (message != null) {
                    process(message, System.nanoTime());
                }
            }
            session.close();
        } catch (JMSException e) {
            ledger.fault(name + ": " + e);
        }
    }

    private void process(Message message, long receivedNanos) throws JMSException {
        if (!run.equals(message.getStringProperty(DeskRun.RUN))) {
            session.commit(); // left over from another day
            return;
        }
        if (message.propertyExists(DeskRun.SENT_NANOS) && !message.getJMSRedelivered()) {
            latencies.received(receivedNanos - message.getLongProperty(DeskRun.SENT_NANOS));
        }
        Order order = Order.from((MapMessage) message);
        ledger.handedOut(order.id(), name);
        try {
            BigDecimal total = fill(order);
            session.commit();
            ledger.billed(total);
        } catch (NumberFormatException e) {
            int delivery = message.getIntProperty("JMSXDeliveryCount");
            ledger.turnedDown(order.id(), delivery, e.getMessage());
            session.rollback();
        }
    }

    /** Confirms first and bills second, so that a rollback has a confirmation to take back. */
    private BigDecimal fill(Order order) throws JMSException {
        TextMessage confirmation =
                session.createTextMessage(
                        order.quantity() + " " + order.unit() + " " + order.item() + " confirmed");
        confirmation.setStringProperty(DeskRun.RUN, run);
        confirmation.setStringProperty(DeskRun.ORDER_ID, order.id());
        confirmation.setStringProperty(DeskRun.CLERK, name);
        confirmations.send(confirmation);
        return order.total();
    }
}
