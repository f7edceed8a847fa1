// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.Connection;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicRequestor;
import jakarta.jms.TopicSession;

import org.junit.jupiter.api.Test;

/** Destinations that die with their connection, and request/reply over them. */
class TemporaryDestinationTest extends ClientTest {
    @Test
    void belongsToItsConnectionAndNotToItsSession() throws Exception {
        Connection connection = started();
        Session making = connection.createSession();
        TemporaryQueue queue = making.createTemporaryQueue();
        TemporaryTopic topic = making.createTemporaryTopic();
        assertNotEquals(queue.getQueueName(), making.createTemporaryQueue().getQueueName());
        making.close();
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(queue);
        MessageConsumer subscriber = session.createConsumer(topic);

        send(queue, "1");
        send(topic, "2");

        assertEquals("1", text(consumer.receive(PATIENCE_MS)));
        assertEquals("2", text(subscriber.receive(PATIENCE_MS)));
        Session other = connect().createSession();
        assertThrows(JMSException.class, () -> other.createConsumer(queue));
        assertThrows(JMSException.class, () -> other.createConsumer(topic));
    }

    @Test
    void diesWithItsConnection() throws Exception {
        Connection connection = connect();
        TemporaryQueue queue = connection.createSession().createTemporaryQueue();
        Session other = connect().createSession();
        MessageProducer producer = other.createProducer(queue);
        producer.send(other.createMessage());

        connection.close();

        assertThrows(InvalidDestinationException.class, () -> producer.send(other.createMessage()));
        assertThrows(InvalidDestinationException.class, () -> other.createProducer(queue));
    }

    @Test
    void isNotDeletedUnderItsConsumer() throws Exception {
        Session session = started().createSession();
        TemporaryQueue queue = session.createTemporaryQueue();
        MessageConsumer consumer = session.createConsumer(queue);

        assertThrows(JMSException.class, queue::delete);

        consumer.close();
        queue.delete();
        assertThrows(InvalidDestinationException.class, () -> session.createConsumer(queue));
    }

    @Test
    void keepsItsTypeAsReplyTo() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        MessageProducer producer = session.createProducer(queue);
        MessageConsumer consumer = session.createConsumer(queue);
        TemporaryQueue replies = session.createTemporaryQueue();
        TemporaryTopic news = session.createTemporaryTopic();
        TextMessage message = session.createTextMessage("1");

        message.setJMSReplyTo(replies);
        producer.send(message);
        TemporaryQueue received =
                assertInstanceOf(
                        TemporaryQueue.class, consumer.receive(PATIENCE_MS).getJMSReplyTo());
        assertEquals(replies, received);
        message.setJMSReplyTo(news);
        producer.send(message);
        assertEquals(
                news,
                assertInstanceOf(
                        TemporaryTopic.class, consumer.receive(PATIENCE_MS).getJMSReplyTo()));
        message.setJMSReplyTo(queue);
        producer.send(message);
        assertEquals(queue, consumer.receive(PATIENCE_MS).getJMSReplyTo());

        send(received, "reply");
        assertEquals("reply", text(session.createConsumer(replies).receive(PATIENCE_MS)));
    }

    /** Answers each message with its own text twice. */
    private static void answer(Session session, MessageConsumer requests) throws JMSException {
        MessageProducer producer = session.createProducer(null);
        requests.setMessageListener(
                request -> {
                    try {
                        TextMessage reply =
                                session.createTextMessage(text(request) + text(request));
                        reply.setJMSCorrelationID(request.getJMSMessageID());
                        producer.send(request.getJMSReplyTo(), reply);
                    } catch (JMSException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    @Test
    void answersAQueueRequestor() throws Exception {
        Session server = started().createSession();
        Queue queue = queue(server);
        answer(server, server.createConsumer(queue));
        QueueConnection connection = closing(factory().createQueueConnection());
        connection.start();
        QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
        QueueRequestor requestor = new QueueRequestor(session, queue);

        for (int i = 0; i < 10; i++) {
            TextMessage request = session.createTextMessage("m" + i);
            Message reply = requestor.request(request);
            assertEquals("m" + i + "m" + i, text(reply));
            assertEquals(request.getJMSMessageID(), reply.getJMSCorrelationID());
        }
        requestor.close();
    }

    @Test
    void answersATopicRequestor() throws Exception {
        Session server = started().createSession();
        Topic topic = server.createTopic("a.topic");
        answer(server, server.createConsumer(topic));
        TopicConnection connection = closing(factory().createTopicConnection());
        connection.start();
        TopicSession session = connection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
        TopicRequestor requestor = new TopicRequestor(session, topic);

        Message reply = requestor.request(session.createTextMessage("ab"));

        assertNotNull(reply);
        assertEquals("abab", text(reply));
        requestor.close();
    }
}
