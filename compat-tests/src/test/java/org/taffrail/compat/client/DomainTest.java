// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.IllegalStateException;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueReceiver;
import jakarta.jms.QueueSender;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicPublisher;
import jakarta.jms.TopicSession;
import jakarta.jms.TopicSubscriber;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The older interfaces, of queues only and of topics only (Jakarta Messaging 2.9, 9.2). */
class DomainTest extends ClientTest {
    private static void assertIllegal(Executable... calls) {
        for (int i = 0; i < calls.length; i++) {
            assertThrows(IllegalStateException.class, calls[i], "call " + i);
        }
    }

    @Test
    void sendsAndReceivesOverQueues() throws Exception {
        QueueConnection connection = closing(factory().createQueueConnection());
        connection.start();
        QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
        Queue queue = session.createQueue("a.queue");
        QueueSender sender = session.createSender(queue);
        QueueReceiver receiver = session.createReceiver(queue);
        assertEquals(queue, sender.getQueue());
        assertEquals(queue, receiver.getQueue());

        sender.send(session.createTextMessage("1"));
        session.createSender(null).send(queue, session.createTextMessage("2"));

        assertEquals("1", text(receiver.receive(PATIENCE_MS)));
        assertEquals("2", text(receiver.receive(PATIENCE_MS)));
    }

    @Test
    void publishesAndSubscribesOverTopics() throws Exception {
        TopicConnection connection = closing(factory().createTopicConnection());
        connection.start();
        TopicSession session = connection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
        Topic topic = session.createTopic("a.topic");
        TopicPublisher publisher = session.createPublisher(topic);
        TopicSubscriber subscriber = session.createSubscriber(topic);
        assertEquals(topic, publisher.getTopic());
        assertEquals(topic, subscriber.getTopic());

        publisher.publish(session.createTextMessage("1"));
        session.createPublisher(null).publish(topic, session.createTextMessage("2"));

        assertEquals("1", text(subscriber.receive(PATIENCE_MS)));
        assertEquals("2", text(subscriber.receive(PATIENCE_MS)));
    }

    @Test
    void refusesTopicsOnAQueueSession() throws Exception {
        QueueConnection connection = closing(factory("jms.clientID=c").createQueueConnection());
        QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
        Topic topic = connect().createSession().createTopic("a.topic");
        assertIllegal(
                () -> session.createTopic("t"),
                session::createTemporaryTopic,
                () -> session.createDurableSubscriber(topic, "s"),
                () -> session.createDurableSubscriber(topic, "s", null, false),
                () -> session.createDurableConsumer(topic, "s"),
                () -> session.createDurableConsumer(topic, "s", null, false),
                () -> session.createSharedConsumer(topic, "s"),
                () -> session.createSharedConsumer(topic, "s", null),
                () -> session.createSharedDurableConsumer(topic, "s"),
                () -> session.createSharedDurableConsumer(topic, "s", null),
                () -> session.unsubscribe("s"),
                () -> connection.createDurableConnectionConsumer(topic, "s", null, null, 1),
                () -> connection.createSharedConnectionConsumer(topic, "s", null, null, 1),
                () -> connection.createSharedDurableConnectionConsumer(topic, "s", null, null, 1));
    }

    @Test
    void refusesQueuesOnATopicSession() throws Exception {
        TopicConnection connection = closing(factory().createTopicConnection());
        TopicSession session = connection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
        Queue queue = queue(connect().createSession());
        assertIllegal(
                () -> session.createQueue("q"),
                session::createTemporaryQueue,
                () -> session.createBrowser(queue),
                () -> session.createBrowser(queue, null));
    }
}
