// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jms.JmsException;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.jms.core.JmsClient;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * What applications do with Spring's {@link JmsTemplate}. A template makes a connection, a session
 * and a producer or consumer for each call, unless its factory keeps them: hence this contract,
 * which holds for every way to keep them.
 */
@Tag("real-clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("the server of this contract")
abstract class JmsTemplateContract {
    private static final long RECEIVE_MS_MAX = 15_000;

    @RegisterExtension static final ServerUnderTest SERVER = new ServerUnderTest();

    private ConnectionFactory factory;
    private Witness witness;

    /** The factory for templates, around the provider's own. */
    abstract ConnectionFactory around(ConnectionFactory provider);

    /** Gives up what {@link #around} has opened. */
    abstract void giveUp(ConnectionFactory factory);

    @BeforeAll
    void makeFactory() {
        factory = around(SERVER.connectionFactory());
        witness = SERVER.witness();
    }

    @AfterAll
    void giveUpFactory() {
        giveUp(factory);
    }

    private JmsTemplate template() {
        JmsTemplate template = new JmsTemplate(factory);
        template.setReceiveTimeout(RECEIVE_MS_MAX);
        return template;
    }

    @Test
    void convertsEveryKindOfBodyBothWays() {
        JmsTemplate template = template();
        byte[] bytes = "bytes".getBytes(UTF_8);

        template.convertAndSend("template.bodies", "text");
        template.convertAndSend("template.bodies", Map.of("port", "Kiel", "berths", 12));
        template.convertAndSend("template.bodies", bytes);
        template.convertAndSend("template.bodies", 4711L);

        assertEquals("text", template.receiveAndConvert("template.bodies"));
        assertEquals(
                Map.of("port", "Kiel", "berths", 12),
                template.receiveAndConvert("template.bodies"));
        assertArrayEquals(bytes, (byte[]) template.receiveAndConvert("template.bodies"));
        assertEquals(4711L, template.receiveAndConvert("template.bodies"));
    }

    @Test
    void sendsTheMessageThatACreatorMakes() throws JMSException {
        template()
                .send(
                        "template.creator",
                        session -> {
                            MapMessage message = session.createMapMessage();
                            message.setDouble("draught", 4.5);
                            message.setStringProperty("flag", "red");
                            message.setJMSCorrelationID("voyage-7");
                            message.setJMSType("arrival");
                            return message;
                        });

        Message sent = witness.take("template.creator");
        assertEquals(4.5, assertInstanceOf(MapMessage.class, sent).getDouble("draught"));
        assertEquals("red", sent.getStringProperty("flag"));
        assertEquals("voyage-7", sent.getJMSCorrelationID());
        assertEquals("arrival", sent.getJMSType());
        assertEquals(DeliveryMode.PERSISTENT, sent.getJMSDeliveryMode());
    }

    @Test
    void keepsTheOrderOfManySends() {
        JmsTemplate template = template();
        List<String> texts = IntStream.range(0, 200).mapToObj(Integer::toString).toList();

        texts.forEach(text -> template.convertAndSend("template.order", text));

        assertEquals(texts, witness.takeTexts("template.order", texts.size()));
    }

    @Test
    void takesOneMessageAtATimeAndLeavesTheRestInOrder() {
        JmsTemplate template = template();
        witness.send("template.one", "a", "b", "c", "d");

        assertEquals("a", template.receiveAndConvert("template.one"));
        assertEquals("b", template.receiveAndConvert("template.one"));

        assertEquals(List.of("c", "d"), witness.takeTexts("template.one", 2));
    }

    @Test
    void returnsNullWhenNothingComes() {
        JmsTemplate template = template();

        template.setReceiveTimeout(JmsTemplate.RECEIVE_TIMEOUT_NO_WAIT);
        assertNull(template.receive("template.nothing"));
        template.setReceiveTimeout(50);
        assertNull(template.receive("template.nothing"));
    }

    @Test
    void receivesOnlyWhatItSelects() {
        JmsTemplate template = template();
        witness.sendWith("colour", "green", "template.selected", "g");
        witness.sendWith("colour", "red", "template.selected", "r");

        assertEquals(
                "r", template.receiveSelectedAndConvert("template.selected", "colour = 'red'"));
        assertEquals("g", witness.takeText("template.selected"));
    }

    @Test
    void browsesAndTakesNothing() {
        JmsTemplate template = template();
        witness.send("template.browsed", "a", "b");
        witness.sendWith("colour", "red", "template.browsed", "c");

        assertEquals(
                List.of("a", "b", "c"),
                template.browse("template.browsed", (session, browser) -> textsOf(browser)));
        assertEquals(
                List.of("c"),
                template.browseSelected(
                        "template.browsed",
                        "colour = 'red'",
                        (session, browser) -> textsOf(browser)));

        assertEquals(List.of("a", "b", "c"), witness.takeTexts("template.browsed", 3));
    }

    private static List<String> textsOf(QueueBrowser browser) throws JMSException {
        List<String> texts = new ArrayList<>();
        Enumeration<?> messages = browser.getEnumeration();
        while (messages.hasMoreElements()) {
            texts.add(Witness.textOf((Message) messages.nextElement()));
        }
        return texts;
    }

    @Test
    void getsTheAnswerToItsRequestOverATemporaryQueue() throws JMSException {
        JmsTemplate template = template();
        CompletableFuture<Message> seen =
                CompletableFuture.supplyAsync(() -> witness.answer("template.request", "pong"));

        Message reply =
                template.sendAndReceive(
                        "template.request", session -> session.createTextMessage("ping"));

        assertEquals("pong", Witness.textOf(reply));
        Message request = seen.join();
        assertEquals("ping", Witness.textOf(request));
        assertInstanceOf(TemporaryQueue.class, request.getJMSReplyTo());
    }

    @Test
    void findsTheAnswersOfManyRequestsEachItsOwn() {
        JmsTemplate template = template();

        for (int i = 0; i < 10; i++) {
            String answer = "answer " + i;
            CompletableFuture<Message> seen =
                    CompletableFuture.supplyAsync(() -> witness.answer("template.many", answer));
            Message reply =
                    template.sendAndReceive(
                            "template.many", session -> session.createTextMessage("request"));
            assertEquals(answer, Witness.textOf(reply));
            seen.join();
        }
    }

    @Test
    void getsNoAnswerInTimeWithoutAnError() {
        JmsTemplate template = template();
        template.setReceiveTimeout(50);

        assertNull(
                template.sendAndReceive(
                        "template.unanswered", session -> session.createTextMessage("anyone?")));
        assertEquals("anyone?", witness.takeText("template.unanswered"));
    }

    @Test
    void sendsAndReceivesInTransactionsOfItsOwn() {
        JmsTemplate template = template();
        template.setSessionTransacted(true);

        template.convertAndSend("template.transacted", "one");

        assertEquals("one", template.receiveAndConvert("template.transacted"));
        witness.seesNothingIn("template.transacted");
    }

    @Test
    void acknowledgesForAClientAcknowledgingSession() {
        JmsTemplate template = template();
        template.setSessionAcknowledgeMode(Session.CLIENT_ACKNOWLEDGE);
        witness.send("template.client", "one", "two");

        assertEquals("one", template.receiveAndConvert("template.client"));

        assertEquals("two", witness.takeText("template.client"));
        witness.seesNothingIn("template.client");
    }

    @Test
    void setsPrioritySoThatTheUrgentOvertake() throws JMSException {
        JmsTemplate template = template();
        template.setExplicitQosEnabled(true);
        template.convertAndSend("template.priority", "usual");
        template.setPriority(9);
        template.convertAndSend("template.priority", "urgent");

        Message first = witness.take("template.priority");
        assertEquals("urgent", Witness.textOf(first));
        assertEquals(9, first.getJMSPriority());
        assertEquals("usual", witness.takeText("template.priority"));
    }

    @Test
    void setsATimeToLiveAfterWhichTheMessageIsGone() throws JMSException {
        JmsTemplate template = template();
        template.setExplicitQosEnabled(true);
        template.setTimeToLive(60_000);
        template.convertAndSend("template.ttl", "lives");
        Message lives = witness.take("template.ttl");
        assertEquals(60_000, lives.getJMSExpiration() - lives.getJMSTimestamp());

        template.setTimeToLive(20);
        template.convertAndSend("template.ttl", "short-lived");
        long end = System.currentTimeMillis() + 20;
        Awaitility.await().until(() -> System.currentTimeMillis() > end);
        witness.seesNothingIn("template.ttl");
    }

    @Test
    void setsADeliveryDelayBeforeWhichNobodyGetsTheMessage() throws JMSException {
        JmsTemplate template = template();
        template.setDeliveryDelay(Duration.ofHours(1).toMillis());
        template.convertAndSend("template.delay", "in an hour");
        template.setDeliveryDelay(-1);
        template.convertAndSend("template.delay", "now");

        assertEquals("now", template.receiveAndConvert("template.delay"));
        template.setDeliveryDelay(300);
        long start = System.currentTimeMillis();
        template.convertAndSend("template.delay", "later");
        Message later = template.receive("template.delay");
        assertEquals("later", Witness.textOf(later));
        assertTrue(System.currentTimeMillis() - start >= 300);
        assertTrue(later.getJMSDeliveryTime() - start >= 300);
    }

    @Test
    void sendsNonPersistently() throws JMSException {
        JmsTemplate template = template();
        template.setExplicitQosEnabled(true);
        template.setDeliveryPersistent(false);

        template.convertAndSend("template.volatile", "light");

        assertEquals(
                DeliveryMode.NON_PERSISTENT,
                witness.take("template.volatile").getJMSDeliveryMode());
    }

    @Test
    void publishesOnATopic() {
        JmsTemplate template = template();
        template.setPubSubDomain(true);
        try (JMSContext context = SERVER.connectionFactory().createContext();
                JMSConsumer one = context.createConsumer(context.createTopic("template.topic"));
                JMSConsumer two = context.createConsumer(context.createTopic("template.topic"))) {

            template.convertAndSend("template.topic", "to all");

            assertEquals("to all", one.receiveBody(String.class, RECEIVE_MS_MAX));
            assertEquals("to all", two.receiveBody(String.class, RECEIVE_MS_MAX));
        }
    }

    @Test
    void commitsOrRollsBackAllThatATransactionTemplateDoes() {
        JmsTemplate template = template();
        JmsTransactionManager manager = new JmsTransactionManager(factory);
        TransactionTemplate transaction = new TransactionTemplate(manager);
        witness.send("template.tx.in", "order");

        assertThrows(
                IllegalStateException.class,
                () ->
                        transaction.executeWithoutResult(
                                status -> {
                                    assertEquals(
                                            "order", template.receiveAndConvert("template.tx.in"));
                                    template.convertAndSend("template.tx.out", "half done");
                                    witness.seesNothingIn("template.tx.out");
                                    throw new IllegalStateException("no");
                                }));
        witness.seesNothingIn("template.tx.out");

        transaction.executeWithoutResult(
                status -> {
                    Message again = template.receive("template.tx.in");
                    assertNotNull(again);
                    assertRedelivered(again);
                    template.convertAndSend("template.tx.out", "confirmation");
                    template.convertAndSend("template.tx.out", "invoice");
                });
        assertEquals(List.of("confirmation", "invoice"), witness.takeTexts("template.tx.out", 2));
        witness.seesNothingIn("template.tx.in");
    }

    private static void assertRedelivered(Message message) {
        try {
            assertTrue(message.getJMSRedelivered());
            assertEquals(2, message.getIntProperty("JMSXDeliveryCount"));
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void forwardsAReceivedMessageWithItsProperties() throws JMSException {
        JmsTemplate template = template();
        witness.sendWith("colour", "blue", "template.forward.in", "parcel");

        Message received = template.receive("template.forward.in");
        template.send("template.forward.out", session -> received);

        Message forwarded = witness.take("template.forward.out");
        assertEquals("parcel", assertInstanceOf(TextMessage.class, forwarded).getText());
        assertEquals("blue", forwarded.getStringProperty("colour"));
        assertFalse(forwarded.getJMSRedelivered());
    }

    @Test
    void worksUnderTheJmsClientToo() {
        JmsClient client = JmsClient.create(factory);
        CompletableFuture<Message> seen =
                CompletableFuture.supplyAsync(() -> witness.answer("client.request", "pong"));

        client.destination("client.queue").withPriority(7).send("text", Map.of("colour", "red"));
        assertEquals(
                "text",
                client.destination("client.queue")
                        .withReceiveTimeout(RECEIVE_MS_MAX)
                        .receive("colour = 'red' AND JMSPriority = 7", String.class)
                        .orElseThrow());
        assertEquals(
                "pong",
                client.destination("client.request")
                        .withReceiveTimeout(RECEIVE_MS_MAX)
                        .sendAndReceive("ping", String.class)
                        .orElseThrow());
        assertEquals("ping", Witness.textOf(seen.join()));
    }

    @Test
    void connectsAnewAfterTheServerWasKilledAndStartedAgain() {
        JmsTemplate template = template();
        template.convertAndSend("template.restart", "before");

        SERVER.server().kill();
        assertThrows(JmsException.class, () -> template.convertAndSend("template.restart", "lost"));
        SERVER.server().start();
        // what is kept hears of the loss a moment later
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(JmsException.class)
                .until(
                        () -> {
                            template.convertAndSend("template.restart", "after");
                            return true;
                        });

        assertEquals(List.of("before", "after"), witness.takeTexts("template.restart", 2));
        witness.seesNothingIn("template.restart");
    }
}
