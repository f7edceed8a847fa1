// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.QueueReceiver;
import jakarta.jms.QueueSender;
import jakarta.jms.TemporaryQueue;

/** A session that refuses what only a queue session does (Javadoc of {@code TopicSession}). */
final class TaffrailTopicSession extends TaffrailSession {
    TaffrailTopicSession(SessionCore core) {
        super(core);
    }

    private IllegalStateException refusal() throws IllegalStateException {
        open();
        return new IllegalStateException("a topic session knows no queues");
    }

    @Override
    public QueueReceiver createReceiver(Queue queue, String messageSelector) throws JMSException {
        throw refusal();
    }

    @Override
    public QueueSender createSender(Queue queue) throws JMSException {
        throw refusal();
    }

    @Override
    public QueueBrowser createBrowser(Queue queue, String messageSelector) throws JMSException {
        throw refusal();
    }

    @Override
    public Queue createQueue(String queueName) throws JMSException {
        throw refusal();
    }

    @Override
    public TemporaryQueue createTemporaryQueue() throws JMSException {
        throw refusal();
    }
}
