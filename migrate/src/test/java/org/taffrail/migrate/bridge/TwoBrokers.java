// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;

import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.migrate.message.MessageReader;
import org.taffrail.migrate.message.Parcel;
import org.taffrail.migrate.message.RefusedException;
import org.taffrail.migrate.provider.Side;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Two brokers in this JVM, in memory, for one test. */
final class TwoBrokers implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final long WAIT_MS = 300;

    private final int number = NUMBERS.incrementAndGet();
    private final Connection old;
    private final Connection fresh;

    /** What a test does with a session. */
    @FunctionalInterface
    interface Use {
        void with(Session session) throws JMSException;
    }

    TwoBrokers() throws JMSException {
        old = oldFactory().createConnection();
        fresh = newFactory(false).createConnection();
        old.start();
        fresh.start();
    }

    TaffrailConnectionFactory oldFactory() {
        return new TaffrailConnectionFactory("taffrail:embedded?name=old" + number);
    }

    TaffrailConnectionFactory newFactory(boolean imports) {
        TaffrailConnectionFactory factory =
                new TaffrailConnectionFactory(
                        "taffrail:embedded?security.importers=*&name=new" + number);
        factory.setImportMessages(imports);
        return factory;
    }

    Side oldSide() {
        return Side.of("old", oldFactory(), false);
    }

    Side newSide() {
        return Side.of("new", newFactory(true), true);
    }

    void onOld(Use use) throws JMSException {
        on(old, use);
    }

    void onNew(Use use) throws JMSException {
        on(fresh, use);
    }

    private static void on(Connection connection, Use use) throws JMSException {
        try (Session session = connection.createSession()) {
            use.with(session);
        }
    }

    /** Sends so many texts, 0 and up. */
    void sendTexts(String queue, int count) throws JMSException {
        onOld(
                session -> {
                    MessageProducer producer = session.createProducer(session.createQueue(queue));
                    for (int i = 0; i < count; i++) {
                        producer.send(session.createTextMessage(Integer.toString(i)));
                    }
                });
    }

    List<String> textsOnOld(String queue) throws JMSException, RefusedException {
        return texts(browse(old, queue));
    }

    List<String> textsOnNew(String queue) throws JMSException, RefusedException {
        return texts(browse(fresh, queue));
    }

    private static List<String> texts(List<Parcel> parcels) {
        return parcels.stream().map(parcel -> (String) parcel.body()).toList();
    }

    List<Parcel> parcelsOnOld(String queue) throws JMSException, RefusedException {
        return browse(old, queue);
    }

    List<Parcel> parcelsOnNew(String queue) throws JMSException, RefusedException {
        return browse(fresh, queue);
    }

    private static List<Parcel> browse(Connection connection, String queue)
            throws JMSException, RefusedException {
        try (Session session = connection.createSession();
                QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
            List<Parcel> parcels = new ArrayList<>();
            Enumeration<?> messages = browser.getEnumeration();
            while (messages.hasMoreElements()) {
                parcels.add(new MessageReader(false).read((Message) messages.nextElement()));
            }
            return parcels;
        }
    }

    /** Takes what a consumer gets until nothing comes. */
    static List<String> receiveAll(MessageConsumer consumer) throws JMSException {
        List<String> texts = new ArrayList<>();
        Message message = consumer.receive(WAIT_MS);
        while (message != null) {
            texts.add(message.getBody(String.class));
            message = consumer.receive(WAIT_MS);
        }
        return texts;
    }

    @Override
    public void close() throws JMSException {
        old.close();
        fresh.close();
    }
}
