// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A broker for each test, and what tests do again and again. What a test opens through this class
 * is closed after it.
 */
@ParameterizedClass
@EnumSource(Transport.class)
@Timeout(60)
abstract class ClientTest {
    /** How long something that should come may take on a busy machine. */
    static final long PATIENCE_MS = 20_000;

    /** How long nothing must come where nothing should. */
    static final long QUIET_MS = 150;

    @Parameter Transport transport;

    @TempDir private Path folder;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Broker broker;
    private String address;

    @BeforeEach
    final void startBroker() throws Exception {
        if (transport == Transport.TCP) {
            Map<String, String> values = new HashMap<>(brokerOptions());
            values.put("port", "0");
            values.put("durability", "page-cache");
            values.put("data", folder.resolve("data").toString());
            BrokerConfig config = BrokerConfig.defaults().with(values);
            broker = new Broker(config, StoreFactory.of(config), true);
            broker.start();
            address = broker.address();
        } else {
            address = "taffrail:embedded?name=" + folder.getFileName();
            for (Map.Entry<String, String> option : brokerOptions().entrySet()) {
                address += "&" + option.getKey() + "=" + option.getValue();
            }
        }
        // keeps a broker in memory there between the connections of a test
        connect(keeperOptions());
    }

    @AfterEach
    final void stopBroker() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        if (broker != null) {
            broker.stop();
        }
    }

    /** What the broker is started with. */
    Map<String, String> brokerOptions() {
        return Map.of();
    }

    /** How the connection connects that keeps the broker. */
    String[] keeperOptions() {
        return new String[0];
    }

    /** The broker of a test over a socket. */
    final Broker broker() {
        return broker;
    }

    /** Stops the test's broker in order, under its connections. */
    final void loseBroker() throws JMSException {
        if (broker != null) {
            broker.stop();
        } else {
            assertTrue(factory().stopEmbeddedBroker(), "the broker did not run");
        }
    }

    /** Where the test's broker is. */
    final String address() {
        return address;
    }

    final TaffrailConnectionFactory factory(String... options) {
        StringBuilder url = new StringBuilder(address);
        for (String option : options) {
            url.append(url.indexOf("?") < 0 ? '?' : '&').append(option);
        }
        return new TaffrailConnectionFactory(url.toString());
    }

    final <T extends AutoCloseable> T closing(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    /** Opens a connection that is not started. */
    final Connection connect(String... options) throws JMSException {
        return closing(factory(options).createConnection());
    }

    /** Opens a connection and starts it. */
    final Connection started(String... options) throws JMSException {
        Connection connection = connect(options);
        connection.start();
        return connection;
    }

    final JMSContext context(int mode, String... options) {
        return closing(factory(options).createContext(mode));
    }

    /** Sends texts with a session of its own. */
    final void send(Destination destination, String... texts) throws JMSException {
        try (Connection connection = factory().createConnection()) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(destination);
            for (String text : texts) {
                producer.send(session.createTextMessage(text));
            }
        }
    }

    static Queue queue(Session session) throws JMSException {
        return session.createQueue("a.queue");
    }

    /** The JMSX properties that a connection says it supports. */
    static List<String> jmsxNames(Connection connection) throws JMSException {
        List<String> names = new ArrayList<>();
        Enumeration<?> found = connection.getMetaData().getJMSXPropertyNames();
        while (found.hasMoreElements()) {
            names.add((String) found.nextElement());
        }
        return names;
    }

    static String text(Message message) throws JMSException {
        return message == null ? null : ((TextMessage) message).getText();
    }

    /** Receives messages, each of which must come, and returns their texts. */
    static List<String> texts(MessageConsumer consumer, int count) throws JMSException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message message = consumer.receive(PATIENCE_MS);
            assertNotNull(message, "message " + (i + 1) + " of " + count + " after " + texts);
            texts.add(text(message));
        }
        return texts;
    }

    /** Demands that a message is the text's, delivered for the n-th time. */
    static void assertDelivered(Message message, String text, int count) throws JMSException {
        assertNotNull(message, text);
        assertEquals(text, text(message));
        assertEquals(count, message.getIntProperty("JMSXDeliveryCount"), "count of " + text);
        assertEquals(count > 1, message.getJMSRedelivered(), "redelivered flag of " + text);
    }
}
