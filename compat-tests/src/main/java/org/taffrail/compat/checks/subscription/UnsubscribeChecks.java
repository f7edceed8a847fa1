// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.subscription;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** The end of a durable subscription. */
final class UnsubscribeChecks {
    @Check(section = "8.3.3", says = "unsubscribe deletes a durable subscription and its messages.")
    void deletesTheSubscription(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        session.createDurableConsumer(topic, name).close();
        scene.send(topic, "forgotten");

        session.unsubscribe(name);

        try (MessageConsumer subscriber = session.createDurableConsumer(topic, name)) {
            scene.receivesNothing(subscriber);
        }
        session.unsubscribe(name);
    }

    @Check(section = "8.3.4", says = "unsubscribe deletes a shared durable subscription.")
    void deletesSharedSubscriptions(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = scene.session();
        session.createSharedDurableConsumer(topic, name).close();
        scene.send(topic, "forgotten");

        session.unsubscribe(name);

        try (MessageConsumer subscriber = session.createSharedDurableConsumer(topic, name)) {
            scene.receivesNothing(subscriber);
        }
        session.unsubscribe(name);
    }

    @Check(
            section = "api:Session.unsubscribe",
            says =
                    "Unsubscribing from what does not exist is refused with InvalidDestinationException.")
    void refusesUnknownNames(Scene scene) throws JMSException {
        Session session = Clients.session(scene);
        String name = scene.name();

        Expect.refused(
                InvalidDestinationException.class, "unsubscribe", () -> session.unsubscribe(name));
    }

    @Check(
            section = "api:Session.unsubscribe",
            says = "A durable subscription that has a consumer can't be unsubscribed from.")
    void refusesWhileThereIsAConsumer(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        MessageConsumer subscriber = session.createDurableConsumer(topic, name);

        Expect.refused(JMSException.class, "unsubscribe", () -> session.unsubscribe(name));

        scene.send(topic, "one");
        Clients.gets(scene, subscriber, "one");
        subscriber.close();
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.3",
            says =
                    "A durable subscription can't be unsubscribed from while a message of it is not"
                            + " acknowledged.",
            strength = org.taffrail.compat.kit.Strength.SHOULD)
    void refusesWhileAMessageIsNotAcknowledged(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session =
                Clients.connect(scene, scene.name()).createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer subscriber = session.createDurableConsumer(topic, name);
        scene.send(topic, "one");
        Message message = scene.receive(subscriber);
        subscriber.close();

        Expect.refused(JMSException.class, "unsubscribe", () -> session.unsubscribe(name));

        message.acknowledge();
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.3",
            says =
                    "A durable subscription can't be unsubscribed from while a message of it is part of a"
                            + " transaction.",
            strength = org.taffrail.compat.kit.Strength.SHOULD)
    void refusesWhileAMessageIsInATransaction(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session =
                Clients.connect(scene, scene.name()).createSession(Session.SESSION_TRANSACTED);
        MessageConsumer subscriber = session.createDurableConsumer(topic, name);
        scene.send(topic, "one");
        scene.receive(subscriber);
        subscriber.close();

        Expect.refused(JMSException.class, "unsubscribe", () -> session.unsubscribe(name));

        session.commit();
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.3",
            says = "After unsubscribe the name is free for any kind of subscription.")
    void freesTheName(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        session.createDurableConsumer(topic, name).close();

        session.unsubscribe(name);

        session.createSharedDurableConsumer(topic, name).close();
        session.unsubscribe(name);
    }

    @Check(
            section = "4.2.9",
            says = "An application makes and deletes durable subscriptions as it goes on.")
    void letsApplicationsMakeAndDelete(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);

        for (String text : new String[] {"one", "two", "three"}) {
            session.createDurableConsumer(topic, name).close();
            scene.send(topic, text);
            try (MessageConsumer subscriber = session.createDurableConsumer(topic, name)) {
                Expect.equal(text, Scene.text(scene.receive(subscriber)), "received");
            }
            session.unsubscribe(name);
            scene.send(topic, "missed");
        }
    }
}
