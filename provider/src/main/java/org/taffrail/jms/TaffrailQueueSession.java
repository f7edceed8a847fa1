// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;
import jakarta.jms.TopicPublisher;
import jakarta.jms.TopicSubscriber;

/** A session that refuses what only a topic session does (Javadoc of {@code QueueSession}). */
final class TaffrailQueueSession extends TaffrailSession {
    TaffrailQueueSession(SessionCore core) {
        super(core);
    }

    private IllegalStateException refusal() throws IllegalStateException {
        open();
        return new IllegalStateException("a queue session knows no topics");
    }

    @Override
    public TopicSubscriber createSubscriber(Topic topic, String messageSelector, boolean noLocal)
            throws JMSException {
        throw refusal();
    }

    @Override
    public TopicPublisher createPublisher(Topic topic) throws JMSException {
        throw refusal();
    }

    @Override
    public MessageConsumer createSharedConsumer(
            Topic topic, String sharedSubscriptionName, String messageSelector)
            throws JMSException {
        throw refusal();
    }

    @Override
    public TopicSubscriber createDurableSubscriber(
            Topic topic, String name, String messageSelector, boolean noLocal) throws JMSException {
        throw refusal();
    }

    @Override
    public MessageConsumer createSharedDurableConsumer(
            Topic topic, String name, String messageSelector) throws JMSException {
        throw refusal();
    }

    @Override
    public Topic createTopic(String topicName) throws JMSException {
        throw refusal();
    }

    @Override
    public TemporaryTopic createTemporaryTopic() throws JMSException {
        throw refusal();
    }

    @Override
    public void unsubscribe(String name) throws JMSException {
        throw refusal();
    }
}
