// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Expired messages that are kept (Jakarta Messaging 3.4.9). */
class ExpiryQueueTest extends ClientTest {
    @Override
    Map<String, String> brokerOptions() {
        return Map.of(
                "expiry.queue",
                "EXPIRED.{name}",
                "queue.dropped.expiry.queue",
                "none",
                "topic.prices.expiry.queue",
                "OLD-PRICES");
    }

    private void sendShortLived(Destination destination, String... texts) throws JMSException {
        try (Connection connection = factory().createConnection()) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(destination);
            producer.setTimeToLive(1);
            for (String text : texts) {
                TextMessage message = session.createTextMessage(text);
                message.setStringProperty("colour", "red");
                producer.send(message);
            }
        }
    }

    private MessageConsumer consumer(String queue) throws JMSException {
        Session session = started().createSession();
        return session.createConsumer(session.createQueue(queue));
    }

    @Test
    void whatNobodyTakesInTimeIsMovedAndExpiresNoMore() throws Exception {
        Session session = started().createSession();
        sendShortLived(queue(session), "a", "b", "c");

        List<Message> moved = new ArrayList<>();
        MessageConsumer consumer = consumer("EXPIRED.a.queue");
        for (int i = 0; i < 3; i++) {
            moved.add(consumer.receive(PATIENCE_MS));
        }

        for (int i = 0; i < 3; i++) {
            Message message = moved.get(i);
            assertDelivered(message, "abc".substring(i, i + 1), 1);
            assertEquals(0, message.getJMSExpiration());
            assertEquals("red", message.getStringProperty("colour"));
            assertEquals("a.queue", message.getStringProperty("JMS_TAFFRAIL_ORIGIN"));
            assertEquals("queue", message.getStringProperty("JMS_TAFFRAIL_ORIGIN_KIND"));
            assertEquals("expired", message.getStringProperty("JMS_TAFFRAIL_DEATH_REASON"));
            long expiration = message.getLongProperty("JMS_TAFFRAIL_ORIGIN_EXPIRATION");
            assertEquals(message.getJMSTimestamp() + 1, expiration);
            assertTrue(message.getLongProperty("JMS_TAFFRAIL_DEATH_TIME") >= expiration);
        }
        assertNull(session.createConsumer(queue(session)).receiveNoWait());
    }

    @Test
    void eachSubscriptionsMessageIsMoved() throws Exception {
        Session session = started("jms.clientID=prices").createSession();
        Topic topic = session.createTopic("prices");
        session.createDurableConsumer(topic, "one").close();
        session.createSharedDurableConsumer(topic, "two").close();
        sendShortLived(topic, "a");

        MessageConsumer moved = consumer("OLD-PRICES");
        List<String> subscriptions = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Message message = moved.receive(PATIENCE_MS);
            assertDelivered(message, "a", 1);
            subscriptions.add(message.getStringProperty("JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION"));
        }

        subscriptions.sort(null);
        assertEquals(List.of("one", "two"), subscriptions);
    }

    @Test
    void whereThereIsNoExpiryQueueTheExpiredAreDropped() throws Exception {
        Session session = started().createSession();
        Queue dropped = session.createQueue("dropped");
        sendShortLived(dropped, "a");
        sendShortLived(queue(session), "b");

        assertDelivered(consumer("EXPIRED.a.queue").receive(PATIENCE_MS), "b", 1);

        assertNull(session.createConsumer(dropped).receiveNoWait());
        assertNull(consumer("EXPIRED.dropped").receiveNoWait());
    }

    @Test
    void aTemporaryQueuesExpiredMessagesAreDropped() throws Exception {
        Connection connection = started();
        Session session = connection.createSession();
        Queue temporary = session.createTemporaryQueue();
        sendShortLived(temporary, "a");
        sendShortLived(queue(session), "b");

        assertDelivered(consumer("EXPIRED.a.queue").receive(PATIENCE_MS), "b", 1);

        assertNull(session.createConsumer(temporary).receiveNoWait());
        assertNull(consumer("EXPIRED." + temporary.getQueueName()).receiveNoWait());
    }
}
