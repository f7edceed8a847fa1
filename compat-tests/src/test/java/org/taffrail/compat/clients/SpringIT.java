// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jms.JmsException;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.taffrail.compat.process.BrokerProcess;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Spring's {@code JmsTemplate}, as applications use it: with and without its cache. */
class SpringIT {
    private static final long WAIT_MS = 10_000;

    @TempDir static Path folder;

    private static BrokerProcess broker;
    private static PlainJms plain;

    private CachingConnectionFactory cache;

    /** What stands between the template and the provider. */
    enum Connections {
        /** A connection, a session and a producer for each call. */
        EACH_TIME_ANEW,
        /** One connection, whose sessions, producers and consumers are kept. */
        CACHED
    }

    @BeforeAll
    static void startBroker() {
        broker = new BrokerProcess(folder, "page-cache");
        broker.start();
        plain = new PlainJms(broker);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void closeCache() {
        if (cache != null) {
            cache.destroy();
        }
    }

    private ConnectionFactory connections(Connections kind) {
        if (kind == Connections.EACH_TIME_ANEW) {
            return broker.connectionFactory();
        }
        cache = new CachingConnectionFactory(broker.connectionFactory());
        cache.setSessionCacheSize(5);
        return cache;
    }

    private JmsTemplate template(Connections kind) {
        JmsTemplate template = new JmsTemplate(connections(kind));
        template.setReceiveTimeout(WAIT_MS);
        return template;
    }

    @Test
    void theProviderIsTheJarThatApplicationsGet() throws ClassNotFoundException {
        Class<?> factory = broker.connectionFactory().getClass();

        String origin = factory.getProtectionDomain().getCodeSource().getLocation().getPath();
        assertTrue(origin.endsWith(".jar"), origin);
        Class<?> netty =
                Class.forName(
                        "org.taffrail.shaded.netty.channel.Channel",
                        false,
                        factory.getClassLoader());
        assertEquals(origin, netty.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    @ParameterizedTest
    @EnumSource
    void convertsAndSends(Connections kind) throws JMSException {
        JmsTemplate template = template(kind);
        String queue = "convert-" + kind;

        template.convertAndSend(queue, "a text");
        template.convertAndSend(queue, new byte[] {1, 2, 3});
        template.convertAndSend(queue, Map.of("number", 7, "name", "seven"));
        template.convertAndSend(
                queue,
                "with a property",
                message -> {
                    message.setIntProperty("shelf", 12);
                    message.setJMSCorrelationID("c-1");
                    message.setJMSType("note");
                    return message;
                });

        assertEquals("a text", plain.receiveText(queue));
        assertArrayEquals(new byte[] {1, 2, 3}, plain.receive(queue).getBody(byte[].class));
        assertEquals(Map.of("number", 7, "name", "seven"), plain.receive(queue).getBody(Map.class));
        Message last = plain.receive(queue);
        assertEquals(12, last.getIntProperty("shelf"));
        assertEquals("c-1", last.getJMSCorrelationID());
        assertEquals("note", last.getJMSType());
    }

    @ParameterizedTest
    @EnumSource
    void receivesAndConvertsInOrder(Connections kind) {
        JmsTemplate template = template(kind);
        String queue = "receive-" + kind;
        List<String> texts = PlainJms.numbered("text-", 20);
        plain.send(queue, texts);

        for (String text : texts) {
            assertEquals(text, template.receiveAndConvert(queue));
        }
        template.setReceiveTimeout(JmsTemplate.RECEIVE_TIMEOUT_NO_WAIT);
        assertNull(template.receive(queue));
    }

    @ParameterizedTest
    @EnumSource
    void receivesWhatASelectorMatchesAndLeavesTheRest(Connections kind) throws JMSException {
        JmsTemplate template = template(kind);
        String queue = "select-" + kind;
        plain.send(queue, "first", "colour", "red");
        plain.send(queue, "second", "colour", "blue");

        assertEquals("second", template.receiveSelectedAndConvert(queue, "colour = 'blue'"));
        template.setReceiveTimeout(JmsTemplate.RECEIVE_TIMEOUT_NO_WAIT);
        assertNull(template.receiveSelected(queue, "colour = 'blue'"));
        assertEquals(List.of("first"), plain.receiveAll(queue));
    }

    @ParameterizedTest
    @EnumSource
    void sendsWithPriorityTimeToLiveAndDelay(Connections kind) throws JMSException {
        JmsTemplate template = template(kind);
        String queue = "qos-" + kind;
        template.setExplicitQosEnabled(true);
        template.setPriority(2);
        template.setTimeToLive(60_000);
        template.convertAndSend(queue, "low");
        template.setPriority(8);
        template.convertAndSend(queue, "high");
        template.setDeliveryDelay(500);
        template.convertAndSend(queue, "later");

        Message high = plain.receive(queue);
        Message low = plain.receive(queue);
        Message later = plain.receive(queue);
        long arrived = wallClockMs();

        assertEquals("high", high.getBody(String.class));
        assertEquals(8, high.getJMSPriority());
        assertEquals("low", low.getBody(String.class));
        assertEquals(2, low.getJMSPriority());
        assertEquals(low.getJMSTimestamp() + 60_000, low.getJMSExpiration());
        assertEquals("later", later.getBody(String.class));
        assertEquals(later.getJMSTimestamp() + 500, later.getJMSDeliveryTime());
        assertTrue(arrived >= later.getJMSDeliveryTime(), "it came before its time");
    }

    @ParameterizedTest
    @EnumSource
    void messagesExpire(Connections kind) throws JMSException {
        JmsTemplate template = template(kind);
        String queue = "expire-" + kind;
        template.setExplicitQosEnabled(true);
        template.setTimeToLive(300);

        template.convertAndSend(queue, "soon gone");
        template.setTimeToLive(0);
        template.convertAndSend(queue, "stays");

        plain.awaitTime(600);
        assertEquals(List.of("stays"), plain.receiveAll(queue));
    }

    @ParameterizedTest
    @EnumSource
    void asksAndIsAnsweredOverATemporaryQueue(Connections kind) throws Exception {
        JmsTemplate template = template(kind);
        String queue = "ask-" + kind;
        Set<Destination> replyQueues = new HashSet<>();

        for (int i = 0; i < 3; i++) {
            String question = "question " + i;
            CompletableFuture<Destination> service =
                    CompletableFuture.supplyAsync(() -> answer(queue, text -> text + ", answered"));
            Message reply =
                    template.sendAndReceive(queue, session -> session.createTextMessage(question));

            assertNotNull(reply, "no answer came");
            assertEquals(question + ", answered", ((TextMessage) reply).getText());
            replyQueues.add(service.get(10, TimeUnit.SECONDS));
        }
        assertEquals(3, replyQueues.size(), "each question has a reply queue of its own");
    }

    private static Destination answer(String queue, Function<String, String> service) {
        try {
            return plain.answer(queue, service);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void publishesToATopic(Connections kind) {
        JmsTemplate template = template(kind);
        template.setPubSubDomain(true);

        try (PlainJms.Subscription subscription = plain.subscribe("news-" + kind)) {
            template.convertAndSend("news-" + kind, "extra");
            assertEquals("extra", subscription.next());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTransactedTemplateCommitsEachSendAndReceive(Connections kind) throws JMSException {
        JmsTemplate template = template(kind);
        template.setSessionTransacted(true);
        String queue = "transacted-" + kind;

        template.convertAndSend(queue, "one");
        template.convertAndSend(queue, "two");

        assertEquals("one", template.receiveAndConvert(queue));
        assertEquals(List.of("two"), plain.receiveAll(queue));
    }

    @ParameterizedTest
    @EnumSource
    void whatATransactionSentAndReceivedIsUndoneTogether(Connections kind) throws JMSException {
        ConnectionFactory connections = connections(kind);
        JmsTemplate template = new JmsTemplate(connections);
        template.setReceiveTimeout(WAIT_MS);
        TransactionTemplate transaction =
                new TransactionTemplate(new JmsTransactionManager(connections));
        String in = "unit-in-" + kind;
        String out = "unit-out-" + kind;
        plain.send(in, "work");

        assertThrows(
                IllegalStateException.class,
                () ->
                        transaction.executeWithoutResult(
                                status -> {
                                    template.convertAndSend(
                                            out, template.receiveAndConvert(in) + " half done");
                                    throw new IllegalStateException("on purpose");
                                }));
        assertEquals(List.of(), plain.receiveAll(out));
        boolean again =
                Boolean.TRUE.equals(
                        transaction.execute(
                                status -> {
                                    Message message = template.receive(in);
                                    template.convertAndSend(out, "done");
                                    return isRedelivered(message);
                                }));

        assertTrue(again, "what was rolled back comes with the redelivered flag");
        assertEquals(List.of("done"), plain.receiveAll(out));
        assertEquals(List.of(), plain.receiveAll(in));
    }

    private static boolean isRedelivered(Message message) {
        try {
            return message.getJMSRedelivered();
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theCacheConnectsAnewAfterTheBrokerWasKilled() throws JMSException {
        JmsTemplate template = template(Connections.CACHED);
        cache.setReconnectOnException(true);
        template.convertAndSend("restart", "before");

        broker.kill();
        broker.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptionsInstanceOf(JmsException.class)
                .until(
                        () -> {
                            template.convertAndSend("restart", "after");
                            return true;
                        });

        List<String> left = plain.receiveAll("restart");
        assertEquals("before", left.get(0));
        assertEquals("after", left.get(left.size() - 1));
    }

    /** The time of day, to compare with what messages say. */
    private static long wallClockMs() {
        return System.currentTimeMillis();
    }
}
