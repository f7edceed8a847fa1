// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Topic;

import org.taffrail.compat.process.BrokerProcess;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An application that knows nothing but Jakarta Messaging. It prepares what the client under test
 * meets and looks at what that client did, each time over a connection of its own.
 */
final class PlainJms {
    private static final long RECEIVE_MS = 10_000;
    private static final long SILENCE_MS = 200;

    private final BrokerProcess broker;

    PlainJms(BrokerProcess broker) {
        this.broker = broker;
    }

    /** Sends texts to a queue, each durable when this returns. */
    void send(String queue, List<String> texts) {
        try (JMSContext context = open()) {
            for (String text : texts) {
                context.createProducer().send(context.createQueue(queue), text);
            }
        }
    }

    void send(String queue, String text) {
        send(queue, List.of(text));
    }

    /** Sends a text with one string property. */
    void send(String queue, String text, String property, String value) {
        try (JMSContext context = open()) {
            context.createProducer()
                    .setProperty(property, value)
                    .send(context.createQueue(queue), text);
        }
    }

    /** Waits until a time has passed on the broker: for a message that is delayed for so long. */
    void awaitTime(long delayMs) {
        try (JMSContext context = open()) {
            Queue queue = context.createTemporaryQueue();
            context.createProducer().setDeliveryDelay(delayMs).send(queue, "now");
            assertNotNull(context.createConsumer(queue).receive(delayMs + RECEIVE_MS));
        }
    }

    void publish(String topic, String text) {
        try (JMSContext context = open()) {
            context.createProducer().send(context.createTopic(topic), text);
        }
    }

    /** Takes the next message; fails if there is none. */
    Message receive(String queue) {
        try (JMSContext context = open()) {
            Message message =
                    context.createConsumer(context.createQueue(queue)).receive(RECEIVE_MS);
            assertNotNull(message, () -> "no message came from " + queue);
            return message;
        }
    }

    String receiveText(String queue) throws JMSException {
        return receive(queue).getBody(String.class);
    }

    /** Takes what comes until nothing has come for a moment. */
    List<String> receiveAll(String queue) throws JMSException {
        List<String> texts = new ArrayList<>();
        try (JMSContext context = open();
                JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
            Message message = consumer.receive(SILENCE_MS);
            while (message != null) {
                texts.add(message.getBody(String.class));
                message = consumer.receive(SILENCE_MS);
            }
        }
        return texts;
    }

    /** Takes one request and sends the answer to where it asks for it. */
    Destination answer(String queue, Function<String, String> service) throws JMSException {
        try (JMSContext context = open()) {
            Message request =
                    context.createConsumer(context.createQueue(queue)).receive(RECEIVE_MS);
            assertNotNull(request, () -> "no request came to " + queue);
            String correlation = request.getJMSCorrelationID();
            context.createProducer()
                    .setJMSCorrelationID(
                            correlation == null ? request.getJMSMessageID() : correlation)
                    .send(request.getJMSReplyTo(), service.apply(request.getBody(String.class)));
            return request.getJMSReplyTo();
        }
    }

    /** Sends a request and returns the answer to it. */
    String ask(String queue, String question) throws JMSException {
        try (JMSContext context = open()) {
            var replies = context.createTemporaryQueue();
            Message request = context.createTextMessage(question);
            request.setJMSReplyTo(replies);
            context.createProducer().send(context.createQueue(queue), request);
            Message reply = context.createConsumer(replies).receive(RECEIVE_MS);
            assertNotNull(reply, "no answer came");
            return reply.getBody(String.class);
        }
    }

    /** Subscribes to a topic until the subscription is closed. */
    Subscription subscribe(String topic) {
        return new Subscription(open(), topic);
    }

    private JMSContext open() {
        return broker.connectionFactory().createContext();
    }

    /** What is published while this is open. */
    static final class Subscription implements AutoCloseable {
        private final JMSContext context;
        private final JMSConsumer consumer;

        Subscription(JMSContext context, String name) {
            this.context = context;
            Topic topic = context.createTopic(name);
            this.consumer = context.createConsumer(topic);
        }

        String next() {
            String text = consumer.receiveBody(String.class, RECEIVE_MS);
            assertNotNull(text, "nothing was published");
            return text;
        }

        @Override
        public void close() {
            context.close();
        }
    }

    static int deliveryCount(Message message) throws JMSException {
        return message.getIntProperty("JMSXDeliveryCount");
    }

    static List<String> numbered(String prefix, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(prefix + i);
        }
        return texts;
    }
}
