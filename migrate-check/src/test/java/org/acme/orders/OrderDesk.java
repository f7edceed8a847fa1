// SPDX-License-Identifier: Apache-2.0
package org.acme.orders;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import java.math.BigDecimal;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * A legacy application, as they are: it finds everything in JNDI, and has come to rely on what its
 * provider can do beyond the specification.
 */
public final class OrderDesk {
    private static final int INDIVIDUAL_ACKNOWLEDGE = 101;
    private static final long PATIENCE_MS = 20_000;

    private final Session session;
    private final InitialContext names;

    private OrderDesk(Session session, InitialContext names) {
        this.session = session;
        this.names = names;
    }

    /**
     * Works for a while.
     *
     * @param args the server's URL, then entries of the JNDI environment, KEY=VALUE
     */
    public static void main(String[] args) throws NamingException, JMSException {
        Properties environment = new Properties();
        environment.setProperty("connectionFactory.OrdersCF", args[0]);
        environment.setProperty("queue.jms/Orders", "acme.orders");
        environment.setProperty("topic.jms/Prices", "acme.prices");
        for (int i = 1; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            environment.setProperty(args[i].substring(0, equals), args[i].substring(equals + 1));
        }
        InitialContext names = new InitialContext(environment);
        ConnectionFactory factory = (ConnectionFactory) names.lookup("OrdersCF");
        try (Connection connection = factory.createConnection()) {
            connection.setClientID("desk");
            connection.setExceptionListener(e -> System.err.println(e));
            connection.start();
            OrderDesk desk = new OrderDesk(connection.createSession(), names);
            desk.orders();
            desk.objects();
            desk.requests();
            desk.prices(connection);
            desk.individually(connection);
            desk.transacted(connection);
        }
        simplified(factory);
        System.out.println("worked");
    }

    private void orders() throws JMSException, NamingException {
        Queue orders = (Queue) names.lookup("jms/Orders");
        MessageProducer producer = session.createProducer(orders);
        producer.setPriority(7);
        producer.setTimeToLive(3_600_000);
        for (int i = 0; i < 50; i++) {
            TextMessage message = session.createTextMessage("x".repeat(100 * i));
            message.setStringProperty("region", i % 2 == 0 ? "eu" : "us");
            message.setStringProperty("JMSXGroupID", "customer-" + i % 5);
            message.setStringProperty("_AMQ_LVQ_NAME", "last-" + i % 3);
            message.setJMSType("order");
            producer.send(message);
        }
        Message later = session.createMessage();
        later.setLongProperty("_AMQ_SCHED_DELIVERY", System.currentTimeMillis() + 50);
        producer.send(later, DeliveryMode.NON_PERSISTENT, 4, 0);
        MessageConsumer consumer =
                session.createConsumer(orders, "region = 'eu' AND JMSType = 'order'");
        consumer.receive(PATIENCE_MS);
        consumer.receiveNoWait();
        consumer.receive(1);
        consumer.close();
        session.createBrowser(orders).getEnumeration().hasMoreElements();
    }

    private void objects() throws JMSException {
        Queue queue = session.createQueue("acme.objects");
        Order order = new Order("4711", new Order.Line(BigDecimal.TEN));
        session.createProducer(queue).send(session.createObjectMessage(order));
    }

    private void requests() throws JMSException {
        TemporaryQueue replies = session.createTemporaryQueue();
        Queue queue = session.createQueue("acme.requests");
        MapMessage request = session.createMapMessage();
        request.setString("ask", "price");
        request.setJMSReplyTo(replies);
        request.setJMSCorrelationID("1");
        MessageProducer anonymous = session.createProducer(null);
        anonymous.send(queue, request);
        Message received = session.createConsumer(queue).receive(PATIENCE_MS);
        anonymous.send(received.getJMSReplyTo(), session.createTextMessage("10"));
        if (session.createConsumer(replies).receive(PATIENCE_MS) == null) {
            throw new JMSException("no reply");
        }
    }

    private void prices(Connection connection) throws JMSException, NamingException {
        Topic prices = (Topic) names.lookup("jms/Prices");
        CountDownLatch heard = new CountDownLatch(2);
        Session listening = connection.createSession();
        listening
                .createDurableSubscriber(prices, "audit")
                .setMessageListener(message -> heard.countDown());
        listening
                .createConsumer(listening.createTopic("acme.#"))
                .setMessageListener(message -> heard.countDown());
        session.createProducer(prices).send(session.createTextMessage("11"));
        try {
            if (!heard.await(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                throw new JMSException("not heard");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // a queue of the address, by its full name
        listening.createConsumer(listening.createQueue("acme.copies::acme.copies"));
        listening.createConsumer(listening.createQueue("acme.tuned?consumer-priority=5"));
    }

    private void individually(Connection connection) throws JMSException {
        Session own = connection.createSession(false, INDIVIDUAL_ACKNOWLEDGE);
        Queue queue = own.createQueue("acme.individual");
        own.createProducer(queue).send(own.createMessage());
        own.createConsumer(queue).receive(PATIENCE_MS).acknowledge();
    }

    private void transacted(Connection connection) throws JMSException {
        Session own = connection.createSession(true, Session.SESSION_TRANSACTED);
        Queue queue = own.createQueue("acme.transacted");
        own.createProducer(queue).send(own.createTextMessage("once"));
        own.commit();
        MessageConsumer consumer = own.createConsumer(queue);
        consumer.receive(PATIENCE_MS);
        own.rollback();
        if (!consumer.receive(PATIENCE_MS).getJMSRedelivered()) {
            throw new JMSException("not marked");
        }
        own.commit();
    }

    private static void simplified(ConnectionFactory factory) {
        try (JMSContext context = factory.createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
            Queue queue = context.createQueue("acme.simple");
            context.createProducer()
                    .setProperty("shop", 12)
                    .setDeliveryDelay(5)
                    .send(queue, "body");
            String body = context.createConsumer(queue).receiveBody(String.class, PATIENCE_MS);
            if (!"body".equals(body)) {
                throw new IllegalStateException("received " + body);
            }
            context.acknowledge();
        }
    }
}
