// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.domain;

import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
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
import jakarta.jms.TopicSubscriber;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** What the interfaces of one domain refuse: no destination, no message, no selector. */
final class DomainRefusalChecks {
    private static final int MODE = DeliveryMode.PERSISTENT;

    private static QueueSession queues(Scene scene) throws JMSException {
        QueueConnection connection =
                scene.closing(scene.factory(QueueConnectionFactory.class).createQueueConnection());
        return connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    private static TopicSession topics(Scene scene) throws JMSException {
        TopicConnection connection =
                scene.closing(scene.factory(TopicConnectionFactory.class).createTopicConnection());
        connection.setClientID(scene.name());
        return connection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    @Check(
            section = "api:QueueSender.send",
            says = "A sender refuses to send no message: MessageFormatException.")
    void senderNeedsMessage(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        QueueSession session = queues(scene);
        QueueSender own = session.createSender(queue);
        QueueSender without = session.createSender(null);

        Expect.refused(MessageFormatException.class, "send", () -> own.send(null));
        Expect.refused(
                MessageFormatException.class, "send to a queue", () -> without.send(queue, null));
    }

    @Check(
            section = "api:QueueSender.send",
            says = "A sender refuses to send to no queue: InvalidDestinationException.")
    void senderNeedsQueue(Scene scene) throws JMSException {
        QueueSession session = queues(scene);
        QueueSender sender = session.createSender(null);
        Message message = session.createMessage();
        Queue none = null;

        Expect.refused(InvalidDestinationException.class, "send", () -> sender.send(none, message));
        Expect.refused(
                InvalidDestinationException.class,
                "send with options",
                () -> sender.send(none, message, MODE, 4, 0));
    }

    @Check(
            section = "api:QueueSender",
            says =
                    "A sender that has a queue refuses to be told one with a send:"
                            + " UnsupportedOperationException.")
    void senderKeepsToItsQueue(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        QueueSession session = queues(scene);
        QueueSender sender = session.createSender(queue);
        Message message = session.createMessage();

        Expect.refused(
                UnsupportedOperationException.class, "send", () -> sender.send(queue, message));
        Expect.refused(
                UnsupportedOperationException.class,
                "send with options",
                () -> sender.send(queue, message, MODE, 4, 0));
    }

    @Check(
            section = "api:TopicPublisher.publish",
            says = "A publisher refuses to publish no message: MessageFormatException.")
    void publisherNeedsMessage(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        TopicSession session = topics(scene);
        TopicPublisher own = session.createPublisher(topic);
        TopicPublisher without = session.createPublisher(null);

        Expect.refused(MessageFormatException.class, "publish", () -> own.publish(null));
        Expect.refused(
                MessageFormatException.class,
                "publish on a topic",
                () -> without.publish(topic, null));
    }

    @Check(
            section = "api:TopicPublisher.publish",
            says = "A publisher refuses to publish on no topic: InvalidDestinationException.")
    void publisherNeedsTopic(Scene scene) throws JMSException {
        TopicSession session = topics(scene);
        TopicPublisher publisher = session.createPublisher(null);
        Message message = session.createMessage();

        Expect.refused(
                InvalidDestinationException.class,
                "publish",
                () -> publisher.publish(null, message));
        Expect.refused(
                InvalidDestinationException.class,
                "publish with options",
                () -> publisher.publish(null, message, MODE, 4, 0));
    }

    @Check(
            section = "api:QueueSession.createBrowser",
            says =
                    "A queue session's browser needs a queue and a valid selector:"
                            + " InvalidDestinationException and InvalidSelectorException.")
    void browserNeedsQueueAndSelector(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        QueueSession session = queues(scene);

        Expect.refused(
                InvalidDestinationException.class, "no queue", () -> session.createBrowser(null));
        Expect.refused(
                InvalidSelectorException.class,
                "an invalid selector",
                () -> session.createBrowser(queue, "a ="));
    }

    @Check(
            section = "api:TopicSession.createDurableSubscriber",
            says =
                    "A durable subscriber needs a topic and a valid selector:"
                            + " InvalidDestinationException and InvalidSelectorException.")
    void durableSubscriberNeedsTopicAndSelector(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        TopicSession session = topics(scene);

        Expect.refused(
                InvalidDestinationException.class,
                "no topic",
                () -> session.createDurableSubscriber(null, name));
        Expect.refused(
                InvalidSelectorException.class,
                "an invalid selector",
                () -> session.createDurableSubscriber(topic, name, "a =", false));
    }

    @Check(
            section = "api:TopicSession.createDurableSubscriber",
            says = "A durable subscription has one subscriber at a time, and is unshared.")
    void durableSubscriberIsTheOnlyOne(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        TopicSession session = topics(scene);
        TopicSubscriber first = session.createDurableSubscriber(topic, name);

        Expect.refused(
                JMSException.class,
                "a second subscriber",
                () -> session.createDurableSubscriber(topic, name));
        Expect.refused(
                JMSException.class,
                "a shared consumer",
                () -> session.createSharedDurableConsumer(topic, name));
        first.close();
        session.unsubscribe(name);
    }

    @Check(
            section = "api:TopicSession.unsubscribe",
            says =
                    "A topic session can't unsubscribe from what there is not:"
                            + " InvalidDestinationException.")
    void unsubscribeNeedsSubscription(Scene scene) throws JMSException {
        String name = scene.name();
        TopicSession session = topics(scene);

        Expect.refused(
                InvalidDestinationException.class, "unsubscribe", () -> session.unsubscribe(name));
    }

    @Check(
            section = "api:QueueSender.send",
            says = "A queue sender without a queue refuses a send that names none.")
    void senderWithoutQueueIsToldOne(Scene scene) throws JMSException {
        QueueSession session = queues(scene);
        QueueSender sender = session.createSender(null);
        Message message = session.createMessage();

        Expect.refused(UnsupportedOperationException.class, "send", () -> sender.send(message));
    }

    @Check(
            section = "api:TopicPublisher",
            says =
                    "A topic publisher refuses to publish without a topic where it has none, and with"
                            + " one where it has its own.")
    void publisherRefusesTheWrongForm(Scene scene) throws JMSException {
        TopicSession session = topics(scene);
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
