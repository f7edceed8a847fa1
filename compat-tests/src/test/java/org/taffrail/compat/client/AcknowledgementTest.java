// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is settled when, in the modes without a transaction (Jakarta Messaging 6.2.10). */
class AcknowledgementTest extends ClientTest {
    private void assertEmpty(Queue queue) throws JMSException {
        try (Connection connection = factory().createConnection()) {
            connection.start();
            assertNull(connection.createSession().createConsumer(queue).receiveNoWait());
        }
    }

    @Test
    void acknowledgesAllThatTheSessionConsumedAlsoByClosedConsumers() throws Exception {
        Connection connection = started();
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Queue one = session.createQueue("one");
        Queue two = session.createQueue("two");
        send(one, "1", "2");
        send(two, "3");

        MessageConsumer first = session.createConsumer(one);
        texts(first, 2);
        first.close();
        session.createConsumer(two).receive(PATIENCE_MS).acknowledge();
        connection.close();

        assertEmpty(one);
        assertEmpty(two);
    }

    @Test
    void redeliversInOrderAfterRecoverAheadOfWhatWasSentAhead() throws Exception {
        Session session = started().createSession(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = queue(session);
        send(queue, "1", "2", "3", "4", "5");
        MessageConsumer consumer = session.createConsumer(queue);
        assertDelivered(consumer.receive(PATIENCE_MS), "1", 1);
        assertDelivered(consumer.receive(PATIENCE_MS), "2", 1);

        session.recover();

        assertDelivered(consumer.receive(PATIENCE_MS), "1", 2);
        assertDelivered(consumer.receive(PATIENCE_MS), "2", 2);
        assertDelivered(consumer.receive(PATIENCE_MS), "3", 1);
        Message last = consumer.receive(PATIENCE_MS);
        last.acknowledge();
        session.recover();
        assertDelivered(consumer.receive(PATIENCE_MS), "5", 1);
    }

    @Test
    void recoversWithinAListener() throws Exception {
        Session session = started().createSession(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = queue(session);
        List<String> seen = new CopyOnWriteArrayList<>();
        send(queue, "1", "2", "3");

        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            try {
                                seen.add(text(message) + (message.getJMSRedelivered() ? "r" : ""));
                                if (seen.size() == 2) {
                                    session.recover();
                                } else if (seen.size() == 5) {
                                    message.acknowledge();
                                }
                            } catch (JMSException e) {
                                seen.add(e.toString());
                            }
                        });

        await().atMost(PATIENCE_MS, TimeUnit.MILLISECONDS).until(() -> seen.size() >= 5);
        assertEquals(List.of("1", "2", "1r", "2r", "3"), seen);
    }

    @ParameterizedTest
    @ValueSource(ints = {Session.AUTO_ACKNOWLEDGE, Session.DUPS_OK_ACKNOWLEDGE})
    void redeliversAtItsPlaceWhatAListenerThrewOn(int mode) throws Exception {
        Session session = started().createSession(mode);
        Queue queue = queue(session);
        List<String> seen = new CopyOnWriteArrayList<>();
        AtomicBoolean thrown = new AtomicBoolean();
        send(queue, "1", "2", "3");

        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            try {
                                seen.add(
                                        text(message)
                                                + "#"
                                                + message.getIntProperty("JMSXDeliveryCount"));
                                if (text(message).equals("2")
                                        && thrown.compareAndSet(false, true)) {
                                    throw new java.lang.IllegalStateException("on purpose");
                                }
                            } catch (JMSException e) {
                                seen.add(e.toString());
                            }
                        });

        await().atMost(PATIENCE_MS, TimeUnit.MILLISECONDS).until(() -> seen.size() >= 4);
        assertEquals(List.of("1#1", "2#1", "2#2", "3#1"), seen);
        session.close();
        assertEmpty(queue);
    }

    @ParameterizedTest
    @ValueSource(ints = {Session.AUTO_ACKNOWLEDGE, Session.DUPS_OK_ACKNOWLEDGE})
    void settlesWithoutTheApplication(int mode) throws Exception {
        Connection connection = started();
        Session session = connection.createSession(mode);
        Queue queue = queue(session);
        send(queue, "1", "2", "3");
        MessageConsumer consumer = session.createConsumer(queue);

        texts(consumer, 2);
        session.recover();
        assertEquals(List.of("3"), texts(consumer, 1));
        connection.close();

        assertEmpty(queue);
    }

    @Test
    void confirmsEachAcknowledgementWhereAsked() throws Exception {
        Session session = started("jms.sendAcksAsync=false").createSession();
        Queue queue = queue(session);
        send(queue, "1", "2");

        assertEquals(List.of("1", "2"), texts(session.createConsumer(queue), 2));

        assertEmpty(queue);
    }

    @Test
    void givesBackInOrderWhatAClosedSessionDidNotAcknowledge() throws Exception {
        Connection connection = started();
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = queue(session);
        send(queue, "1", "2", "3");
        texts(session.createConsumer(queue), 2);

        session.close();

        MessageConsumer next = connection.createSession().createConsumer(queue);
        assertDelivered(next.receive(PATIENCE_MS), "1", 2);
        assertDelivered(next.receive(PATIENCE_MS), "2", 2);
        assertDelivered(next.receive(PATIENCE_MS), "3", 1);
    }

    @Test
    void keepsWhatAClosedConsumerHandedOutUntilItIsAcknowledged() throws Exception {
        Connection connection = started();
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = queue(session);
        send(queue, "1", "2");
        MessageConsumer consumer = session.createConsumer(queue);
        texts(consumer, 1);

        consumer.close();

        MessageConsumer other = connection.createSession().createConsumer(queue);
        assertDelivered(other.receive(PATIENCE_MS), "2", 1);
        assertNull(other.receiveNoWait());
        session.recover();
        assertDelivered(other.receive(PATIENCE_MS), "1", 2);
    }

    @Test
    void refusesToAcknowledgeOnAClosedSession() throws Exception {
        Session session = started().createSession(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = queue(session);
        send(queue, "1");
        Message message = session.createConsumer(queue).receive(PATIENCE_MS);

        session.close();

        assertThrows(IllegalStateException.class, message::acknowledge);
    }

    @Test
    void keepsInPlaceWhatIsAskedForAsTheWrongType() {
        JMSContext context = context(JMSContext.AUTO_ACKNOWLEDGE);
        Queue queue = context.createQueue("a.queue");
        context.createProducer().send(queue, "1").send(queue, "2");
        JMSConsumer consumer = context.createConsumer(queue);

        assertThrows(
                MessageFormatRuntimeException.class,
                () -> consumer.receiveBody(Integer.class, PATIENCE_MS));

        assertEquals("1", consumer.receiveBody(String.class, PATIENCE_MS));
        assertEquals("2", consumer.receiveBody(String.class, PATIENCE_MS));
    }

    @Test
    void consumesWhatIsAskedForAsTheWrongTypeWhereTheApplicationAcknowledges() throws Exception {
        JMSContext context = context(JMSContext.CLIENT_ACKNOWLEDGE);
        Queue queue = context.createQueue("a.queue");
        context.createProducer().send(queue, "1").send(queue, "2");
        JMSConsumer consumer = context.createConsumer(queue);

        assertThrows(
                MessageFormatRuntimeException.class,
                () -> consumer.receiveBody(Integer.class, PATIENCE_MS));
        assertEquals("2", consumer.receiveBody(String.class, PATIENCE_MS));

        context.recover();
        assertDelivered(consumer.receive(PATIENCE_MS), "1", 2);
    }
}
