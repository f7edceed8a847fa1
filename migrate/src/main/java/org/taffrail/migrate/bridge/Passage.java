// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.migrate.message.Address;
import org.taffrail.migrate.message.MessageReader;
import org.taffrail.migrate.message.MessageWriter;
import org.taffrail.migrate.message.Parcel;
import org.taffrail.migrate.message.RefusedException;
import org.taffrail.migrate.provider.Side;

import java.util.Enumeration;

/**
 * A connection to each provider with a transacted session, for one link, until the first failure.
 * Used by one thread.
 */
final class Passage implements AutoCloseable {
    /** Says of a topic's message that a bridge has brought it, and from where. */
    static final String CARRIED = "taffrail_carried_from";

    private static final Logger LOG = LoggerFactory.getLogger(Passage.class);

    private final Route route;
    private final Side from;
    private final Side to;
    private final boolean chained;
    private Connection source;
    private Connection target;
    private Session taking;
    private Session giving;
    private MessageConsumer consumer;
    private MessageProducer producer;
    private Destination destination;
    private Ledger ledger;
    private MessageReader reader;
    private MessageWriter writer;
    private boolean sameProvider;

    private Passage(Route route, Side from, Side to, boolean chained) {
        this.route = route;
        this.from = from;
        this.to = to;
        this.chained = chained;
    }

    /**
     * Connects to both providers; nothing is taken yet.
     *
     * @throws JMSException if one of them is not there, or refuses
     */
    static Passage open(Route route, Side from, Side to, boolean chained) throws JMSException {
        Passage passage = new Passage(route, from, to, chained);
        try {
            passage.connect();
            return passage;
        } catch (JMSException | RuntimeException e) {
            passage.close();
            throw e;
        }
    }

    private void connect() throws JMSException {
        target = to.connect(null);
        giving = target.createSession(true, Session.SESSION_TRANSACTED);
        producer = giving.createProducer(null);
        destination = destination(giving, route.to().kind(), route.to().name());
        ledger = new Ledger(giving, route);
        source = from.connect(route.isQueue() ? null : route.subscriber());
        taking = source.createSession(true, Session.SESSION_TRANSACTED);
        sameProvider =
                source.getMetaData()
                        .getJMSProviderName()
                        .equals(target.getMetaData().getJMSProviderName());
        reader = new MessageReader(sameProvider);
        writer = new MessageWriter(giving, to.imports());
        target.start();
        source.start();
    }

    private static Destination destination(Session session, Address.Kind kind, String name)
            throws JMSException {
        return kind == Address.Kind.QUEUE ? session.createQueue(name) : session.createTopic(name);
    }

    Ledger ledger() {
        return ledger;
    }

    MessageReader reader() {
        return reader;
    }

    /** Makes the consumer: messages begin to come. */
    void subscribe() throws JMSException {
        if (route.isQueue()) {
            consumer = taking.createConsumer(taking.createQueue(route.from().name()));
            return;
        }
        consumer =
                taking.createDurableSubscriber(
                        taking.createTopic(route.from().name()),
                        route.subscriber(),
                        chained ? null : CARRIED + " IS NULL",
                        false);
    }

    /** Ends the subscription of a topic, and what waits in it. */
    void unsubscribe() throws JMSException {
        if (!route.isQueue()) {
            if (consumer != null) {
                consumer.close();
            }
            taking.unsubscribe(route.subscriber());
        }
    }

    /**
     * Takes the next message.
     *
     * @param waitMs how long to wait for it; 0 not at all
     * @return null if there is none
     */
    Message take(long waitMs) throws JMSException {
        return waitMs == 0 ? consumer.receiveNoWait() : consumer.receive(waitMs);
    }

    /** Looks through the queue that is carried from, which leaves everything there. */
    QueueBrowser browser() throws JMSException {
        return taking.createBrowser(taking.createQueue(route.from().name()));
    }

    /**
     * Looks whether an open link brings messages to where this one would take them.
     *
     * @throws LedgerException if so
     */
    void refuseLoop() throws JMSException, LedgerException {
        if (chained || !route.isQueue()) {
            return;
        }
        String key = new Route(route.to(), route.from()).key();
        try (QueueBrowser claims = taking.createBrowser(taking.createQueue(Route.CLAIMS))) {
            Enumeration<?> found = claims.getEnumeration();
            while (found.hasMoreElements()) {
                Message claim = (Message) found.nextElement();
                if (key.equals(claim.getStringProperty("taffrail_link"))) {
                    throw new LedgerException(
                            "an open link brings messages to "
                                    + route.from()
                                    + ", and this one would carry them away, perhaps in a circle:"
                                    + " end that one first (migrate end), or give --chained");
                }
            }
        } catch (InvalidDestinationException e) {
            LOG.debug("no queue {}, so no open links", Route.CLAIMS, e);
        }
    }

    /** Sends a message on, in the transaction of the provider that is carried to. */
    void give(Message original, Parcel parcel) throws JMSException, RefusedException {
        Message message =
                parcel.body() == Parcel.UNREAD ? passedOn(original, parcel) : writer.write(parcel);
        if (!route.isQueue() && !chained) {
            message.setStringProperty(CARRIED, from.toString());
        }
        if (to.imports()) {
            producer.send(destination, message);
            return;
        }
        long nowMs = System.currentTimeMillis();
        delay(parcel, nowMs);
        producer.send(
                destination,
                message,
                MessageWriter.mode(parcel),
                parcel.priority(),
                parcel.expirationMs() == 0 ? 0 : Math.max(1, parcel.expirationMs() - nowMs));
    }

    /** An object message whose classes are not here goes as it is, its provider being the same. */
    private Message passedOn(Message original, Parcel parcel) throws JMSException {
        if (route.isQueue() || chained) {
            return original;
        }
        original.clearProperties();
        for (var property : parcel.properties().entrySet()) {
            original.setObjectProperty(property.getKey(), property.getValue());
        }
        if (to.imports() && parcel.userId() != null) {
            original.setStringProperty("JMSXUserID", parcel.userId());
        }
        return original;
    }

    private void delay(Parcel parcel, long nowMs) throws JMSException {
        long delayMs = Math.max(0, parcel.deliveryTimeMs() - nowMs);
        try {
            producer.setDeliveryDelay(delayMs);
        } catch (UnsupportedOperationException | AbstractMethodError e) {
            LOG.debug("a provider without delivery delays", e);
        }
    }

    /** Makes what was given, and the ledger's next page, durable. */
    void commitGiven() throws JMSException {
        giving.commit();
    }

    /** Lets go of what was taken. */
    void commitTaken() throws JMSException {
        taking.commit();
    }

    /** Takes back what was given, and the ledger's page with it. */
    void rollbackGiven() throws JMSException {
        giving.rollback();
    }

    /** Gives back what was taken: it comes again. */
    void rollbackTaken() throws JMSException {
        taking.rollback();
    }

    /** Moves a message that can't be carried to another queue of its own provider. */
    void setAside(Message message, String queue) throws JMSException {
        try (MessageProducer aside = taking.createProducer(taking.createQueue(queue))) {
            aside.send(
                    message,
                    message.getJMSDeliveryMode(),
                    message.getJMSPriority(),
                    0); // it waits for somebody to look at it
        }
    }

    /**
     * Closes the connection that messages come from, in order: what is in its hands goes back.
     *
     * @throws JMSException if it is not certain that it does
     */
    void giveBack() throws JMSException {
        source.close();
    }

    @Override
    public void close() {
        close(source);
        close(target);
    }

    private static void close(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (JMSException | RuntimeException e) {
                LOG.debug("a connection that is given up does not close", e);
            }
        }
    }
}
