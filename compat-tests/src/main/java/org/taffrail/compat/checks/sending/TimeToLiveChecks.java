// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
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
import org.taffrail.compat.kit.Strength;

/** How long a message lives. */
final class TimeToLiveChecks {
    private static final long SHORT_MS = 60;
    private static final long LONG_MS = 600_000;

    /** Waits until a message has been expired for a little while. */
    private static void awaitExpired(Scene scene, Message message) throws JMSException {
        long expiration = message.getJMSExpiration();
        Expect.that(expiration > 0, "a message with a time to live has no expiration");
        scene.await(
                "the message expires", () -> System.currentTimeMillis() > expiration + SHORT_MS);
    }

    private static Message send(Session session, MessageProducer producer, long timeToLiveMs)
            throws JMSException {
        Message message = session.createTextMessage("lives " + timeToLiveMs);
        producer.send(message, DeliveryMode.PERSISTENT, 4, timeToLiveMs);
        return message;
    }

    @Check(
            section = "7.8",
            says = "A message whose time to live has passed in the queue is not delivered.",
            strength = Strength.SHOULD)
    void deliversNothingThatHasExpired(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);

        awaitExpired(scene, send(session, producer, SHORT_MS));
        send(session, producer, LONG_MS);

        MessageConsumer consumer = session.createConsumer(queue);
        Expect.equal("lives " + LONG_MS, Scene.text(scene.receive(consumer)), "received");
        scene.receivesNothing(consumer);
    }

    @Check(
            section = "7.8",
            says =
                    "A message that expires while it waits for a receive of a consumer which is there"
                            + " already is not delivered.",
            strength = Strength.SHOULD)
    void deliversNothingThatHasExpiredOnItsWay(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageConsumer consumer = session.createConsumer(queue);
        MessageProducer producer = session.createProducer(queue);

        awaitExpired(scene, send(session, producer, SHORT_MS));
        send(session, producer, LONG_MS);

        Expect.equal("lives " + LONG_MS, Scene.text(scene.receive(consumer)), "received");
    }

    @Check(
            section = "7.8",
            says = "A message expires in a subscription as well.",
            strength = Strength.SHOULD)
    void expiresInSubscriptions(Scene scene) throws JMSException {
        Session session = scene.session();
        Topic topic = scene.topic();
        MessageConsumer subscriber = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);

        awaitExpired(scene, send(session, producer, SHORT_MS));
        send(session, producer, LONG_MS);

        Expect.equal("lives " + LONG_MS, Scene.text(scene.receive(subscriber)), "received");
    }

    @Check(
            section = "7.8",
            says = "A message expires in a durable subscription that nobody consumes.",
            strength = Strength.SHOULD)
    void expiresInInactiveSubscriptions(Scene scene) throws JMSException {
        Connection connection = scene.factory().createConnection();
        scene.closing(connection);
        connection.setClientID(scene.name());
        connection.start();
        Session session = connection.createSession();
        Topic topic = scene.topic();
        String name = scene.name();
        session.createDurableConsumer(topic, name).close();
        MessageProducer producer = session.createProducer(topic);

        awaitExpired(scene, send(session, producer, SHORT_MS));
        send(session, producer, LONG_MS);

        try (MessageConsumer subscriber = session.createDurableConsumer(topic, name)) {
            Expect.equal("lives " + LONG_MS, Scene.text(scene.receive(subscriber)), "received");
        }
        session.unsubscribe(name);
    }

    @Check(
            section = "7.8",
            says = "What has expired before its transaction commits is not delivered.",
            strength = Strength.SHOULD)
    void expiresBeforeTheCommit(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        awaitExpired(scene, send(session, producer, SHORT_MS));
        send(session, producer, LONG_MS);

        session.commit();

        MessageConsumer consumer = scene.session().createConsumer(queue);
        Expect.equal("lives " + LONG_MS, Scene.text(scene.receive(consumer)), "received");
    }

    @Check(
            section = "7.8",
            says = "A message that was rolled back does not live longer for it.",
            strength = Strength.SHOULD)
    void doesNotReviveAfterARollback(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session sender = scene.session();
        Session session = scene.session(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = session.createConsumer(queue);
        Message sent = send(sender, sender.createProducer(queue), 1_000);
        scene.receive(consumer);

        awaitExpired(scene, sent);
        session.rollback();

        scene.receivesNothing(consumer);
    }

    @Check(section = "7.8", says = "The time to live of a JMSProducer holds for what it sends.")
    void holdsInTheSimplifiedApi(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        long before = System.currentTimeMillis();

        context.createProducer().setTimeToLive(LONG_MS).send(queue, "one");

        long expiration = scene.receive(context.createConsumer(queue)).getJMSExpiration();
        Expect.that(
                before + LONG_MS <= expiration
                        && expiration <= System.currentTimeMillis() + LONG_MS,
                "the expiration does not count from the send");
    }
}
