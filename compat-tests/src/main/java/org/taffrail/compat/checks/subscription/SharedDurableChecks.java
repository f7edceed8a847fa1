// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.subscription;

import jakarta.jms.Connection;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** Shared durable subscriptions. */
final class SharedDurableChecks {
    @Check(
            section = "8.3.4",
            says = "A shared durable subscription collects messages while it has no consumer.")
    void collectsMessages(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Connection connection = scene.started();
        connection.createSession().createSharedDurableConsumer(topic, name);
        connection.close();

        scene.send(topic, "one", "two");

        Session session = scene.session();
        try (MessageConsumer subscriber = session.createSharedDurableConsumer(topic, name)) {
            Clients.gets(scene, subscriber, "one", "two");
        }
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.4",
            says = "Consumers of a shared durable subscription share its messages.")
    void shares(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = scene.session();
        MessageConsumer first = session.createSharedDurableConsumer(topic, name);
        MessageConsumer second = scene.session().createSharedDurableConsumer(topic, name);
        String[] texts = new String[40];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = Integer.toString(i);
        }

        scene.send(topic, texts);

        Clients.share(scene, texts.length, first, second);
        first.close();
        second.close();
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.4",
            says = "A shared durable subscription belongs to its client id where there is one.")
    void keepsClientsApart(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session without = scene.session();
        Session with = Clients.session(scene);
        MessageConsumer first = without.createSharedDurableConsumer(topic, name);
        MessageConsumer second = with.createSharedDurableConsumer(topic, name);

        scene.send(topic, "one");

        Clients.gets(scene, first, "one");
        Clients.gets(scene, second, "one");
        first.close();
        second.close();
        without.unsubscribe(name);
        with.unsubscribe(name);
    }

    @Check(
            section = "8.3.4",
            says =
                    "While a shared durable subscription is in use, its name can't be used with another"
                            + " topic or selector.")
    void refusesAnotherTopicOrSelector(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Topic other = scene.topic();
        String name = scene.name();
        Session session = scene.session();
        MessageConsumer first = session.createSharedDurableConsumer(topic, name);

        Expect.refused(
                JMSException.class,
                "another topic",
                () -> session.createSharedDurableConsumer(other, name));
        Expect.refused(
                JMSException.class,
                "another selector",
                () -> session.createSharedDurableConsumer(topic, name, "number = 1"));
        first.close();
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.4",
            says =
                    "A shared durable consumer can't be made where an unshared durable subscription of the"
                            + " same name and client id is there.")
    void refusesTheNameOfAnUnsharedOne(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        session.createDurableConsumer(topic, name).close();

        Expect.refused(
                JMSException.class,
                "createSharedDurableConsumer",
                () -> session.createSharedDurableConsumer(topic, name));
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.4",
            says = "A shared non-durable subscription of the same name is another subscription.")
    void isApartFromNonDurableOnes(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = scene.session();
        MessageConsumer durable = session.createSharedDurableConsumer(topic, name);
        MessageConsumer nonDurable = session.createSharedConsumer(topic, name);

        scene.send(topic, "one");

        Clients.gets(scene, durable, "one");
        Clients.gets(scene, nonDurable, "one");
        durable.close();
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.4",
            says = "A shared durable subscription with a selector gets only what matches.")
    void selects(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = scene.session();
        session.createSharedDurableConsumer(topic, name, "number = 1").close();

        Clients.publish(session, topic, "zero", "one", "two");

        try (MessageConsumer subscriber =
                session.createSharedDurableConsumer(topic, name, "number = 1")) {
            Clients.gets(scene, subscriber, "one");
        }
        session.unsubscribe(name);
    }

    @Check(
            section = "api:Session.createSharedDurableConsumer",
            says = "A shared durable subscription needs a topic and a valid selector.")
    void refusesWhatIsInvalid(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = scene.session();

        Expect.refused(
                InvalidDestinationException.class,
                "no topic",
                () -> session.createSharedDurableConsumer(null, name));
        Expect.refused(
                InvalidSelectorException.class,
                "an invalid selector",
                () -> session.createSharedDurableConsumer(topic, name, "a ="));
    }

    @Check(section = "8.3.4", says = "A JMSContext makes shared durable subscriptions.")
    void collectsInTheSimplifiedApi(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Topic other = scene.topic();
        String name = scene.name();
        JMSContext context = scene.context();
        context.createSharedDurableConsumer(topic, name).close();
        scene.send(topic, "one");

        try (JMSConsumer subscriber = context.createSharedDurableConsumer(topic, name)) {
            Expect.equal("one", Scene.text(scene.receive(subscriber)), "received");
            Expect.refused(
                    JMSRuntimeException.class,
                    "another topic",
                    () -> context.createSharedDurableConsumer(other, name));
        }
        context.unsubscribe(name);
    }
}
