// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.TransactionRolledBackException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.ConnectionUrl;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What sessions ask of a link, in which order, and what they do while answers are missing. */
@Timeout(30)
class SessionCoreTest {
    private final List<RecordingLink> links = new ArrayList<>();
    private final List<ConnectionUrl> urls = new ArrayList<>();
    private RuntimeException refusal;
    private Connection connection;
    private RecordingLink link;

    private interface Work<T> {
        T run() throws JMSException;
    }

    @BeforeEach
    void connect() throws JMSException {
        TaffrailConnectionFactory factory =
                new TaffrailConnectionFactory(
                        "taffrail://localhost?jms.prefetch=4",
                        (url, listener) -> {
                            RecordingLink made = new RecordingLink(listener);
                            if (refusal != null) {
                                made.refuse("open", refusal);
                            }
                            urls.add(url);
                            links.add(made);
                            return made;
                        });
        connection = factory.createConnection();
        link = links.get(0);
    }

    private MessageConsumer consumer(Session session) throws JMSException {
        MessageConsumer consumer = session.createConsumer(session.createQueue("q"));
        connection.start();
        return consumer;
    }

    private static String text(Message message) throws JMSException {
        return ((TextMessage) message).getText();
    }

    private static <T> CompletableFuture<T> async(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                result.complete(work.run());
                            } catch (JMSException | RuntimeException e) {
                                result.completeExceptionally(e);
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    @Test
    void rollsBackBehindTheCreditAndBeforeWhatWaits() throws Exception {
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = consumer(session);
        link.deliver(1, 1, "1");
        link.deliver(1, 2, "2");
        link.deliver(1, 3, "3");
        assertEquals("1", text(consumer.receive()));
        link.calls();
        CompletableFuture<Void> rolledBack = link.park("rollback");

        CompletableFuture<Object> rollback =
                async(
                        () -> {
                            session.rollback();
                            return null;
                        });

        List<String> calls = new ArrayList<>();
        await().until(() -> calls.addAll(link.calls()) && calls.contains("drain 1 0"));
        assertEquals(
                List.of(
                        "reset 1",
                        "ACCEPT 1 tx=1 [1, 1]",
                        "rollback 1",
                        "RELEASE_UNSEEN 1 [2, 3]",
                        "drain 1 0"),
                calls);
        link.deliver(1, 4, "late");
        assertFalse(rollback.isDone());
        rolledBack.complete(null);
        rollback.get(10, TimeUnit.SECONDS);
        assertEquals(List.of("RELEASE_UNSEEN 1 [4, 4]", "credit 1 4"), link.calls());
    }

    @Test
    void tellsAtOnceThatItTakesInATransactionWhatComesAgain() throws Exception {
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = consumer(session);
        link.deliver(1, 1, "1");
        link.redeliver(1, 2, "2");
        link.deliver(1, 3, "3");
        consumer.receive();
        link.calls();

        assertEquals("2", text(consumer.receive()));
        assertEquals(List.of("ACCEPT 1 tx=1 [1, 2]"), accepts());
        consumer.receive();
        assertEquals(List.of(), accepts());
        session.commit();
        assertEquals(List.of("ACCEPT 1 tx=1 [3, 3]"), accepts());
    }

    private List<String> accepts() {
        return link.calls().stream().filter(call -> call.startsWith("ACCEPT")).toList();
    }

    @Test
    void rollsBackADoomedTransactionInsteadOfCommitting() throws Exception {
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        MessageProducer producer = session.createProducer(session.createQueue("q"));
        producer.send(session.createMessage());
        link.answerSend(new WireException(ErrorCode.NO_ROOM, "on purpose"));
        link.calls();

        TransactionRolledBackException failure =
                assertThrows(TransactionRolledBackException.class, session::commit);

        assertTrue(failure.getMessage().contains("on purpose"), failure.getMessage());
        assertEquals(List.of("rollback 1"), link.calls());
        producer.send(session.createMessage());
        session.commit();
        assertEquals(List.of("send tx=2", "commit 2"), link.calls());
    }

    @Test
    void rewindsWhenTheBrokerRollsBackInsteadOfCommitting() throws Exception {
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = consumer(session);
        link.deliver(1, 1, "1");
        link.deliver(1, 2, "2");
        consumer.receive();
        link.refuse("commit", new WireException(ErrorCode.TRANSACTION_DOOMED, "on purpose"));
        link.calls();

        assertThrows(TransactionRolledBackException.class, session::commit);

        assertEquals(
                List.of(
                        "ACCEPT 1 tx=1 [1, 1]",
                        "commit 1",
                        "reset 1",
                        "RELEASE_UNSEEN 1 [2, 2]",
                        "drain 1 0",
                        "credit 1 4"),
                link.calls());
    }

    @Test
    void asksNothingForAnEmptyTransaction() throws Exception {
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        session.commit();
        session.rollback();
        session.close();
        assertEquals(List.of("open"), link.calls());
    }

    @Test
    void waitsForPersistentSendsOnly() throws Exception {
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(session.createQueue("q"));
        producer.setDeliveryMode(jakarta.jms.DeliveryMode.NON_PERSISTENT);
        producer.send(session.createMessage());
        link.answerSend(null);

        producer.setDeliveryMode(jakarta.jms.DeliveryMode.PERSISTENT);
        CompletableFuture<Object> sent =
                async(
                        () -> {
                            producer.send(session.createMessage());
                            return null;
                        });
        await().until(() -> link.unansweredSends() == 1);
        assertFalse(sent.isDone());
        link.answerSend(null);
        sent.get(10, TimeUnit.SECONDS);
    }

    @Test
    void asksForADestinationOnce() throws Exception {
        Session session = connection.createSession();
        link.calls();
        for (int i = 0; i < 3; i++) {
            session.createProducer(session.createQueue("q")).close();
        }
        assertEquals(List.of("resolve q"), link.calls());
    }

    @Test
    void drainsBeforeItSaysThatThereIsNothing() throws Exception {
        Session session = connection.createSession();
        MessageConsumer consumer = consumer(session);
        CompletableFuture<Void> drained = link.park("drain");

        CompletableFuture<Message> received = async(consumer::receiveNoWait);
        await().until(() -> link.calls().contains("drain 1 0"));
        assertFalse(received.isDone());
        link.deliver(1, 1, "just in time");
        drained.complete(null);

        assertEquals("just in time", text(received.get(10, TimeUnit.SECONDS)));
        assertTrue(link.calls().contains("ACCEPT 1 [1, 1]"));
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void putsAcknowledgementsOffWhereDuplicatesAreFine() throws Exception {
        Session session = connection.createSession(Session.DUPS_OK_ACKNOWLEDGE);
        MessageConsumer consumer = consumer(session);
        link.deliver(1, 1, "1");
        link.deliver(1, 2, "2");
        consumer.receive();
        consumer.receive();
        assertFalse(link.calls().stream().anyMatch(call -> call.startsWith("ACCEPT")));

        session.close();

        assertTrue(link.calls().contains("ACCEPT 1 [1, 2] confirmed"));
    }

    @Test
    void endsWithWhatTheApplicationDidNotAcknowledge() throws Exception {
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = consumer(session);
        link.deliver(1, 1, "1");
        link.deliver(1, 2, "2");
        consumer.receive();
        link.calls();

        session.close();

        assertEquals(
                List.of(
                        "reset 1",
                        "RELEASE_SEEN 1 [1, 1] confirmed",
                        "RELEASE_UNSEEN 1 [2, 2]",
                        "detach 1"),
                link.calls());
    }

    @Test
    void opensAnotherLinkForALateClientId() throws Exception {
        assertNull(urls.get(0).options().get(ConnectionOptions.CLIENT_ID));

        connection.setClientID("mine");

        assertEquals("mine", urls.get(1).options().get(ConnectionOptions.CLIENT_ID));
        assertEquals(List.of("open", "close"), link.calls());
        link.lose(new WireException(ErrorCode.CONNECTION_LOST, "the former link"));
        connection.createSession();
    }

    @Test
    void keepsItsLinkWhenAClientIdIsRefused() throws Exception {
        refusal = new WireException(ErrorCode.CLIENT_ID_IN_USE, "on purpose");

        assertThrows(InvalidClientIDException.class, () -> connection.setClientID("taken"));

        assertEquals(List.of("open"), link.calls());
        assertEquals(List.of("open", "close"), links.get(1).calls());
        assertNull(connection.getClientID());
        refusal = null;
        connection.setClientID("free");
        assertEquals("free", connection.getClientID());
    }

    @Test
    void tellsOfALossOnceOnAThreadOfItsOwn() throws Exception {
        List<Object> heard = new CopyOnWriteArrayList<>();
        connection.setExceptionListener(
                failure -> {
                    heard.add(failure.getErrorCode());
                    heard.add(Thread.currentThread());
                });
        Session session = connection.createSession();
        MessageConsumer consumer = consumer(session);
        CompletableFuture<Message> received = async(consumer::receive);

        link.lose(new java.io.IOException("on purpose"));

        Exception failure = assertThrows(Exception.class, () -> received.get(10, TimeUnit.SECONDS));
        assertInstanceOf(JMSException.class, failure.getCause());
        await().until(() -> heard.size() == 2);
        assertEquals("CONNECTION_LOST", heard.get(0));
        assertNotSame(Thread.currentThread(), heard.get(1));
        assertThrows(JMSException.class, connection::createSession);
        connection.close();
        assertSame(2, heard.size());
    }

    @Test
    void tellsOfALossOnceHoweverManySendsItHasCost() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        connection.setExceptionListener(failure -> heard.add(failure.getMessage()));
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(session.createQueue("q"));
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.send(session.createMessage());
        producer.send(session.createMessage());
        producer.send(session.createMessage());
        link.answerSend(new WireException(ErrorCode.NO_ROOM, "refused"));
        WireException lost = new WireException(ErrorCode.CONNECTION_LOST, "lost");

        link.answerSend(lost);
        link.answerSend(lost);
        link.lose(lost);

        await().until(() -> heard.size() >= 2);
        connection.close();
        assertEquals(2, heard.size(), heard.toString());
        assertTrue(heard.get(0).startsWith("refused"), heard.toString());
        assertTrue(heard.get(1).startsWith("lost"), heard.toString());
    }

    @Test
    void closesWithoutAnErrorWhenAnswersFailBeforeTheLossIsTold() throws Exception {
        Session session = connection.createSession();
        MessageConsumer consumer = consumer(session);
        consumer(session);
        link.refuse("detach", new WireException(ErrorCode.CONNECTION_LOST, "on purpose"));

        consumer.close();
        session.close();

        Session refused = connection.createSession();
        consumer(refused);
        link.refuse("detach", new WireException(ErrorCode.INTERNAL, "on purpose"));
        assertThrows(JMSException.class, refused::close);
    }

    @Test
    void doesNotWaitForItselfWhenAListenerClosesItsConsumer() throws Exception {
        Session session = connection.createSession();
        MessageConsumer consumer = consumer(session);
        CompletableFuture<Object> closed = new CompletableFuture<>();
        consumer.setMessageListener(
                message -> {
                    try {
                        consumer.close();
                        closed.complete("closed");
                    } catch (JMSException e) {
                        closed.completeExceptionally(e);
                    }
                });
        link.calls();

        link.deliver(1, 1, "1");

        assertEquals("closed", closed.get(10, TimeUnit.SECONDS));
        List<String> calls = new ArrayList<>();
        await().until(() -> calls.addAll(link.calls()) && calls.contains("ACCEPT 1 [1, 1]"));
        assertTrue(calls.indexOf("detach 1") < calls.indexOf("ACCEPT 1 [1, 1]"), calls::toString);
    }
}
