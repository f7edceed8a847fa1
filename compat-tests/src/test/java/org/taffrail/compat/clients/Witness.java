// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A plain Jakarta Messaging client that is independent of the client under test: it puts messages
 * in and looks at what has come out. Each call has a connection of its own, so that it sees what
 * anybody would, and a server's restart does not matter to it.
 */
final class Witness {
    private static final long RECEIVE_MS_MAX = 15_000;

    private final ConnectionFactory factory;

    Witness(ConnectionFactory factory) {
        this.factory = factory;
    }

    /** Sends texts to a queue, in order. */
    void send(String queue, String... texts) {
        send(queue, Arrays.asList(texts));
    }

    /** Sends texts to a queue, in order. */
    void send(String queue, List<String> texts) {
        try (JMSContext context = factory.createContext()) {
            texts.forEach(text -> context.createProducer().send(context.createQueue(queue), text));
        }
    }

    /** Sends a text with a property to a queue. */
    void sendWith(String property, String value, String queue, String text) {
        try (JMSContext context = factory.createContext()) {
            context.createProducer()
                    .setProperty(property, value)
                    .send(context.createQueue(queue), text);
        }
    }

    /** Publishes texts on a topic, in order. */
    void publish(String topic, String... texts) {
        try (JMSContext context = factory.createContext()) {
            for (String text : texts) {
                context.createProducer().send(context.createTopic(topic), text);
            }
        }
    }

    /** Takes the next message from a queue; fails if none comes. */
    Message take(String queue) {
        try (JMSContext context = factory.createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
            Message message = consumer.receive(RECEIVE_MS_MAX);
            assertNotNull(message, () -> "nothing came to " + queue);
            return message;
        }
    }

    /** Takes the next text message from a queue; fails if none comes. */
    String takeText(String queue) {
        return textOf(take(queue));
    }

    /** Takes as many text messages from a queue, in the order in which they come. */
    List<String> takeTexts(String queue, int count) {
        List<String> texts = new ArrayList<>();
        try (JMSContext context = factory.createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
            while (texts.size() < count) {
                Message message = consumer.receive(RECEIVE_MS_MAX);
                assertNotNull(message, () -> "only " + texts + " came to " + queue);
                texts.add(textOf(message));
            }
        }
        return texts;
    }

    /** Takes what text messages a consumer can get from a queue now. */
    List<String> takeAll(String queue) {
        List<String> texts = new ArrayList<>();
        try (JMSContext context = factory.createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
            Message message = consumer.receiveNoWait();
            while (message != null) {
                texts.add(textOf(message));
                message = consumer.receiveNoWait();
            }
        }
        return texts;
    }

    /** Fails if a consumer can get anything from a queue now. */
    void seesNothingIn(String queue) {
        try (JMSContext context = factory.createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
            Message message = consumer.receiveNoWait();
            assertNull(message, () -> queue + " has " + message);
        }
    }

    /**
     * Takes a request from a queue and answers it: to where it asks, with its correlation id, or
     * else its message id.
     *
     * @return the request
     */
    Message answer(String queue, String answer) {
        try (JMSContext context = factory.createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
            Message request = consumer.receive(RECEIVE_MS_MAX);
            assertNotNull(request, () -> "no request came to " + queue);
            String correlation = request.getJMSCorrelationID();
            context.createProducer()
                    .setJMSCorrelationID(
                            correlation != null ? correlation : request.getJMSMessageID())
                    .send(request.getJMSReplyTo(), answer);
            return request;
        } catch (JMSException e) {
            throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
        }
    }

    /** Sends a question to a queue and returns the answer that came over a temporary queue. */
    String ask(String queue, String question) {
        try (JMSContext context = factory.createContext()) {
            TemporaryQueue answers = context.createTemporaryQueue();
            context.createProducer()
                    .setJMSReplyTo(answers)
                    .send(context.createQueue(queue), question);
            Message answer = context.createConsumer(answers).receive(RECEIVE_MS_MAX);
            assertNotNull(answer, () -> "no answer came from " + queue);
            return textOf(answer);
        }
    }

    /** The body of a text message. */
    static String textOf(Message message) {
        try {
            return message.getBody(String.class);
        } catch (JMSException e) {
            throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
        }
    }
}
