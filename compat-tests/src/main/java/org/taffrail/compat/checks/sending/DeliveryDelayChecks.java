// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.Connection;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;

/** Messages that are delivered later. */
final class DeliveryDelayChecks {
    private static final long DELAY_MS = 300;
    private static final long LONG_MS = 600_000;

    private static MessageProducer delaying(Session session, jakarta.jms.Destination to, long ms)
            throws JMSException {
        MessageProducer producer = session.createProducer(to);
        producer.setDeliveryDelay(ms);
        return producer;
    }

    /** Receives a message that must not come before its delivery time. */
    private static void receivesInTime(Scene scene, MessageConsumer consumer, Message sent)
            throws JMSException {
        Message received = scene.receive(consumer);
        long now = System.currentTimeMillis();
        long due = sent.getJMSDeliveryTime();
        Expect.equal(due, received.getJMSDeliveryTime(), "the delivery time received");
        Expect.that(now >= due, "it came " + (due - now) + " ms before its delivery time");
    }

    @Check(section = "7.9", says = "A message is not delivered before its delivery time.")
    void isNotDeliveredEarly(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageConsumer consumer = session.createConsumer(queue);
        Message message = session.createTextMessage("later");

        delaying(session, queue, DELAY_MS).send(message);

        receivesInTime(scene, consumer, message);
    }

    @Check(section = "7.9", says = "receiveNoWait does not see a message before its delivery time.")
    void isNotSeenByAnImpatientReceive(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();

        delaying(session, queue, LONG_MS).send(session.createTextMessage("later"));

        MessageConsumer consumer = session.createConsumer(queue);
        Expect.isNull(consumer.receiveNoWait(), "what was received");
        scene.receivesNothing(consumer);
    }

    @Check(
            section = "6.2.9.2",
            says = "A message that is due at once overtakes one that is not.",
            strength = Strength.COMMON_PRACTICE)
    void letsOthersPass(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        delaying(session, queue, LONG_MS).send(session.createTextMessage("later"));
        session.createProducer(queue).send(session.createTextMessage("now"));

        MessageConsumer consumer = session.createConsumer(queue);
        Expect.equal("now", Scene.text(scene.receive(consumer)), "received");
    }

    @Check(
            section = "7.9",
            says = "Messages are delivered in the order of their delivery times.",
            strength = Strength.COMMON_PRACTICE)
    void deliversInTheOrderOfDeliveryTimes(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        delaying(session, queue, 2 * DELAY_MS).send(session.createTextMessage("third"));
        delaying(session, queue, DELAY_MS).send(session.createTextMessage("second"));
        delaying(session, queue, 1).send(session.createTextMessage("first"));

        Expect.equal(
                List.of("first", "second", "third"),
                scene.texts(session.createConsumer(queue), 3),
                "received");
    }

    @Check(
            section = "7.9",
            says = "A delayed message comes to the subscriptions of a topic in time.")
    void delaysOnTopics(Scene scene) throws JMSException {
        Session session = scene.session();
        Topic topic = scene.topic();
        MessageConsumer subscriber = session.createConsumer(topic);
        Message message = session.createTextMessage("later");

        delaying(session, topic, DELAY_MS).send(message);

        receivesInTime(scene, subscriber, message);
    }

    @Check(
            section = "7.9",
            says =
                    "A delayed message of a topic is only for subscriptions that were there when it was"
                            + " sent.")
    void isNotForLaterSubscriptions(Scene scene) throws JMSException {
        Session session = scene.session();
        Topic topic = scene.topic();
        MessageConsumer early = session.createConsumer(topic);
        Message message = session.createTextMessage("later");
        delaying(session, topic, DELAY_MS).send(message);

        MessageConsumer late = session.createConsumer(topic);

        receivesInTime(scene, early, message);
        scene.receivesNothing(late);
    }

    @Check(
            section = "7.9",
            says = "A delayed message comes to a durable subscription that was inactive meanwhile.")
    void delaysForInactiveSubscriptions(Scene scene) throws JMSException {
        Connection connection = scene.closing(scene.factory().createConnection());
        connection.setClientID(scene.name());
        connection.start();
        Session session = connection.createSession();
        Topic topic = scene.topic();
        String name = scene.name();
        session.createDurableConsumer(topic, name).close();
        Message message = session.createTextMessage("later");

        delaying(session, topic, DELAY_MS).send(message);

        try (MessageConsumer subscriber = session.createDurableConsumer(topic, name)) {
            receivesInTime(scene, subscriber, message);
        }
        session.unsubscribe(name);
    }

    @Check(section = "4.1.6", says = "A browser does not show a message before its delivery time.")
    void isNotBrowsedEarly(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        delaying(session, queue, LONG_MS).send(session.createTextMessage("later"));
        session.createProducer(queue).send(session.createTextMessage("now"));

        try (QueueBrowser browser = session.createBrowser(queue)) {
            var messages = browser.getEnumeration();
            Expect.that(messages.hasMoreElements(), "the browser shows nothing");
            Expect.equal("now", Scene.text((Message) messages.nextElement()), "browsed");
            Expect.that(!messages.hasMoreElements(), "the browser shows a message too early");
        }
    }

    @Check(
            section = "7.9",
            says = "A delayed message that is rolled back comes again at once.",
            strength = Strength.COMMON_PRACTICE)
    void isNotDelayedAgainAfterARollback(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        delaying(session, queue, 1).send(session.createTextMessage("later"));
        session.commit();
        MessageConsumer consumer = session.createConsumer(queue);
        scene.receive(consumer);

        session.rollback();

        Expect.equal("later", Scene.text(scene.receive(consumer)), "received again");
        session.commit();
    }

    @Check(section = "7.9", says = "The delivery delay of a JMSProducer holds for what it sends.")
    void holdsInTheSimplifiedApi(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        long before = System.currentTimeMillis();

        context.createProducer().setDeliveryDelay(DELAY_MS).send(queue, "later");

        Message received = scene.receive(context.createConsumer(queue));
        Expect.that(
                System.currentTimeMillis() >= before + DELAY_MS,
                "it came before its delivery time");
        Expect.that(
                received.getJMSDeliveryTime() >= before + DELAY_MS, "the delivery time is early");
    }
}
