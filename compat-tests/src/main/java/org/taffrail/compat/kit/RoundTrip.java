// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

/**
 * A queue of its own with one producer and one consumer, on one AUTO_ACKNOWLEDGE session: what is
 * sent comes back. Used by the thread that runs the check.
 *
 * @param scene where it takes place
 * @param session the session that creates the messages
 * @param queue the queue
 * @param producer a producer for the queue
 * @param consumer the queue's only consumer
 */
public record RoundTrip(
        Scene scene,
        Session session,
        Queue queue,
        MessageProducer producer,
        MessageConsumer consumer) {
    /**
     * Opens one.
     *
     * @param scene where it takes place; closes it
     * @return the round trip
     * @throws JMSException if the provider refuses
     */
    public static RoundTrip on(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        return new RoundTrip(
                scene,
                session,
                queue,
                session.createProducer(queue),
                session.createConsumer(queue));
    }

    /**
     * Sends a message and receives it.
     *
     * @param message the message
     * @return what came
     * @throws JMSException if the provider refuses
     * @throws AssertionError if nothing came in time
     */
    public Message of(Message message) throws JMSException {
        producer.send(message);
        return scene.receive(consumer);
    }

    /**
     * Sends a message and receives it as one of a kind.
     *
     * @param <T> the kind
     * @param type the kind, for example {@code TextMessage}
     * @param message the message
     * @return what came
     * @throws JMSException if the provider refuses
     * @throws AssertionError if nothing came in time, or another kind of message
     */
    public <T extends Message> T of(Class<T> type, Message message) throws JMSException {
        return Expect.type(type, of(message), "the received message");
    }
}
