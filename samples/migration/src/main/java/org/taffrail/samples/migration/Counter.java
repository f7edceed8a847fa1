// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.migration;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The application on the provider that its {@code jndi.properties} names: a shop that sends orders,
 * and clerks who confirm them. It knows no provider; moving it means making another one of another
 * file. Each method uses a session of its own, so several threads may call.
 */
final class Counter implements AutoCloseable {
    private static final String ORDER = "orderId";
    private static final long WAIT_MS = 10_000;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long FIRST_MS = 1_000;
    private static final long POLL_MS = 100;

    private final Connection connection;
    private final Queue orders;
    private final Queue confirmations;

    Counter(Path jndiProperties) throws IOException, NamingException, JMSException {
        Context jndi = context(jndiProperties);
        orders = (Queue) jndi.lookup("orders");
        confirmations = (Queue) jndi.lookup("confirmations");
        connection = ((ConnectionFactory) jndi.lookup("ConnectionFactory")).createConnection();
        connection.start();
    }

    static Context context(Path jndiProperties) throws IOException, NamingException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(jndiProperties)) {
            properties.load(in);
        }
        return new InitialContext(properties);
    }

    /** Places orders, one persistent message each, at an even pace. */
    void place(int count, Books books) throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(orders)) {
            for (int i = 0; i < count; i++) {
                String order = books.nextOrder();
                Message message = session.createTextMessage("one compass, " + order);
                message.setStringProperty(ORDER, order);
                producer.send(message);
                LockSupport.parkNanos(PACE_NANOS);
            }
        }
    }

    /** Confirms so many orders, each in a transaction with its confirmation. */
    void confirm(int count) throws JMSException, MoveException {
        try (Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageConsumer consumer = session.createConsumer(orders);
                MessageProducer producer = session.createProducer(confirmations)) {
            for (int i = 0; i < count; i++) {
                Message order = consumer.receive(WAIT_MS);
                if (order == null) {
                    throw new MoveException("waited for order " + (i + 1) + " of " + count);
                }
                Message confirmation = session.createTextMessage("confirmed");
                confirmation.setStringProperty(ORDER, order.getStringProperty(ORDER));
                producer.send(confirmation);
                session.commit();
            }
        }
    }

    /** How many orders wait. */
    int waiting() throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(orders)) {
            Enumeration<?> messages = browser.getEnumeration();
            return Collections.list(messages).size();
        }
    }

    /** Enters all confirmations that are there into the books, and takes them away. */
    void collect(Books books) throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(confirmations)) {
            Message confirmation = consumer.receive(FIRST_MS);
            while (confirmation != null) {
                books.confirmed(confirmation.getStringProperty(ORDER));
                confirmation = consumer.receive(POLL_MS);
            }
        }
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
