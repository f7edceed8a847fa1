// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.InvalidSelectorRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** What a browser shows of a queue (Jakarta Messaging 4.1.6), and that it takes nothing. */
class BrowserTest extends ClientTest {
    private Connection connection;
    private Session session;
    private Queue queue;

    /** The connection is not started: a browser needs no deliveries. */
    @BeforeEach
    void connectToBrowse() throws JMSException {
        connection = connect();
        session = connection.createSession();
        queue = queue(session);
    }

    private static List<String> rest(Enumeration<?> messages) throws JMSException {
        List<String> texts = new ArrayList<>();
        while (messages.hasMoreElements()) {
            texts.add(text((Message) messages.nextElement()));
        }
        return texts;
    }

    private List<String> browse() throws JMSException {
        try (QueueBrowser browser = session.createBrowser(queue)) {
            return rest(browser.getEnumeration());
        }
    }

    private static void assertIllegal(Executable... calls) {
        for (Executable call : calls) {
            assertThrows(IllegalStateException.class, call);
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toList();
    }

    @Test
    void showsTheQueueAgainAndAgainAndTakesNothing() throws Exception {
        send(queue, "1", "2", "3");
        QueueBrowser browser = session.createBrowser(queue);

        assertEquals(List.of("1", "2", "3"), rest(browser.getEnumeration()));
        assertEquals(List.of("1", "2", "3"), rest(browser.getEnumeration()));
        send(queue, "4");
        assertEquals(List.of("1", "2", "3", "4"), rest(browser.getEnumeration()));

        connection.start();
        MessageConsumer consumer = session.createConsumer(queue);
        assertDelivered(consumer.receive(PATIENCE_MS), "1", 1);
        assertEquals(List.of("2", "3", "4"), texts(consumer, 3));
    }

    @Test
    void saysWhatItBrowses() throws Exception {
        QueueBrowser all = session.createBrowser(queue);
        QueueBrowser some = session.createBrowser(queue, "a = 1");

        assertEquals(queue, all.getQueue());
        assertNull(all.getMessageSelector());
        assertEquals("a = 1", some.getMessageSelector());
        assertNull(session.createBrowser(queue, "").getMessageSelector());
    }

    @Test
    void endsWithNoSuchElement() throws Exception {
        send(queue, "1");
        Enumeration<?> messages = session.createBrowser(queue).getEnumeration();

        assertEquals("1", text((Message) messages.nextElement()));
        assertThrows(NoSuchElementException.class, messages::nextElement);
        assertFalse(messages.hasMoreElements());
        Enumeration<?> none = session.createBrowser(session.createQueue("none")).getEnumeration();
        assertFalse(none.hasMoreElements());
        assertThrows(NoSuchElementException.class, none::nextElement);
    }

    @Test
    void goesByPriorityAndThenByTheOrderOfSending() throws Exception {
        MessageProducer producer = session.createProducer(queue);
        for (int priority : new int[] {4, 0, 9, 4, 9}) {
            producer.setPriority(priority);
            producer.send(session.createTextMessage("p" + priority));
        }

        assertEquals(List.of("p9", "p9", "p4", "p4", "p0"), browse());
    }

    @Test
    void showsWhatItsSelectorSelects() throws Exception {
        MessageProducer producer = session.createProducer(queue);
        for (int i = 0; i < 100; i++) {
            TextMessage message = session.createTextMessage("m" + i);
            message.setIntProperty("rest", i % 10);
            producer.send(message);
        }

        QueueBrowser browser = session.createBrowser(queue, "rest = 7");

        List<String> sevens = IntStream.range(0, 10).mapToObj(i -> "m" + i + "7").toList();
        assertEquals(
                sevens.stream().map(each -> each.replace("m07", "m7")).toList(),
                rest(browser.getEnumeration()));
        assertEquals(100, browse().size());
    }

    @Test
    void leavesOutWhatIsHeldAndShowsItWhenItIsBack() throws Exception {
        send(queue, "1", "2", "3");
        Connection other = started("jms.prefetch=1");
        Session transacted = other.createSession(true, Session.SESSION_TRANSACTED);
        MessageConsumer consumer = transacted.createConsumer(queue);
        assertEquals(List.of("1"), texts(consumer, 1));
        consumer.close();

        assertEquals(List.of("2", "3"), browse());

        transacted.rollback();
        Enumeration<?> messages = session.createBrowser(queue).getEnumeration();
        assertDelivered((Message) messages.nextElement(), "1", 2);
        assertDelivered((Message) messages.nextElement(), "2", 1);
        assertEquals(List.of("3"), rest(messages));
    }

    @Test
    void leavesOutWhatMayNotBeDeliveredYetAndWhatMayNotAnyMore() throws Exception {
        MessageProducer producer = session.createProducer(queue);
        producer.setTimeToLive(1);
        producer.send(session.createTextMessage("expired"));
        producer.setTimeToLive(0);
        producer.setDeliveryDelay(600_000);
        producer.send(session.createTextMessage("delayed"));
        producer.setDeliveryDelay(0);
        producer.send(session.createTextMessage("ready"));

        Awaitility.await().until(() -> browse().equals(List.of("ready")));
    }

    @Test
    void seesUncommittedMessagesOfNobody() throws Exception {
        Session transacted = connection.createSession(true, Session.SESSION_TRANSACTED);
        transacted.createProducer(queue).send(transacted.createTextMessage("1"));
        assertEquals(List.of(), rest(transacted.createBrowser(queue).getEnumeration()));

        transacted.commit();

        assertEquals(List.of("1"), rest(transacted.createBrowser(queue).getEnumeration()));
        transacted.rollback();
        assertEquals(List.of("1"), browse());
    }

    @Test
    void showsALongQueueInPortions() throws Exception {
        Session transacted = connection.createSession(true, Session.SESSION_TRANSACTED);
        MessageProducer producer = transacted.createProducer(queue);
        for (int i = 0; i < 5000; i++) {
            producer.send(transacted.createTextMessage("m" + i));
        }
        transacted.commit();

        assertEquals(numbers(0, 5000), browse());
        Connection narrow = connect("jms.prefetch=0", "jms.prefetchBytes=4096");
        QueueBrowser browser = narrow.createSession().createBrowser(queue);
        assertEquals(numbers(0, 5000), rest(browser.getEnumeration()));
    }

    @Test
    void showsMessagesThatAreLargerThanAPortion() throws Exception {
        String large = "x".repeat(500_000);
        for (int i = 0; i < 5; i++) {
            send(queue, large + i);
        }

        QueueBrowser browser =
                connect("jms.prefetchBytes=4096").createSession().createBrowser(queue);

        List<String> texts = rest(browser.getEnumeration());
        assertEquals(5, texts.size());
        assertEquals(large + 4, texts.get(4));
    }

    @Test
    void acknowledgesNothing() throws Exception {
        send(queue, "1", "2");
        connection.start();
        Session acknowledging = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Enumeration<?> messages = acknowledging.createBrowser(queue).getEnumeration();

        ((Message) messages.nextElement()).acknowledge();
        acknowledging.recover();
        assertEquals(List.of("2"), rest(messages));
        acknowledging.close();

        assertEquals(List.of("1", "2"), texts(session.createConsumer(queue), 2));
    }

    @Test
    void leavesConsumersAloneWhileItIsHalfWay() throws Exception {
        send(queue, numbers(0, 40).toArray(String[]::new));
        Enumeration<?> messages = session.createBrowser(queue).getEnumeration();
        assertEquals("m0", text((Message) messages.nextElement()));

        try (Connection other = started()) {
            MessageConsumer consumer = other.createSession().createConsumer(queue);
            assertEquals(numbers(0, 40), texts(consumer, 40));
        }

        List<String> left = rest(messages);
        assertEquals(numbers(1, 1 + left.size()), left, "what it had got before");
        assertEquals(List.of(), browse());
    }

    @Test
    void letsSeveralEnumerationsGoOnSideBySide() throws Exception {
        send(queue, numbers(0, 30).toArray(String[]::new));
        QueueBrowser browser = session.createBrowser(queue);
        Enumeration<?> one = browser.getEnumeration();
        Enumeration<?> two = browser.getEnumeration();

        for (int i = 0; i < 30; i++) {
            assertEquals("m" + i, text((Message) one.nextElement()));
            assertEquals("m" + i, text((Message) two.nextElement()));
        }
        assertFalse(one.hasMoreElements() || two.hasMoreElements());
        for (int i = 0; i < 100; i++) {
            assertTrue(browser.getEnumeration().hasMoreElements(), "never at its end");
        }
    }

    @Test
    void whatIsClosedThrows() throws Exception {
        send(queue, "1", "2");
        QueueBrowser browser = session.createBrowser(queue);
        Enumeration<?> messages = browser.getEnumeration();
        messages.nextElement();

        browser.close();
        browser.close();
        assertIllegal(browser::getEnumeration, browser::getQueue, browser::getMessageSelector);
        assertThrows(IllegalStateRuntimeException.class, messages::hasMoreElements);
        assertThrows(IllegalStateRuntimeException.class, messages::nextElement);

        QueueBrowser ofSession = session.createBrowser(queue);
        Enumeration<?> halfWay = ofSession.getEnumeration();
        halfWay.nextElement();
        session.close();
        assertIllegal(
                ofSession::getEnumeration, ofSession::getQueue, ofSession::getMessageSelector);
        assertThrows(IllegalStateRuntimeException.class, halfWay::hasMoreElements);
        ofSession.close();

        Connection other = connect();
        QueueBrowser ofConnection = other.createSession().createBrowser(queue);
        Enumeration<?> begun = ofConnection.getEnumeration();
        other.close();
        assertIllegal(ofConnection::getEnumeration);
        assertThrows(IllegalStateRuntimeException.class, begun::nextElement);
        ofConnection.close();
    }

    @Test
    void whatIsNoQueueOrSelectorIsRefusedAtOnce() throws Exception {
        assertThrows(InvalidDestinationException.class, () -> session.createBrowser(null));
        assertThrows(InvalidDestinationException.class, () -> session.createBrowser(null, "a = 1"));
        assertThrows(InvalidSelectorException.class, () -> session.createBrowser(queue, "a ="));
        TemporaryQueue others = connect().createSession().createTemporaryQueue();
        assertThrows(InvalidDestinationException.class, () -> session.createBrowser(others));
        TemporaryQueue gone = session.createTemporaryQueue();
        gone.delete();
        assertThrows(InvalidDestinationException.class, () -> session.createBrowser(gone));
    }

    @Test
    void doesNotKeepATemporaryQueue() throws Exception {
        TemporaryQueue temporary = session.createTemporaryQueue();
        send(temporary, numbers(0, 100).toArray(String[]::new));
        Enumeration<?> messages = session.createBrowser(temporary).getEnumeration();
        assertEquals("m0", text((Message) messages.nextElement()));

        temporary.delete();

        JMSRuntimeException failure =
                assertThrows(InvalidDestinationRuntimeException.class, () -> rest(messages));
        assertEquals("NO_SUCH_DESTINATION", failure.getErrorCode());
        assertEquals(List.of(), browse(), "the connection lives");
    }

    @Test
    void manyTemporaryQueuesMayGoWhileTheyAreBrowsed() throws Exception {
        for (int i = 0; i < 50; i++) {
            TemporaryQueue temporary = session.createTemporaryQueue();
            send(temporary, numbers(0, 20).toArray(String[]::new));
            Enumeration<?> messages = session.createBrowser(temporary).getEnumeration();
            CompletableFuture<List<String>> all =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return rest(messages);
                                } catch (InvalidDestinationRuntimeException e) {
                                    return List.of("gone");
                                } catch (JMSException e) {
                                    throw new AssertionError(e);
                                }
                            });
            temporary.delete();
            List<String> texts = all.join();
            assertTrue(texts.equals(List.of("gone")) || texts.size() == 20, texts.toString());
        }
        assertEquals(List.of(), browse(), "the connection lives");
    }

    @Test
    void saysThatTheConnectionIsLost() throws Exception {
        assumeTrue(transport == Transport.TCP);
        send(queue, numbers(0, 100).toArray(String[]::new));
        QueueBrowser browser = session.createBrowser(queue);
        Enumeration<?> messages = browser.getEnumeration();
        assertEquals("m0", text((Message) messages.nextElement()));

        broker().stop();

        assertThrows(JMSRuntimeException.class, () -> rest(messages));
        assertThrows(JMSException.class, browser::getEnumeration);
        browser.close();
    }

    @Test
    void isMadeByAContextWhichItDoesNotStart() throws Exception {
        JMSContext context = context(JMSContext.AUTO_ACKNOWLEDGE);
        context.createProducer().send(queue, "1");

        QueueBrowser browser = context.createBrowser(queue);

        assertEquals(List.of("1"), rest(browser.getEnumeration()));
        assertThrows(InvalidDestinationRuntimeException.class, () -> context.createBrowser(null));
        assertThrows(
                InvalidSelectorRuntimeException.class, () -> context.createBrowser(queue, "a ="));
        context.close();
        assertThrows(IllegalStateRuntimeException.class, () -> context.createBrowser(queue));
    }

    @Test
    void isForQueueSessionsAndNotForTopicSessions() throws Exception {
        send(queue, "1");
        try (var queues = factory().createQueueConnection();
                var topics = factory().createTopicConnection()) {
            var queueSession = queues.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
            assertEquals(List.of("1"), rest(queueSession.createBrowser(queue).getEnumeration()));
            var topicSession = topics.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
            assertIllegal(() -> topicSession.createBrowser(queue));
        }
    }

    @Test
    void browsesInAListener() throws Exception {
        send(queue, "1", "2", "3");
        Connection other = started("jms.prefetch=1");
        Session listening = other.createSession();
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        listening
                .createConsumer(queue)
                .setMessageListener(
                        message -> {
                            try {
                                seen.complete(
                                        rest(listening.createBrowser(queue).getEnumeration()));
                            } catch (JMSException | RuntimeException e) {
                                seen.completeExceptionally(e);
                            }
                        });

        List<String> texts = seen.get();

        assertTrue(List.of("2", "3").containsAll(texts) && texts.contains("3"), texts.toString());
    }
}
