// SPDX-License-Identifier: Apache-2.0
package org.taffrail.dist;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import java.util.Properties;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** An application in a process of its own: sends a message, or receives what was sent. */
public final class Exchange {
    private static final int TIMEOUT_MS = 20_000;

    private Exchange() {}

    /** Arguments: the broker's URL, and {@code send TEXT} or {@code receive}. */
    public static void main(String[] arguments) throws NamingException, JMSException {
        Properties properties = new Properties();
        properties.put(
                "java.naming.factory.initial",
                "org.taffrail.jms.jndi.TaffrailInitialContextFactory");
        properties.put("connectionFactory.broker", arguments[0]);
        properties.put("queue.orders", "orders");
        InitialContext context = new InitialContext(properties);
        ConnectionFactory factory = (ConnectionFactory) context.lookup("broker");
        Queue orders = (Queue) context.lookup("orders");
        try (Connection connection = factory.createConnection()) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            if (arguments[1].equals("send")) {
                session.createProducer(orders).send(session.createTextMessage(arguments[2]));
                return;
            }
            connection.start();
            TextMessage message = (TextMessage) session.createConsumer(orders).receive(TIMEOUT_MS);
            System.out.println(message == null ? "nothing came" : message.getText());
        }
    }
}
