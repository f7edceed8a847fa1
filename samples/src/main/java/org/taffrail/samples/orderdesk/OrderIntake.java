// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Where orders come in: sends each as a persistent message of its own. Used by one thread. */
final class OrderIntake {
    private final DeskRun desk;
    private final Session session;
    private final MessageProducer orders;

    OrderIntake(Connection connection, DeskResources resources, DeskRun desk) throws JMSException {
        this.desk = desk;
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        orders = session.createProducer(resources.orders());
    }

    /** Sends orders that will wait; they are not measured. */
    void leaveOvernight(List<Order> waiting) throws JMSException {
        for (Order order : waiting) {
            send(order, message(order));
        }
    }

    /** Sends orders at an even pace, or as fast as the provider takes them, and measures each. */
    void placeByDay(List<Order> coming, int perSecond) throws JMSException {
        long intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long nextNanos = System.nanoTime();
        for (Order order : coming) {
            waitUntil(nextNanos);
            nextNanos += intervalNanos;
            Message message = message(order);
            long startNanos = System.nanoTime();
            message.setLongProperty(DeskRun.SENT_NANOS, startNanos);
            send(order, message);
            desk.latencies().sent(System.nanoTime() - startNanos);
        }
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return; // whoever waits next will notice
            }
        }
    }

    private Message message(Order order) throws JMSException {
        Message message = order.toMessage(session);
        message.setStringProperty(DeskRun.APPLICATION, DeskRun.ORDER_DESK);
        message.setStringProperty(DeskRun.RUN, desk.id());
        message.setStringProperty(DeskRun.ORDER_ID, order.id());
        return message;
    }

    private void send(Order order, Message message) throws JMSException {
        desk.ledger().sending(order.id());
        orders.send(
                message, DeliveryMode.PERSISTENT, order.priority(), Message.DEFAULT_TIME_TO_LIVE);
    }
}
