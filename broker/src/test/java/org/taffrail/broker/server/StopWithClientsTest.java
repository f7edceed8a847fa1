// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.TransactionRolledBackException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.store.StoreException;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** What an orderly stop is for clients that are connected, and after the next start. */
class StopWithClientsTest {
    private static final int TIMEOUT_MS = 20_000;

    @TempDir private Path folder;

    private Broker start(int port) throws StoreException, IOException {
        BrokerConfig config =
                BrokerConfig.defaults()
                        .with(
                                Map.of(
                                        "data",
                                        folder.toString(),
                                        "port",
                                        String.valueOf(port),
                                        "durability",
                                        "page-cache",
                                        "journal.segmentBytes",
                                        "32MiB"));
        Broker broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
        return broker;
    }

    private static String text(Message message) throws JMSException {
        assertNotNull(message, "no message came");
        return ((TextMessage) message).getText();
    }

    @Test
    void aPlainConnectionIsTold() throws Exception {
        AtomicReference<JMSException> told = new AtomicReference<>();
        Broker broker = start(0);
        try (Connection connection =
                new TaffrailConnectionFactory(broker.address()).createConnection()) {
            connection.setExceptionListener(told::set);
            connection.start();

            broker.stop();

            Awaitility.await()
                    .atMost(Duration.ofMillis(TIMEOUT_MS))
                    .until(() -> told.get() != null);
            assertTrue(told.get().getMessage().contains("the broker stops"), told.toString());
        }
    }

    @Test
    void aConnectionThatRestoresItselfGoesOnAfterTheNextStart() throws Exception {
        Broker first = start(0);
        String url = "failover:(taffrail://127.0.0.1:" + first.port() + ")";
        try (Connection connection = new TaffrailConnectionFactory(url).createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
            Session transacted = connection.createSession(true, Session.SESSION_TRANSACTED);
            Queue queue = session.createQueue("orders");
            MessageProducer producer = session.createProducer(queue);
            for (String each : new String[] {"one", "two", "three"}) {
                producer.send(session.createTextMessage(each));
            }
            MessageConsumer consumer = session.createConsumer(queue);
            Message one = consumer.receive(TIMEOUT_MS);
            assertEquals("one", text(one));
            one.acknowledge();
            Message two = consumer.receive(TIMEOUT_MS);
            assertEquals("two", text(two));
            transacted
                    .createProducer(session.createQueue("half"))
                    .send(session.createTextMessage("never"));

            first.stop();
            try (Broker second = start(first.port())) {
                producer.send(session.createTextMessage("four"));
                assertThrows(JMSException.class, two::acknowledge, "it was given back");

                Message again = consumer.receive(TIMEOUT_MS);
                assertEquals("two", text(again));
                assertTrue(again.getJMSRedelivered(), "it was seen before the stop");
                assertEquals("three", text(consumer.receive(TIMEOUT_MS)));
                Message four = consumer.receive(TIMEOUT_MS);
                assertEquals("four", text(four));
                assertFalse(four.getJMSRedelivered());
                four.acknowledge();
                assertThrows(TransactionRolledBackException.class, transacted::commit);
                assertNull(
                        session.createConsumer(session.createQueue("half")).receiveNoWait(),
                        second.address());
            }
        }
    }
}
