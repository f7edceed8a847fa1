// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.subscription;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

/** Unshared durable subscriptions. */
final class DurableChecks {
    @Check(
            section = "8.3.3",
            says = "A durable subscription collects messages while it has no consumer.")
    void collectsMessages(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        session.createDurableConsumer(topic, name).close();

        scene.send(topic, "one", "two");

        try (MessageConsumer subscriber = session.createDurableConsumer(topic, name)) {
            Clients.gets(scene, subscriber, "one", "two");
        }
        session.unsubscribe(name);
    }

    @Check(section = "8.3.3", says = "A durable subscription outlives its connection.")
    void outlivesItsConnection(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        String clientId = scene.name();
        Connection first = Clients.connect(scene, clientId);
        first.createSession().createDurableConsumer(topic, name);
        first.close();

        scene.send(topic, "one");

        Session session = Clients.connect(scene, clientId).createSession();
        try (MessageConsumer subscriber = session.createDurableConsumer(topic, name)) {
            Clients.gets(scene, subscriber, "one");
        }
        session.unsubscribe(name);
    }

    @Check(
            section = "4.2.2",
            says = "What was consumed from a durable subscription does not come again.")
    void goesOnWhereItWas(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        MessageConsumer first = session.createDurableConsumer(topic, name);
        scene.send(topic, "one", "two");
        Expect.equal("one", Scene.text(scene.receive(first)), "the first");
        first.close();

        try (MessageConsumer second = session.createDurableConsumer(topic, name)) {
            Clients.gets(scene, second, "two");
        }
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.3",
            says = "What was not acknowledged in a durable subscription comes again, flagged.")
    void redeliversWhatWasNotAcknowledged(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        String clientId = scene.name();
        Connection first = Clients.connect(scene, clientId);
        MessageConsumer subscriber =
                first.createSession(Session.CLIENT_ACKNOWLEDGE).createDurableConsumer(topic, name);
        scene.send(topic, "one");
        scene.receive(subscriber);
        first.close();

        Session session = Clients.connect(scene, clientId).createSession();
        try (MessageConsumer again = session.createDurableConsumer(topic, name)) {
            Message message = scene.receive(again);
            Expect.equal("one", Scene.text(message), "received again");
            Expect.equal(true, message.getJMSRedelivered(), "its redelivered flag");
        }
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.3",
            says = "A durable subscription with a selector gets only what matches.")
    void selects(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        session.createDurableConsumer(topic, name, "number = 1", false).close();

        Clients.publish(session, topic, "zero", "one", "two");

        try (MessageConsumer subscriber =
                session.createDurableConsumer(topic, name, "number = 1", false)) {
            Clients.gets(scene, subscriber, "one");
        }
        session.unsubscribe(name);
    }

    @Check(section = "8.3.3", says = "An unshared durable subscription has one consumer at a time.")
    void refusesASecondConsumer(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Connection connection = Clients.connect(scene, scene.name());
        Session session = connection.createSession();
        MessageConsumer first = session.createDurableConsumer(topic, name);

        Expect.refused(
                JMSException.class,
                "a second consumer of the same session",
                () -> session.createDurableConsumer(topic, name));
        Expect.refused(
                JMSException.class,
                "a second consumer of another session",
                () -> connection.createSession().createDurableConsumer(topic, name));
        first.close();
        session.unsubscribe(name);
    }

    @Check(section = "8.3.3", says = "An unshared durable subscription needs a client id.")
    void needsAClientId(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = scene.session();

        Expect.refused(
                IllegalStateException.class,
                "createDurableConsumer",
                () -> session.createDurableConsumer(topic, name));
        Expect.refused(
                IllegalStateException.class,
                "createDurableSubscriber",
                () -> session.createDurableSubscriber(topic, name));
    }

    @Check(
            section = "8.3.3",
            says = "Durable subscriptions of the same name but other client ids are others.")
    void keepsClientsApart(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session first = Clients.session(scene);
        Session second = Clients.session(scene);
        MessageConsumer firstSubscriber = first.createDurableConsumer(topic, name);
        MessageConsumer secondSubscriber = second.createDurableConsumer(topic, name);

        scene.send(topic, "one");

        Clients.gets(scene, firstSubscriber, "one");
        Clients.gets(scene, secondSubscriber, "one");
        firstSubscriber.close();
        secondSubscriber.close();
        first.unsubscribe(name);
        second.unsubscribe(name);
    }

    @Check(section = "8.3.3", says = "createDurableSubscriber makes the same kind of subscription.")
    void isReachedByBothNames(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        try (TopicSubscriber subscriber = session.createDurableSubscriber(topic, name)) {
            Expect.equal(topic, subscriber.getTopic(), "the subscriber's topic");
            Expect.equal(false, subscriber.getNoLocal(), "its noLocal");
        }

        scene.send(topic, "one");

        try (MessageConsumer consumer = session.createDurableConsumer(topic, name)) {
            Clients.gets(scene, consumer, "one");
        }
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.3",
            says =
                    "A durable consumer can't be made where a shared durable subscription of the same name"
                            + " and client id is there.")
    void refusesTheNameOfASharedOne(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        session.createSharedDurableConsumer(topic, name).close();

        Expect.refused(
                JMSException.class,
                "createDurableConsumer",
                () -> session.createDurableConsumer(topic, name));
        Expect.refused(
                JMSException.class,
                "createDurableSubscriber",
                () -> session.createDurableSubscriber(topic, name));
        session.unsubscribe(name);
    }

    @Check(
            section = "api:Session.createDurableConsumer",
            says = "A durable subscription needs a topic and a valid selector.")
    void refusesWhatIsInvalid(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);

        Expect.refused(
                InvalidDestinationException.class,
                "no topic",
                () -> session.createDurableConsumer(null, name));
        Expect.refused(
                InvalidSelectorException.class,
                "an invalid selector",
                () -> session.createDurableConsumer(topic, name, "a =", false));
        Expect.refused(
                InvalidSelectorException.class,
                "an invalid selector of a durable subscriber",
                () -> session.createDurableSubscriber(topic, name, "a =", false));
        Expect.refused(
                JMSException.class, "no name", () -> session.createDurableConsumer(topic, null));
    }

    @Check(
            section = "4.2.7",
            says = "A temporary topic has no durable subscriptions.",
            strength = Strength.COMMON_PRACTICE)
    void refusesTemporaryTopics(Scene scene) throws JMSException {
        Session session = Clients.session(scene);
        Topic topic = session.createTemporaryTopic();
        String name = scene.name();

        Expect.refused(
                InvalidDestinationException.class,
                "createDurableConsumer of a temporary topic",
                () -> session.createDurableConsumer(topic, name));
    }

    @Check(section = "8.3.3", says = "A JMSContext makes durable subscriptions.")
    void collectsInTheSimplifiedApi(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        JMSContext context = scene.closing(scene.factory().createContext());
        context.setClientID(scene.name());
        context.createDurableConsumer(topic, name).close();
        scene.send(topic, "one");

        try (JMSConsumer subscriber = context.createDurableConsumer(topic, name)) {
            Expect.equal("one", Scene.text(scene.receive(subscriber)), "received");
            Expect.refused(
                    JMSRuntimeException.class,
                    "a second consumer",
                    () -> context.createDurableConsumer(topic, name));
        }
        context.unsubscribe(name);
    }
}
