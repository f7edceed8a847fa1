// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.transaction.Transactional;

import java.math.BigDecimal;

/**
 * Takes orders and confirms them. What throws rolls the transaction back: the order comes again,
 * its confirmation was never there, until the broker puts the order on the dead-letter queue.
 */
@ApplicationScoped
public class Clerk {
    private static final long POLL_MS = 2_000;

    private final ConnectionFactory pool;

    /**
     * For Quarkus.
     *
     * @param pool of XA connections
     */
    public Clerk(ConnectionFactory pool) {
        this.pool = pool;
    }

    /**
     * Takes one order in a transaction of its own.
     *
     * @return false if there was none
     * @throws JMSException if it can't be read
     * @throws NumberFormatException if its amount is none
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public boolean takeOne() throws JMSException {
        try (JMSContext context = pool.createContext()) {
            Message order = context.createConsumer(context.createQueue("orders")).receive(POLL_MS);
            if (order == null) {
                return false;
            }
            context.createProducer()
                    .setProperty("orderId", order.getStringProperty("orderId"))
                    .send(context.createQueue("confirmations"), "confirmed");
            total(order.getBody(String.class));
            return true;
        }
    }

    private static BigDecimal total(String amount) {
        return new BigDecimal(amount);
    }

    /**
     * Places an order.
     *
     * @param orderId its number
     * @param amount what it comes to
     */
    @Transactional
    public void place(String orderId, String amount) {
        try (JMSContext context = pool.createContext()) {
            context.createProducer()
                    .setProperty("orderId", orderId)
                    .send(context.createQueue("orders"), amount);
        }
    }

    /**
     * Counts what is on a queue, and takes it.
     *
     * @param queue its name
     * @return how many messages there were
     */
    @Transactional
    public int count(String queue) {
        int count = 0;
        try (JMSContext context = pool.createContext();
                var consumer = context.createConsumer(context.createQueue(queue))) {
            while (consumer.receiveNoWait() != null) {
                count++;
            }
        }
        return count;
    }
}
