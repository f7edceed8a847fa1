// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.reliability;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.List;

/** What is there after the provider's server was restarted, or killed. */
final class RestartChecks {
    private static Connection connect(Scene scene, String clientId) throws JMSException {
        Connection connection = scene.closing(scene.factory().createConnection());
        connection.setClientID(clientId);
        connection.start();
        return connection;
    }

    /** Finds a queue again by its name: objects of before the restart may be of no use. */
    private static MessageConsumer consumer(Session session, String name) throws JMSException {
        return session.createConsumer(session.createQueue(name));
    }

    @Check(
            section = "7.7",
            says = "Persistent messages survive an orderly restart, in order.",
            restarts = true)
    void keepsPersistentMessages(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        String name = queue.getQueueName();
        scene.send(queue, "one", "two", "three");

        scene.restart();

        Session session = scene.session();
        List<String> texts = scene.texts(consumer(session, name), 3);
        Expect.equal(List.of("one", "two", "three"), texts, "received");
    }

    @Check(
            section = "7.7",
            says = "Persistent messages survive the sudden end of the server, in order.",
            restarts = true,
            kills = true)
    void keepsPersistentMessagesInACrash(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        String name = queue.getQueueName();
        scene.send(queue, "one", "two", "three");

        scene.crash();

        Session session = scene.session();
        MessageConsumer consumer = consumer(session, name);
        Expect.equal(List.of("one", "two", "three"), scene.texts(consumer, 3), "received");
        scene.receivesNothing(consumer);
    }

    @Check(
            section = "7.7",
            says =
                    "A message that was received and acknowledged does not come again after a crash.",
            restarts = true,
            kills = true)
    void doesNotDeliverTwiceAfterACrash(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        String name = queue.getQueueName();
        scene.send(queue, "one", "two");
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        scene.receive(session.createConsumer(queue)).acknowledge();

        scene.crash();

        Session after = scene.session();
        MessageConsumer consumer = consumer(after, name);
        Expect.equal("two", Scene.text(scene.receive(consumer)), "received");
        scene.receivesNothing(consumer);
    }

    @Check(
            section = "7.7",
            says = "A non-persistent message is not delivered twice, whatever happens.",
            restarts = true,
            kills = true)
    void neverDeliversNonPersistentMessagesTwice(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        String name = queue.getQueueName();
        Session sender = scene.session();
        MessageProducer producer = sender.createProducer(queue);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.send(sender.createTextMessage("one"));
        Session session = scene.session();
        scene.receive(session.createConsumer(queue));
        session.close();

        scene.crash();

        scene.receivesNothing(consumer(scene.session(), name));
    }

    @Check(
            section = "8.3.3",
            says = "Durable subscriptions and what they have collected survive a crash.",
            restarts = true,
            kills = true)
    void keepsDurableSubscriptions(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String topicName = topic.getTopicName();
        String clientId = scene.name();
        String name = scene.name();
        String shared = scene.name();
        Session before = connect(scene, clientId).createSession();
        before.createDurableConsumer(topic, name, "number = 1", false).close();
        before.createSharedDurableConsumer(topic, shared).close();
        MessageProducer producer = before.createProducer(topic);
        for (int i = 0; i < 3; i++) {
            Message message = before.createTextMessage(Integer.toString(i));
            message.setIntProperty("number", i);
            producer.send(message);
        }

        scene.crash();

        Session after = connect(scene, clientId).createSession();
        Topic found = after.createTopic(topicName);
        try (MessageConsumer subscriber =
                after.createDurableConsumer(found, name, "number = 1", false)) {
            Expect.equal("1", Scene.text(scene.receive(subscriber)), "the unshared one's");
            scene.receivesNothing(subscriber);
        }
        try (MessageConsumer subscriber = after.createSharedDurableConsumer(found, shared)) {
            Expect.equal(List.of("0", "1", "2"), scene.texts(subscriber, 3), "the shared one's");
        }
        after.unsubscribe(name);
        after.unsubscribe(shared);
    }

    @Check(
            section = "7.9",
            says = "A delayed message survives a restart, and is not delivered early.",
            restarts = true)
    void keepsDelays(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        String name = queue.getQueueName();
        Session before = scene.session();
        MessageProducer producer = before.createProducer(queue);
        producer.setDeliveryDelay(5_000);
        Message message = before.createTextMessage("later");
        producer.send(message);
        long due = message.getJMSDeliveryTime();

        scene.restart();

        Message received = scene.receive(consumer(scene.session(), name));
        long now = System.currentTimeMillis();
        Expect.that(now >= due, "it came " + (due - now) + " ms too early");
    }

    @Check(
            section = "7.8",
            says = "A message that has expired during a restart is not delivered.",
            restarts = true)
    void keepsExpirations(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        String name = queue.getQueueName();
        Session before = scene.session();
        MessageProducer producer = before.createProducer(queue);
        Message message = before.createTextMessage("expired");
        producer.send(message, DeliveryMode.PERSISTENT, 4, 200);
        producer.send(before.createTextMessage("alive"));
        long expiration = message.getJMSExpiration();

        scene.restart();
        scene.await("the message expires", () -> System.currentTimeMillis() > expiration);

        MessageConsumer consumer = consumer(scene.session(), name);
        Expect.equal("alive", Scene.text(scene.receive(consumer)), "received");
        scene.receivesNothing(consumer);
    }

    @Check(section = "3.4.10", says = "Priorities survive a restart.", restarts = true)
    void keepsPriorities(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        String name = queue.getQueueName();
        Session before = scene.session();
        MessageProducer producer = before.createProducer(queue);
        producer.send(before.createTextMessage("low"), DeliveryMode.PERSISTENT, 1, 0);
        producer.send(before.createTextMessage("high"), DeliveryMode.PERSISTENT, 8, 0);

        scene.restart();

        Message first = scene.receive(consumer(scene.session(), name));
        Expect.equal("high", Scene.text(first), "the first message");
        Expect.equal(8, first.getJMSPriority(), "its priority");
    }
}
