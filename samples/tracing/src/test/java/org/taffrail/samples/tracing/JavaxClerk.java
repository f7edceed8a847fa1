// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.tracing;

import org.taffrail.javax.jms.TaffrailConnectionFactory;

import java.util.concurrent.CountDownLatch;

import javax.jms.Connection;
import javax.jms.JMSException;
import javax.jms.MessageProducer;
import javax.jms.Session;
import javax.jms.TextMessage;

/** The clerk as it was written for JMS 1.1, between a shop and a warehouse that are newer. */
final class JavaxClerk {
    private JavaxClerk() {}

    public static void main(String[] arguments) throws JMSException, InterruptedException {
        Connection connection =
                new TaffrailConnectionFactory(System.getenv("TAFFRAIL_URL")).createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        MessageProducer producer = session.createProducer(session.createQueue("shipments"));
        session.createConsumer(session.createQueue("orders"))
                .setMessageListener(
                        message -> {
                            try {
                                String text = ((TextMessage) message).getText();
                                if (text.equals(Shop.UNREADABLE)) {
                                    session.rollback();
                                    return;
                                }
                                TextMessage next = session.createTextMessage(text);
                                next.setJMSCorrelationID(message.getJMSCorrelationID());
                                producer.send(next);
                                session.commit();
                            } catch (JMSException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        connection.start();
        new CountDownLatch(1).await();
    }
}
