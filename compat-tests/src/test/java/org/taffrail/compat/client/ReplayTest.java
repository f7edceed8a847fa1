// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What was consumed is read again: of a queue that keeps its history, and of a topic. */
class ReplayTest extends ClientTest {
    @Override
    Map<String, String> brokerOptions() {
        return Map.of("destination.kept.>.retention.timeMs", "7d");
    }

    private static Queue orders(Session session, String options) throws JMSException {
        return session.createQueue("kept.orders" + options);
    }

    private void sendAndConsume(Session session, String... texts) throws JMSException {
        send(orders(session, ""), texts);
        MessageConsumer consumer = session.createConsumer(orders(session, ""));
        assertEquals(List.of(texts), texts(consumer, texts.length));
        consumer.close();
    }

    @Test
    void aQueueIsReadAgainBesideItsConsumers() throws Exception {
        Session session = started().createSession();
        sendAndConsume(session, "a", "b");
        send(orders(session, ""), "c");

        MessageConsumer replay = session.createConsumer(orders(session, "?start=earliest"));

        assertEquals(List.of("a", "b", "c"), texts(replay, 3));
        assertNull(replay.receiveNoWait());
        MessageConsumer consumer = session.createConsumer(orders(session, ""));
        assertEquals(List.of("c"), texts(consumer, 1), "the queue's own consumers get theirs");
        send(orders(session, ""), "d");
        assertEquals(List.of("d"), texts(replay, 1), "and it goes on with what is new");
    }

    @Test
    void aReplayIsInTheOrderOfTheLogAndNothingIsRedelivered() throws Exception {
        Session session = started().createSession();
        send(orders(session, ""), "usual");
        session.createProducer(orders(session, ""))
                .send(session.createTextMessage("urgent"), 2, 9, 0);

        MessageConsumer replay = session.createConsumer(orders(session, "?start=0"));

        Message first = replay.receive(PATIENCE_MS);
        assertEquals("usual", first.getBody(String.class));
        assertFalse(first.getJMSRedelivered());
        assertEquals(9, replay.receive(PATIENCE_MS).getJMSPriority());
    }

    @Test
    void aMessageIsFoundByItsCorrelationIdAndSentAgain() throws Exception {
        Session session = started().createSession();
        TextMessage lost = session.createTextMessage("lost");
        lost.setJMSCorrelationID("order-7");
        send(orders(session, ""), "a");
        session.createProducer(orders(session, "")).send(lost);
        String id = lost.getJMSMessageID();
        send(orders(session, ""), "b");
        MessageConsumer consumer = session.createConsumer(orders(session, ""));
        assertEquals(List.of("a", "lost", "b"), texts(consumer, 3));

        MessageConsumer search =
                session.createConsumer(
                        orders(session, "?start=-PT1H"), "JMSCorrelationID = 'order-7'");
        Message found = search.receive(PATIENCE_MS);
        assertEquals(id, found.getJMSMessageID());
        assertNull(search.receiveNoWait());
        session.createProducer(orders(session, "")).send(found);

        assertEquals("lost", consumer.receive(PATIENCE_MS).getBody(String.class));
    }

    @Test
    void aMessageIsFoundByItsId() throws Exception {
        Session session = started().createSession();
        sendAndConsume(session, "a", "b", "c");
        MessageConsumer all = session.createConsumer(orders(session, "?start=earliest"));
        all.receive(PATIENCE_MS);
        String id = all.receive(PATIENCE_MS).getJMSMessageID();

        MessageConsumer search =
                session.createConsumer(
                        orders(session, "?start=earliest"), "JMSMessageID = '" + id + "'");

        assertEquals("b", search.receive(PATIENCE_MS).getBody(String.class));
        assertNull(search.receiveNoWait());
    }

    @Test
    void messagesTellWhereTheyStandOnRequest() throws Exception {
        Session session = started("jms.clientID=c").createSession();
        long before = System.currentTimeMillis();
        sendAndConsume(session, "a", "b");

        MessageConsumer replay =
                session.createConsumer(orders(session, "?start=1&consumer.position=true"));
        Message message = replay.receive(PATIENCE_MS);

        assertEquals("b", message.getBody(String.class));
        assertEquals(1, message.getLongProperty("JMS_TAFFRAIL_OFFSET"));
        assertTrue(message.getLongProperty("JMS_TAFFRAIL_APPEND_TIME") >= before - 50);
        assertFalse(message.propertyExists("JMS_TAFFRAIL_GROUP"));

        Topic topic = session.createTopic("kept.prices?consumer.position=true");
        MessageConsumer subscriber = session.createDurableConsumer(topic, "sub");
        session.createProducer(topic).send(message);
        Message forwarded = subscriber.receive(PATIENCE_MS);
        assertEquals(0, forwarded.getLongProperty("JMS_TAFFRAIL_OFFSET"));
        assertEquals("sub", forwarded.getStringProperty("JMS_TAFFRAIL_GROUP"));
        MessageConsumer plain = session.createConsumer(orders(session, "?start=latest"));
        session.createProducer(orders(session, "")).send(forwarded);
        assertFalse(plain.receive(PATIENCE_MS).propertyExists("JMS_TAFFRAIL_OFFSET"));
    }

    @Test
    void aDurableSubscriptionStartsWithWhatTheTopicKeeps() throws Exception {
        Session session = started("jms.clientID=c").createSession();
        Topic prices = session.createTopic("kept.prices?start=earliest");
        send(prices, "1", "2");

        MessageConsumer late = session.createDurableConsumer(prices, "late");
        assertEquals(List.of("1", "2"), texts(late, 2));
        late.close();
        send(prices, "3");

        MessageConsumer again = session.createDurableConsumer(prices, "late");
        assertEquals(List.of("3"), texts(again, 1), "the start counts once");
        assertEquals(List.of("1", "2", "3"), texts(session.createConsumer(prices), 3));
    }

    @Test
    void aStartCanBeATime() throws Exception {
        Session session = started().createSession();
        sendAndConsume(session, "a");
        MessageConsumer timed =
                session.createConsumer(orders(session, "?start=earliest&consumer.position=true"));
        long first = timed.receive(PATIENCE_MS).getLongProperty("JMS_TAFFRAIL_APPEND_TIME");
        Message second;
        do {
            send(orders(session, ""), "b");
            second = timed.receive(PATIENCE_MS);
            assertNotNull(second);
        } while (second.getLongProperty("JMS_TAFFRAIL_APPEND_TIME") == first);

        MessageConsumer later =
                session.createConsumer(
                        orders(session, "?start=" + Instant.ofEpochMilli(first + 1)));

        assertEquals("b", later.receive(PATIENCE_MS).getBody(String.class));
    }

    @Test
    void aRollbackOfAReplayBringsItAgain() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        send(orders(session, ""), "a");
        MessageConsumer replay = session.createConsumer(orders(session, "?start=earliest"));
        assertEquals("a", replay.receive(PATIENCE_MS).getBody(String.class));
        session.rollback();

        Message again = replay.receive(PATIENCE_MS);

        assertTrue(again.getJMSRedelivered());
        session.commit();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "PT2H", "2026-11-25T08:00:00", "1000000"})
    void whatIsNoStartIsRefusedByName(String start) throws Exception {
        Session session = started().createSession();
        Queue queue = orders(session, "?start=" + start);

        JMSException refused =
                assertThrows(JMSException.class, () -> session.createConsumer(queue));

        assertTrue(refused.getMessage().contains("start=" + start), refused.getMessage());
    }
}
