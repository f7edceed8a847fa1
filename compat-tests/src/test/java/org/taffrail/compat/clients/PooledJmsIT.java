// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.messaginghub.pooled.jms.JmsPoolConnection;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolSession;
import org.springframework.jms.core.JmsTemplate;
import org.taffrail.compat.process.JmsServer;

import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The pool that Spring Boot and Quarkus put in front of a provider. */
@Tag("real-clients")
class PooledJmsIT {
    private static final long WAIT_MS = 10_000;

    @RegisterExtension static final ServerUnderTest SERVER = new ServerUnderTest();

    private Witness witness;
    private JmsPoolConnectionFactory pool;

    @BeforeEach
    void startPool() {
        witness = SERVER.witness();
        pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(SERVER.connectionFactory());
    }

    @AfterEach
    void stopPool() {
        pool.stop();
    }

    private static Connection behind(Connection pooled) throws JMSException {
        return ((JmsPoolConnection) pooled).getConnection();
    }

    private static Session behind(Session pooled) throws JMSException {
        return ((JmsPoolSession) pooled).getInternalSession();
    }

    @Test
    void aConnectionAndItsSessionAreUsedAgain() throws JMSException {
        Connection connection = null;
        Session session = null;
        for (int i = 0; i < 20; i++) {
            try (Connection pooled = pool.createConnection();
                    Session pooledSession = pooled.createSession();
                    MessageProducer producer =
                            pooledSession.createProducer(pooledSession.createQueue("reuse"))) {
                producer.send(pooledSession.createTextMessage("text-" + i));
                connection = connection == null ? behind(pooled) : connection;
                session = session == null ? behind(pooledSession) : session;
                assertSame(connection, behind(pooled));
                assertSame(session, behind(pooledSession));
            }
        }

        assertEquals(1, pool.getNumConnections());
        assertEquals(numbered("text-", 20), witness.takeAll("reuse"));
    }

    @Test
    void aPoolSpreadsOverSeveralConnections() throws JMSException {
        pool.setMaxConnections(3);
        Set<Connection> connections = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            try (Connection pooled = pool.createConnection()) {
                connections.add(behind(pooled));
            }
        }

        assertEquals(3, connections.size());
        assertEquals(3, pool.getNumConnections());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void producersAreSharedBetweenQueues(boolean anonymous) throws JMSException {
        pool.setUseAnonymousProducers(anonymous);
        pool.setExplicitProducerCacheSize(2);
        String queue = "producers-" + anonymous + "-";
        try (Connection pooled = pool.createConnection();
                Session session = pooled.createSession()) {
            for (int i = 0; i < 9; i++) {
                try (MessageProducer producer =
                        session.createProducer(session.createQueue(queue + i % 3))) {
                    producer.setPriority(i % 3 + 2);
                    producer.send(session.createTextMessage("text-" + i / 3));
                }
            }
        }

        for (int i = 0; i < 3; i++) {
            assertEquals(i + 2, witness.take(queue + i).getJMSPriority());
            assertEquals(List.of("text-1", "text-2"), witness.takeAll(queue + i));
        }
    }

    @Test
    void aTransactionCommitsOrRollsBack() throws JMSException {
        witness.send("pool-in", "work");
        try (Connection pooled = pool.createConnection();
                Session session = pooled.createSession(true, Session.SESSION_TRANSACTED);
                MessageConsumer consumer = session.createConsumer(session.createQueue("pool-in"));
                MessageProducer producer =
                        session.createProducer(session.createQueue("pool-out"))) {
            pooled.start();
            Message first = consumer.receive(WAIT_MS);
            producer.send(session.createTextMessage("half done"));
            session.rollback();
            Message second = consumer.receive(WAIT_MS);
            producer.send(session.createTextMessage("done"));
            session.commit();

            assertEquals(1, first.getIntProperty("JMSXDeliveryCount"));
            assertEquals(2, second.getIntProperty("JMSXDeliveryCount"));
            assertTrue(second.getJMSRedelivered());
        }

        assertEquals(List.of("done"), witness.takeAll("pool-out"));
        witness.seesNothingIn("pool-in");
    }

    @Test
    void aSessionThatIsGivenBackLeavesNothingOfItsTransactionBehind() throws JMSException {
        witness.send("unfinished-in", "work");
        Session session = null;
        for (int i = 0; i < 2; i++) {
            try (Connection pooled = pool.createConnection();
                    Session pooledSession =
                            pooled.createSession(true, Session.SESSION_TRANSACTED)) {
                pooled.start();
                session = session == null ? behind(pooledSession) : session;
                assertSame(session, behind(pooledSession));
                MessageProducer producer =
                        pooledSession.createProducer(pooledSession.createQueue("unfinished-out"));
                producer.send(pooledSession.createTextMessage("attempt " + i));
                MessageConsumer consumer =
                        pooledSession.createConsumer(pooledSession.createQueue("unfinished-in"));
                assertEquals("work", consumer.receive(WAIT_MS).getBody(String.class));
            }
        }

        assertEquals(List.of("work"), witness.takeAll("unfinished-in"));
        witness.seesNothingIn("unfinished-out");
    }

    @Test
    void consumersOfAPooledConnectionTakeTurns() throws JMSException {
        witness.send("turns", numbered("text-", 10));
        for (int i = 0; i < 10; i++) {
            try (Connection pooled = pool.createConnection();
                    Session session = pooled.createSession();
                    MessageConsumer consumer =
                            session.createConsumer(session.createQueue("turns"))) {
                pooled.start();
                TextMessage message = (TextMessage) consumer.receive(WAIT_MS);
                assertEquals("text-" + i, message.getText(), "order survives the give and take");
            }
        }
        witness.seesNothingIn("turns");
    }

    @Test
    void theMetadataLetsThePoolOfferWhatIsNew() throws JMSException {
        try (Connection pooled = pool.createConnection();
                Session session = pooled.createSession()) {
            pooled.start();
            ConnectionMetaData metadata = pooled.getMetaData();
            assertEquals("3.1", metadata.getJMSVersion());
            Enumeration<?> names = metadata.getJMSXPropertyNames();
            assertTrue(Collections.list(names).contains("JMSXDeliveryCount"));

            // The pool refuses these on what it takes for an older provider.
            Topic topic = session.createTopic("pool-topic");
            try (MessageConsumer consumer = session.createSharedConsumer(topic, "pool-share");
                    MessageProducer producer = session.createProducer(topic)) {
                producer.setDeliveryDelay(200);
                producer.send(session.createTextMessage("delayed"));
                Message message = consumer.receive(WAIT_MS);
                assertEquals("delayed", message.getBody(String.class));
                assertTrue(message.getJMSDeliveryTime() >= message.getJMSTimestamp() + 200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void contextsAreOfferedToo(boolean ofTheProvider) throws JMSException {
        pool.setUseProviderJMSContext(ofTheProvider);
        String queue = "context-" + ofTheProvider;
        try (JMSContext context = pool.createContext(JMSContext.SESSION_TRANSACTED);
                JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
            context.createProducer().send(context.createQueue(queue), "undone");
            context.rollback();
            context.createProducer().send(context.createQueue(queue), "done");
            context.commit();

            assertEquals("done", consumer.receive(WAIT_MS).getBody(String.class));
            context.commit();
        }
        witness.seesNothingIn(queue);
    }

    @Test
    @DisabledIfSystemProperty(
            named = JmsServer.PROVIDER,
            matches = "artemis",
            disabledReason = "it makes a queue anew when something is sent to it")
    void temporaryQueuesEndWhenTheConnectionIsGivenBack() throws JMSException {
        TemporaryQueue queue;
        Connection connection;
        try (Connection pooled = pool.createConnection();
                Session session = pooled.createSession()) {
            connection = behind(pooled);
            queue = session.createTemporaryQueue();
        }

        try (JMSContext other = SERVER.connectionFactory().createContext()) {
            assertThrows(
                    InvalidDestinationRuntimeException.class,
                    () -> other.createProducer().send(queue, "nobody there"));
        }
        try (Connection pooled = pool.createConnection()) {
            assertSame(connection, behind(pooled), "the connection itself lives on");
        }
    }

    @Test
    void aTemplateOverThePoolNeedsNoOtherCache() throws JMSException {
        JmsTemplate template = new JmsTemplate(pool);
        template.setReceiveTimeout(WAIT_MS);
        for (String text : numbered("text-", 10)) {
            template.convertAndSend("boot", text);
            assertEquals(text, template.receiveAndConvert("boot"));
        }

        template.setReceiveTimeout(JmsTemplate.RECEIVE_TIMEOUT_NO_WAIT);
        assertNull(template.receive("boot"));
        assertEquals(1, pool.getNumConnections());
    }

    @Test
    void aConnectionThatBrokeIsReplaced() throws JMSException {
        Connection broken;
        try (Connection pooled = pool.createConnection()) {
            pooled.start();
            broken = behind(pooled);
        }

        SERVER.server().kill();
        SERVER.server().start();
        // The pool hears of the loss through the exception listener, a moment later.
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptionsInstanceOf(JMSRuntimeException.class)
                .ignoreExceptionsInstanceOf(JMSException.class)
                .untilAsserted(
                        () -> {
                            try (Connection pooled = pool.createConnection()) {
                                assertNotSame(broken, behind(pooled));
                            }
                        });

        try (Connection pooled = pool.createConnection();
                Session session = pooled.createSession();
                MessageProducer producer = session.createProducer(session.createQueue("evicted"))) {
            producer.send(session.createTextMessage("after"));
        }
        assertEquals(1, pool.getNumConnections());
        assertEquals("after", witness.takeText("evicted"));
    }

    private static List<String> numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
