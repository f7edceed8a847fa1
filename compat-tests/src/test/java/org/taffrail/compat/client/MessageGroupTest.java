// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Messages of one JMSXGroupID go to one consumer at a time, in order, also after a failure. */
class MessageGroupTest extends ClientTest {
    @Override
    Map<String, String> brokerOptions() {
        return Map.of("redelivery.delayMs", "300");
    }

    /** Sends messages whose group is the first letter of their text. */
    private void sendGrouped(Queue queue, String... texts) throws JMSException {
        try (Connection connection = factory().createConnection()) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(queue);
            for (String text : texts) {
                producer.send(grouped(session, text));
            }
        }
    }

    private static Message grouped(Session session, String text) throws JMSException {
        Message message = session.createTextMessage(text);
        message.setStringProperty("JMSXGroupID", text.substring(0, 1));
        message.setIntProperty("JMSXGroupSeq", Integer.parseInt(text.substring(1)));
        return message;
    }

    private MessageConsumer consumer(Queue queue) throws JMSException {
        return started().createSession().createConsumer(queue);
    }

    @Test
    void eachGroupGoesToOneConsumerInOrder() throws Exception {
        Queue queue = queue(connect().createSession());
        MessageConsumer one = consumer(queue);
        MessageConsumer two = consumer(queue);

        sendGrouped(queue, "A1", "B1", "A2", "B2", "B3", "A3");

        List<List<String>> received = List.of(texts(one, 3), texts(two, 3));
        assertTrue(received.contains(List.of("A1", "A2", "A3")), received.toString());
        assertTrue(received.contains(List.of("B1", "B2", "B3")), received.toString());
    }

    @Test
    void aGroupStaysWithItsConsumerAndMovesOnWhenThatCloses() throws Exception {
        Queue queue = queue(connect().createSession());
        MessageConsumer one = consumer(queue);
        sendGrouped(queue, "A1");
        assertEquals(List.of("A1"), texts(one, 1));
        MessageConsumer two = consumer(queue);

        sendGrouped(queue, "A2", "A3");
        assertEquals(List.of("A2"), texts(one, 1));
        assertNull(two.receiveNoWait());
        one.close();

        assertEquals(List.of("A3"), texts(two, 1));
    }

    @Test
    void aRollbackHoldsBackItsGroupAndNoOther() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        Queue queue = queue(session);
        MessageConsumer consumer = session.createConsumer(queue);
        sendGrouped(queue, "A1", "A2", "B1", "A3");
        assertEquals(List.of("A1"), texts(consumer, 1));

        session.rollback();

        assertEquals(List.of("B1"), texts(consumer, 1));
        session.commit();
        assertDelivered(consumer.receive(PATIENCE_MS), "A1", 2);
        assertEquals(List.of("A2", "A3"), texts(consumer, 2));
        session.commit();
    }

    @Test
    void aListenerThatFailsSeesItsGroupInOrderAgain() throws Exception {
        Session session = started().createSession(Session.AUTO_ACKNOWLEDGE);
        Queue queue = queue(session);
        List<String> handled = new CopyOnWriteArrayList<>();
        List<String> failed = new ArrayList<>();
        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            String text = textOf(message);
                            if (text.equals("A2") && failed.isEmpty()) {
                                failed.add(text);
                                throw new IllegalArgumentException("fails once");
                            }
                            handled.add(text);
                        });

        sendGrouped(queue, "A1", "A2", "B1", "A3", "A4");

        await().atMost(PATIENCE_MS, TimeUnit.MILLISECONDS).until(() -> handled.size() == 5);
        assertEquals(
                List.of("A1", "A2", "A3", "A4"),
                handled.stream().filter(each -> each.startsWith("A")).toList());
    }

    private static String textOf(Message message) {
        try {
            return text(message);
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aGroupIsTakenOverInOrderWhenItsConnectionEnds() throws Exception {
        Connection first = started();
        Session session = first.createSession(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = queue(session);
        MessageConsumer owner = session.createConsumer(queue);
        sendGrouped(queue, "A1", "A2", "A3");
        assertEquals(List.of("A1"), texts(owner, 1));
        MessageConsumer next = consumer(queue);
        assertNull(next.receiveNoWait());

        first.close();

        assertEquals(List.of("A1", "A2", "A3"), texts(next, 3));
    }

    @Test
    void aNegativeSequenceEndsAGroupAndPassesThrough() throws Exception {
        Session session = started().createSession();
        Queue queue = session.createQueue("a.queue?consumer.prefetch=0");
        MessageConsumer one = session.createConsumer(queue);
        MessageProducer producer = session.createProducer(queue);
        Message last = grouped(session, "A1");
        last.setIntProperty("JMSXGroupSeq", -1);
        producer.send(last);
        assertEquals(-1, one.receive(PATIENCE_MS).getIntProperty("JMSXGroupSeq"));
        MessageConsumer two = consumer(queue);

        sendGrouped(queue, "A2");

        assertEquals(List.of("A2"), texts(two, 1));
    }

    @Test
    void aSharedSubscriptionKeepsGroupsTogether() throws Exception {
        Session first = started().createSession();
        Session second = started().createSession();
        Topic topic = first.createTopic("a.topic");
        MessageConsumer one = first.createSharedConsumer(topic, "s");
        MessageConsumer two = second.createSharedConsumer(topic, "s");
        MessageProducer producer = first.createProducer(topic);

        for (String text : List.of("A1", "B1", "A2", "B2")) {
            producer.send(grouped(first, text));
        }

        List<List<String>> received = List.of(texts(one, 2), texts(two, 2));
        assertTrue(received.contains(List.of("A1", "A2")), received.toString());
        assertTrue(received.contains(List.of("B1", "B2")), received.toString());
    }
}
