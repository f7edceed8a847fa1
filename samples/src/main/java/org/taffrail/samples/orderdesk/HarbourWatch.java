// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import jakarta.jms.Connection;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.TopicSubscriber;

import java.util.ArrayList;
import java.util.List;

/**
 * A durable subscriber to the harbour bulletins that wants only what is severe and concerns its
 * port. It leaves, connection and all, bulletins are published, and it comes back for them.
 */
final class HarbourWatch {
    static final String CLIENT_ID = "orderdesk-harbour-watch";
    static final String SUBSCRIPTION = "rotterdam-severe";
    private static final String SELECTOR = "port = 'Rotterdam' AND severity >= 3";
    private static final List<String> PORTS = List.of("Rotterdam", "Hamburg", "Brest");
    private static final int SEVERITY_MAX = 5;

    private final DeskResources resources;
    private final long waitMs;

    HarbourWatch(DeskResources resources, long waitMs) {
        this.resources = resources;
        this.waitMs = waitMs;
    }

    /** Subscribes and leaves. What an earlier run left of the subscription is removed first. */
    void subscribeAndLeave() throws JMSException {
        try (Connection connection = connect()) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            try {
                session.unsubscribe(SUBSCRIPTION);
            } catch (InvalidDestinationException e) {
                // there is none: the earlier run, if any, ended as it should
            }
            subscribe(session);
        }
    }

    /**
     * Publishes bulletins of each severity for each port.
     *
     * @return those that the watch wants, in the order of their sending
     */
    List<String> publish(Connection connection) throws JMSException {
        List<String> wanted = new ArrayList<>();
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            MessageProducer bulletins = session.createProducer(resources.bulletins());
            for (int severity = 1; severity <= SEVERITY_MAX; severity++) {
                for (String port : PORTS) {
                    String text = port + ": wind force " + (severity + 5);
                    TextMessage bulletin = session.createTextMessage(text);
                    bulletin.setStringProperty("port", port);
                    bulletin.setIntProperty("severity", severity);
                    bulletins.send(bulletin);
                    if (port.equals("Rotterdam") && severity >= 3) {
                        wanted.add(text);
                    }
                }
            }
        }
        return wanted;
    }

    /** How many bulletins {@link #publish} sends. */
    static int published() {
        return SEVERITY_MAX * PORTS.size();
    }

    /**
     * Comes back under the same name, takes what was kept for it, and ends the subscription.
     *
     * @throws DeskException if fewer than {@code expected} bulletins come in time
     */
    List<String> catchUp(int expected) throws JMSException, DeskException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect()) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            TopicSubscriber subscriber = subscribe(session);
            connection.start();
            while (texts.size() < expected) {
                Message bulletin = subscriber.receive(waitMs);
                if (bulletin == null) {
                    throw new DeskException(
                            "waited "
                                    + waitMs
                                    + " ms for the bulletin after "
                                    + texts
                                    + ", "
                                    + expected
                                    + " in all");
                }
                texts.add(((TextMessage) bulletin).getText());
            }
            for (Message more = subscriber.receiveNoWait();
                    more != null;
                    more = subscriber.receiveNoWait()) {
                texts.add(((TextMessage) more).getText());
            }
            subscriber.close();
            session.unsubscribe(SUBSCRIPTION);
        }
        return texts;
    }

    private TopicSubscriber subscribe(Session session) throws JMSException {
        return session.createDurableSubscriber(
                resources.bulletins(), SUBSCRIPTION, SELECTOR, false);
    }

    private Connection connect() throws JMSException {
        Connection connection = resources.factory().createConnection();
        try {
            connection.setClientID(CLIENT_ID);
            return connection;
        } catch (JMSException e) {
            connection.close();
            throw e;
        }
    }
}
