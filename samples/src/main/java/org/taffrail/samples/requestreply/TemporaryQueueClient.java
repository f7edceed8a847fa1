// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.TemporaryQueue;

import java.util.concurrent.TimeUnit;

/**
 * A pilot, whose replies come over a temporary queue: his own, made once and gone with him. A reply
 * is told by the message id of its request; one that comes after he has given up is dropped.
 */
final class TemporaryQueueClient extends TideClient {
    private final TemporaryQueue replies;
    private final MessageConsumer consumer;

    TemporaryQueueClient(Connection connection, TideResources resources) throws JMSException {
        super(connection, resources);
        replies = session().createTemporaryQueue();
        consumer = session().createConsumer(replies);
    }

    @Override
    Destination replyTo() {
        return replies;
    }

    @Override
    void mark(Message request) {
        // the message id, which it gets with the send, is enough
    }

    @Override
    Message await(Message request, long patienceMs) throws JMSException {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        for (long leftMs = patienceMs;
                leftMs > 0;
                leftMs = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime())) {
            Message reply = consumer.receive(leftMs);
            if (reply == null || request.getJMSMessageID().equals(reply.getJMSCorrelationID())) {
                return reply;
            }
        }
        return null;
    }

    @Override
    public void close() throws JMSException {
        consumer.close();
        replies.delete();
        super.close();
    }
}
