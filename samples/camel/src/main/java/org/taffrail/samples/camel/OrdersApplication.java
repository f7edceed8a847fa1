// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.camel;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.apache.camel.impl.DefaultCamelContext;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.naming.InitialContext;

/** Places orders, lets the routes have them, and counts where they have gone. */
public final class OrdersApplication {
    private static final int ORDERS = 60;
    private static final long WAIT_MS = 20_000;
    private static final List<String> COUNTRIES = List.of("NL", "DE", "FR", "BE", "PT");

    /** What must have come where: one order is poison, two make no sense. */
    private static final Map<String, Integer> EXPECTED =
            Map.of(
                    "orders.audit", 59,
                    "orders.benelux", 22,
                    "orders.germany", 12,
                    "orders.world", 23,
                    "orders.rejected", 2,
                    "DLQ.orders", 1);

    private OrdersApplication() {}

    /**
     * Runs it. Exits with 0 if each order has gone where it should, 1 if not.
     *
     * @param args none
     * @throws Exception what Camel declares
     */
    public static void main(String[] args) throws Exception {
        System.exit(run(System.out) ? 0 : 1);
    }

    /** Runs it and tells how the orders went; whether all went as it should. */
    static boolean run(PrintStream out) throws Exception { // as Camel declares
        ConnectionFactory factory =
                (ConnectionFactory) new InitialContext().lookup("ConnectionFactory");
        CamelContext camel = new DefaultCamelContext();
        try (Connection connection = factory.createConnection()) {
            connection.start();
            camel.addComponent("jms", transacted(factory));
            camel.addRoutes(new OrderRoutes());
            place(connection);
            camel.start();
            Map<String, Integer> found = new LinkedHashMap<>();
            for (String queue : EXPECTED.keySet().stream().sorted().toList()) {
                found.put(queue, count(connection, queue, EXPECTED.get(queue)));
            }
            found.forEach((queue, count) -> out.println("  " + queue + ": " + count));
            out.println(
                    found.equals(EXPECTED)
                            ? "each of " + ORDERS + " orders went where it should, once"
                            : "NOT all is as it should be: expected " + EXPECTED);
            return found.equals(EXPECTED);
        } finally {
            camel.stop();
        }
    }

    /**
     * Sessions are transacted and consumers stay open: without a transaction manager Spring's
     * container keeps them, and what a route sends on the same thread is in the same transaction.
     */
    private static JmsComponent transacted(ConnectionFactory factory) {
        JmsConfiguration configuration = new JmsConfiguration(factory);
        configuration.setTransacted(true);
        configuration.setLazyCreateTransactionManager(false);
        configuration.setCacheLevelName("CACHE_CONSUMER");
        configuration.setReceiveTimeout(200);
        configuration.setErrorHandlerLogStackTrace(false);
        return new JmsComponent(configuration);
    }

    private static void place(Connection connection) throws JMSException {
        try (Session session = connection.createSession()) {
            MessageProducer producer = session.createProducer(session.createQueue("orders"));
            for (int i = 0; i < ORDERS; i++) {
                TextMessage order = session.createTextMessage(amount(i));
                String country = i == 20 ? " " : COUNTRIES.get(i % COUNTRIES.size());
                order.setStringProperty(OrderRoutes.COUNTRY, country);
                producer.send(order);
            }
        }
    }

    private static String amount(int order) {
        return switch (order) {
            case 30 -> "0";
            case 42 -> "1O.50"; // a letter where a digit should be
            default -> order + ".50";
        };
    }

    /** Takes what comes on a queue, and a little longer, lest there be more than expected. */
    private static int count(Connection connection, String queue, int expected)
            throws JMSException {
        int count = 0;
        try (Session session = connection.createSession();
                MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            while (count < expected) {
                Message message = consumer.receive(WAIT_MS);
                if (message == null) {
                    return count;
                }
                count++;
            }
            while (consumer.receiveNoWait() != null) {
                count++;
            }
        }
        return count;
    }
}
