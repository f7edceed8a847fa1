// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.QueueSender;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicConnectionFactory;
import jakarta.jms.TopicPublisher;
import jakarta.jms.TopicSession;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.List;

/** Producers of the two older APIs, for queues and for topics. */
final class DomainProducerChecks {
    private static QueueSession queueSession(Scene scene) throws JMSException {
        QueueConnection connection =
                scene.closing(scene.factory(QueueConnectionFactory.class).createQueueConnection());
        connection.start();
        return connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    private static TopicSession topicSession(Scene scene) throws JMSException {
        TopicConnection connection =
                scene.closing(scene.factory(TopicConnectionFactory.class).createTopicConnection());
        connection.start();
        return connection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    @Check(section = "7.1", says = "A queue sender sends to its queue and tells which it is.")
    void sendsToTheSendersQueue(Scene scene) throws JMSException {
        QueueSession session = queueSession(scene);
        Queue queue = scene.queue();
        QueueSender sender = session.createSender(queue);

        sender.send(session.createTextMessage("one"));
        sender.send(session.createTextMessage("two"), DeliveryMode.PERSISTENT, 4, 0);

        Expect.equal(queue, sender.getQueue(), "the sender's queue");
        Expect.equal(
                List.of("one", "two"), scene.texts(session.createReceiver(queue), 2), "received");
    }

    @Check(section = "7.1", says = "A queue sender without a queue sends where each send says.")
    void sendsWhereEachQueueSendSays(Scene scene) throws JMSException {
        QueueSession session = queueSession(scene);
        Queue queue = scene.queue();
        QueueSender sender = session.createSender(null);

        sender.send(queue, session.createTextMessage("one"));
        sender.send(queue, session.createTextMessage("two"), DeliveryMode.PERSISTENT, 4, 0);

        Expect.equal(
                List.of("one", "two"), scene.texts(session.createReceiver(queue), 2), "received");
    }

    @Check(
            section = "api:QueueSender.send",
            says = "A queue sender without a queue refuses a send that names none.")
    void refusesToSendToNoQueue(Scene scene) throws JMSException {
        QueueSession session = queueSession(scene);
        QueueSender sender = session.createSender(null);
        Message message = session.createMessage();

        Expect.refused(UnsupportedOperationException.class, "send", () -> sender.send(message));
    }

    @Check(
            section = "7.1",
            says = "A topic publisher publishes on its topic and tells which it is.")
    void publishesOnThePublishersTopic(Scene scene) throws JMSException {
        TopicSession session = topicSession(scene);
        Topic topic = scene.topic();
        MessageConsumer subscriber = session.createSubscriber(topic);
        TopicPublisher publisher = session.createPublisher(topic);

        publisher.publish(session.createTextMessage("one"));
        publisher.publish(session.createTextMessage("two"), DeliveryMode.PERSISTENT, 4, 0);
        publisher.send(session.createTextMessage("three"));

        Expect.equal(topic, publisher.getTopic(), "the publisher's topic");
        Expect.equal(List.of("one", "two", "three"), scene.texts(subscriber, 3), "received");
    }

    @Check(
            section = "7.1",
            says = "A topic publisher without a topic publishes where each call says.")
    void publishesWhereEachCallSays(Scene scene) throws JMSException {
        TopicSession session = topicSession(scene);
        Topic topic = scene.topic();
        MessageConsumer subscriber = session.createSubscriber(topic);
        TopicPublisher publisher = session.createPublisher(null);

        publisher.publish(topic, session.createTextMessage("one"));
        publisher.publish(topic, session.createTextMessage("two"), DeliveryMode.PERSISTENT, 4, 0);

        Expect.equal(List.of("one", "two"), scene.texts(subscriber, 2), "received");
    }

    @Check(
            section = "api:TopicPublisher",
            says =
                    "A topic publisher refuses to publish without a topic where it has none, and with"
                            + " one where it has its own.")
    void refusesTheWrongFormOfPublish(Scene scene) throws JMSException {
        TopicSession session = topicSession(scene);
        Topic topic = scene.topic();
        TopicPublisher without = session.createPublisher(null);
        TopicPublisher with = session.createPublisher(topic);
        Message message = session.createMessage();

        Expect.refused(
                UnsupportedOperationException.class, "publish", () -> without.publish(message));
        Expect.refused(
                UnsupportedOperationException.class,
                "publish on a topic",
                () -> with.publish(topic, message));
    }
}
