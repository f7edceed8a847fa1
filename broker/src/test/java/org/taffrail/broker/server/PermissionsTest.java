// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What an application hears that may not do something, from the real provider over a socket; and
 * that it goes on with what it may.
 */
class PermissionsTest {
    private static final String PASSWORD = "right";

    @TempDir private static Path folder;
    private static Broker broker;

    @BeforeAll
    static void start() throws Exception {
        UsersFile file = new UsersFile(folder.resolve("users"));
        PasswordHash hash = PasswordHash.of(PASSWORD, new byte[16], 1000);
        file.change(
                none ->
                        none.with("boss", hash)
                                .with("ann", hash)
                                .withRoles("boss", List.of("all"))
                                .withRoles("ann", List.of("clerks")));
        BrokerConfig config =
                BrokerConfig.defaults()
                        .with(
                                Map.ofEntries(
                                        Map.entry("port", "0"),
                                        Map.entry("security.usersFile", file.toString()),
                                        Map.entry("security.managers", "boss"),
                                        Map.entry("security.temporary", "all"),
                                        Map.entry("permissions.send", "all"),
                                        Map.entry("permissions.receive", "all"),
                                        Map.entry("permissions.browse", "all"),
                                        Map.entry("permissions.create", "all"),
                                        Map.entry("queue.desk.#.permissions.send", "clerks,all"),
                                        Map.entry("queue.desk.#.permissions.receive", "clerks,all"),
                                        Map.entry("queue.desk.#.permissions.create", "clerks,all"),
                                        Map.entry("topic.news.permissions.receive", "clerks,all")));
        broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
        try (JMSContext boss = context("boss")) {
            boss.createProducer().send(boss.createQueue("secret"), "one");
            boss.createProducer().send(boss.createQueue("desk.1"), "for the clerk");
        }
    }

    @AfterAll
    static void stop() {
        broker.stop();
    }

    private static TaffrailConnectionFactory factory() {
        return new TaffrailConnectionFactory(broker.address());
    }

    private static JMSContext context(String user) {
        return factory().createContext(user, PASSWORD);
    }

    private static void assertDenied(String text, Executable call) {
        JMSException denied = assertThrows(JMSSecurityException.class, call);
        assertEquals("NOT_PERMITTED", denied.getErrorCode());
        assertTrue(denied.getMessage().contains("user ann may not " + text), denied.getMessage());
    }

    private static void assertDeniedAtRunTime(String text, Executable call) {
        JMSSecurityRuntimeException denied = assertThrows(JMSSecurityRuntimeException.class, call);
        assertEquals("NOT_PERMITTED", denied.getErrorCode());
        assertTrue(denied.getMessage().contains("user ann may not " + text), denied.getMessage());
    }

    @Test
    void eachCallThrowsWhatTheSpecificationNamesAndTheSessionGoesOn() throws Exception {
        try (Connection connection = factory().createConnection("ann", PASSWORD)) {
            connection.setClientID("desk");
            connection.start();
            Session session = connection.createSession();
            Queue secret = session.createQueue("secret");
            Topic other = session.createTopic("other");
            MessageProducer anywhere = session.createProducer(null);
            Message message = session.createTextMessage("x");

            assertDenied("send to queue secret", () -> anywhere.send(secret, message));
            assertDenied(
                    "send to queue secret", () -> session.createProducer(secret).send(message));
            assertDenied("receive from queue secret", () -> session.createConsumer(secret));
            assertDenied(
                    "browse queue secret",
                    () -> session.createBrowser(secret).getEnumeration().hasMoreElements());
            assertDenied(
                    "browse queue secret",
                    () -> session.createConsumer(session.createQueue("secret?start=earliest")));
            assertDenied("receive from topic other", () -> session.createConsumer(other));
            assertDenied(
                    "receive from topic other", () -> session.createSharedConsumer(other, "s"));
            assertDenied(
                    "receive from topic other", () -> session.createDurableConsumer(other, "d"));
            assertDenied(
                    "receive from topic other",
                    () -> session.createSharedDurableConsumer(other, "sd"));
            assertDenied("make temporary", session::createTemporaryQueue);
            assertDenied("make temporary", session::createTemporaryTopic);
            assertDenied(
                    "create topic news", () -> session.createConsumer(session.createTopic("news")));
            Queue desk = session.createQueue("desk.1");
            assertEquals(
                    "for the clerk",
                    session.createConsumer(desk).receive(20_000).getBody(String.class));
            anywhere.send(session.createQueue("desk.2"), message);
        }
    }

    @Test
    void theSimplifiedApiThrowsTheUncheckedForms() {
        try (JMSContext context = context("ann")) {
            Queue secret = context.createQueue("secret");
            assertDeniedAtRunTime(
                    "send to queue secret", () -> context.createProducer().send(secret, "x"));
            assertDeniedAtRunTime(
                    "receive from queue secret", () -> context.createConsumer(secret));
            assertDeniedAtRunTime("make temporary", context::createTemporaryQueue);
            context.createProducer().send(context.createQueue("desk.3"), "x");
        }
    }

    @Test
    void aCompletionListenerAndATransactionHearOfItWithTheSend() throws Exception {
        try (Connection connection = factory().createConnection("ann", PASSWORD)) {
            Session session = connection.createSession();
            Message message = session.createTextMessage("x");
            Queue secret = session.createQueue("secret");
            CompletableFuture<Exception> heard = new CompletableFuture<>();
            CompletionListener listener =
                    new CompletionListener() {
                        @Override
                        public void onCompletion(Message sent) {
                            heard.complete(null);
                        }

                        @Override
                        public void onException(Message sent, Exception why) {
                            heard.complete(why);
                        }
                    };
            assertDenied(
                    "send to queue secret",
                    () -> {
                        session.createProducer(null).send(secret, message, listener);
                        throw (JMSException) heard.get(20, TimeUnit.SECONDS);
                    });

            Session transacted = connection.createSession(true, Session.SESSION_TRANSACTED);
            MessageProducer producer = transacted.createProducer(null);
            producer.send(transacted.createQueue("desk.4"), message);
            assertDenied("send to queue secret", () -> producer.send(secret, message));
            transacted.commit(); // what was denied was no part of it
        }
    }

    @Test
    void unsubscribingNeedsWhatSubscribingNeeds() throws Exception {
        try (JMSContext boss = context("boss")) {
            boss.setClientID("shared id");
            boss.createDurableConsumer(boss.createTopic("other"), "d").close();
        }
        try (Connection connection = factory().createConnection("ann", PASSWORD)) {
            connection.setClientID("shared id");
            Session session = connection.createSession();
            assertDenied("use the subscription 'd'", () -> session.unsubscribe("d"));
            assertDenied(
                    "use the subscription 'd'",
                    () -> session.createDurableConsumer(session.createTopic("news"), "d"));
        }
        try (JMSContext boss = context("boss")) {
            boss.setClientID("shared id");
            boss.unsubscribe("d");
        }
    }

    @Test
    void whoMayNotImportIsToldWhichKeysToLookAt() {
        TaffrailConnectionFactory liar =
                new TaffrailConnectionFactory(broker.address() + "?jms.importMessages=true");
        JMSException denied =
                assertThrows(
                        JMSSecurityException.class, () -> liar.createConnection("ann", PASSWORD));
        assertTrue(denied.getMessage().contains("permissions.import"), denied.getMessage());
    }
}
