// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What consumers get, when, and in which order (Jakarta Messaging 8). */
class ReceiveTest extends ClientTest {
    @ParameterizedTest
    @ValueSource(strings = {"jms.prefetch=0", "jms.prefetch=1", "jms.prefetch=1000"})
    void receivesAtOnceWhatIsThere(String prefetch) throws Exception {
        Session session = started(prefetch).createSession();
        Queue queue = queue(session);
        for (int i = 0; i < 50; i++) {
            send(queue, "m" + i);
            try (MessageConsumer consumer = session.createConsumer(queue)) {
                assertEquals("m" + i, text(consumer.receiveNoWait()));
                assertNull(consumer.receiveNoWait());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 1000})
    void receivesAllInOrderWithAnyPrefetch(int prefetch) throws Exception {
        Session session = started().createSession();
        Queue queue = session.createQueue("a.queue?consumer.prefetch=" + prefetch);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add("m" + i);
        }
        send(queue, sent.toArray(String[]::new));
        MessageConsumer consumer = session.createConsumer(queue);

        assertEquals(sent, texts(consumer, sent.size()));
        assertNull(consumer.receiveNoWait());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000})
    void listensToAllInOrderWithAnyPrefetch(int prefetch) throws Exception {
        Session session = started().createSession();
        Queue queue = session.createQueue("a.queue?consumer.prefetch=" + prefetch);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add("m" + i);
        }
        List<String> seen = new CopyOnWriteArrayList<>();
        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            try {
                                seen.add(text(message));
                            } catch (JMSException e) {
                                seen.add(e.toString());
                            }
                        });

        send(queue, sent.toArray(String[]::new));

        await().atMost(PATIENCE_MS, TimeUnit.MILLISECONDS).until(() -> seen.size() >= 100);
        assertEquals(sent, seen);
    }

    @Test
    void saysOnRequestWhenAMessageWasHandedOver() throws Exception {
        Connection connection = started("jms.populateJMSXRcvTimestamp=true");
        Session session = connection.createSession();
        Queue queue = queue(session);
        send(queue, "m");
        MessageConsumer consumer = session.createConsumer(queue);
        long before = System.currentTimeMillis();

        Message received = consumer.receive(PATIENCE_MS);

        long after = System.currentTimeMillis();
        long saidMs = received.getLongProperty("JMSXRcvTimestamp");
        assertTrue(before <= saidMs && saidMs <= after, before + " " + saidMs + " " + after);
        assertTrue(jmsxNames(connection).contains("JMSXRcvTimestamp"));
    }

    @Test
    void saysNotWhenAMessageWasHandedOverWhereItIsNotAskedFor() throws Exception {
        Connection connection = started();
        Session session = connection.createSession();
        Queue queue = queue(session);
        Message message = session.createMessage();
        message.setLongProperty("JMSXRcvTimestamp", 77);
        session.createProducer(queue).send(message);

        Message received = session.createConsumer(queue).receive(PATIENCE_MS);

        assertFalse(received.propertyExists("JMSXRcvTimestamp"));
        assertFalse(jmsxNames(connection).contains("JMSXRcvTimestamp"));
    }

    @Test
    void holdsNothingAheadWithoutPrefetch() throws Exception {
        Session session = started().createSession();
        Queue pulled = session.createQueue("a.queue?consumer.prefetch=0");
        MessageConsumer puller = session.createConsumer(pulled);
        send(pulled, "1", "2", "3");

        assertEquals("1", text(puller.receive(PATIENCE_MS)));

        MessageConsumer other =
                started().createSession().createConsumer(session.createQueue("a.queue"));
        assertEquals(List.of("2", "3"), texts(other, 2));
        assertNull(puller.receive(QUIET_MS));
        send(pulled, "4");
        assertEquals("4", text(other.receive(PATIENCE_MS)));
    }

    @Test
    void letsLargeMessagesThroughASmallWindow() throws Exception {
        Session session = started().createSession();
        Queue queue = session.createQueue("a.queue?consumer.prefetchBytes=4096");
        String large = "x".repeat(100_000);
        MessageConsumer consumer = session.createConsumer(queue);
        send(queue, large, large, large, "small", large);

        assertEquals(List.of(large, large, large, "small", large), texts(consumer, 5));
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void handsOutUrgentMessagesFirstAlsoUnderPrefetch() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        MessageConsumer consumer = session.createConsumer(queue);
        MessageProducer producer = started().createSession().createProducer(queue);
        for (int priority : new int[] {4, 4, 9, 0, 9}) {
            producer.send(
                    session.createTextMessage("p" + priority),
                    DeliveryMode.PERSISTENT,
                    priority,
                    0);
        }

        // a receive that asks the broker has everything here before it chooses
        List<String> texts = new ArrayList<>();
        assertNull(session.createConsumer(session.createQueue("empty")).receiveNoWait());
        for (Message message = consumer.receive(PATIENCE_MS);
                message != null;
                message = consumer.receiveNoWait()) {
            texts.add(text(message));
        }
        assertEquals(List.of("p9", "p9", "p4", "p4", "p0"), texts);
    }

    @Test
    void doesNotHandOutWhatExpiredWhileItWaited() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        MessageConsumer consumer = session.createConsumer(queue);
        MessageProducer producer = session.createProducer(queue);
        TextMessage brief = session.createTextMessage("brief");
        producer.send(brief, DeliveryMode.PERSISTENT, 4, 200);
        producer.send(session.createTextMessage("lasting"));
        long expiration = brief.getJMSExpiration();

        await().atMost(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .until(() -> System.currentTimeMillis() > expiration + 50);

        assertEquals("lasting", text(consumer.receive(PATIENCE_MS)));
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void holdsBackWhatIsDelayed() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        MessageConsumer consumer = session.createConsumer(queue);
        MessageProducer producer = session.createProducer(queue);
        producer.setDeliveryDelay(TimeUnit.HOURS.toMillis(1));
        producer.send(session.createTextMessage("in an hour"));
        producer.setDeliveryDelay(0);
        producer.send(session.createTextMessage("now"));

        assertEquals("now", text(consumer.receive(PATIENCE_MS)));
        assertNull(consumer.receiveNoWait());
        producer.setDeliveryDelay(400);
        TextMessage delayed = session.createTextMessage("delayed");
        producer.send(delayed);
        Message received = consumer.receive(PATIENCE_MS);
        assertEquals("delayed", text(received));
        assertTrue(System.currentTimeMillis() >= delayed.getJMSDeliveryTime());
        assertEquals(delayed.getJMSDeliveryTime(), received.getJMSDeliveryTime());
    }

    @Test
    void leavesToOthersWhatItsSelectorDoesNotMatch() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        MessageProducer producer = session.createProducer(queue);
        for (int i = 0; i < 6; i++) {
            TextMessage message = session.createTextMessage("m" + i);
            message.setIntProperty("n", i);
            producer.send(message);
        }

        MessageConsumer even = session.createConsumer(queue, "n = 0 OR n BETWEEN 2 AND 2 OR n = 4");
        assertEquals("n = 0 OR n BETWEEN 2 AND 2 OR n = 4", even.getMessageSelector());
        assertEquals(List.of("m0", "m2", "m4"), texts(even, 3));
        assertNull(even.receiveNoWait());
        MessageConsumer all = session.createConsumer(queue, "");
        assertNull(all.getMessageSelector());
        assertEquals(List.of("m1", "m3", "m5"), texts(all, 3));
    }

    @Test
    void refusesWhatItCannotConsume() throws Exception {
        Session session = connect().createSession();
        Queue queue = queue(session);
        assertThrows(InvalidDestinationException.class, () -> session.createConsumer(null));
        assertThrows(InvalidSelectorException.class, () -> session.createConsumer(queue, "n = "));
        JMSException unknown =
                assertThrows(
                        JMSException.class,
                        () ->
                                session.createConsumer(
                                        session.createQueue("q?consumer.prefetsch=1")));
        assertTrue(unknown.getMessage().contains("consumer.prefetch"), unknown.getMessage());
        assertThrows(
                JMSException.class,
                () -> session.createConsumer(session.createQueue("q?consumer.prefetch=-1")));
    }

    @Test
    void sharesAQueueAmongCompetitors() throws Exception {
        Session one = started("jms.prefetch=1").createSession();
        Session two = started("jms.prefetch=1").createSession();
        Queue queue = queue(one);
        MessageConsumer first = one.createConsumer(queue);
        MessageConsumer second = two.createConsumer(queue);
        send(queue, "1", "2", "3", "4");

        List<String> texts = new ArrayList<>();
        texts.add(text(first.receive(PATIENCE_MS)));
        texts.add(text(second.receive(PATIENCE_MS)));
        texts.add(text(first.receive(PATIENCE_MS)));
        texts.add(text(second.receive(PATIENCE_MS)));
        texts.sort(null);
        assertEquals(List.of("1", "2", "3", "4"), texts);
    }

    @Test
    void knowsWhereAMessageWasSentTo() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        send(queue, "1");
        Message message = session.createConsumer(queue).receive(PATIENCE_MS);
        assertNotNull(message);
        assertEquals(queue, message.getJMSDestination());
    }

    @Test
    void aSessionsOwnListenerIsRefusedAndTakingItBackIsNot() throws Exception {
        Session session = started().createSession();

        assertThrows(JMSException.class, () -> session.setMessageListener(message -> {}));
        session.setMessageListener(null);
        assertNull(session.getMessageListener());
    }
}
