// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.subscription;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;

/** A durable subscription's name used again with something else. */
final class DurableReplacementChecks {
    private static final String OTHER = "number = 1";

    @Check(
            section = "8.3.3",
            says = "Using a durable subscription's name with another topic replaces it.")
    void isReplacedByAnotherTopic(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Topic other = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        session.createDurableConsumer(topic, name).close();
        scene.send(topic, "forgotten");

        try (MessageConsumer subscriber = session.createDurableConsumer(other, name)) {
            scene.send(topic, "not for it");
            scene.send(other, "new");
            Clients.gets(scene, subscriber, "new");
        }
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.3",
            says = "Using a durable subscription's name with another selector replaces it.")
    void isReplacedByAnotherSelector(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        session.createDurableConsumer(topic, name).close();
        Clients.publish(session, topic, "forgotten 0", "forgotten 1");

        try (MessageConsumer subscriber =
                session.createDurableConsumer(topic, name, OTHER, false)) {
            Clients.publish(session, topic, "new 0", "new 1");
            Clients.gets(scene, subscriber, "new 1");
        }
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.3",
            says = "Using a durable subscription's name with another noLocal replaces it.")
    void isReplacedByAnotherNoLocal(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        session.createDurableConsumer(topic, name).close();
        scene.send(topic, "forgotten");

        try (MessageConsumer subscriber = session.createDurableConsumer(topic, name, null, true)) {
            Clients.publish(session, topic, "mine");
            scene.send(topic, "new");
            Clients.gets(scene, subscriber, "new");
        }
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.4",
            says =
                    "Using an unused shared durable subscription's name with another topic or selector"
                            + " replaces it.")
    void replacesSharedOnes(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Topic other = scene.topic();
        String name = scene.name();
        Session session = scene.session();
        session.createSharedDurableConsumer(topic, name).close();
        scene.send(topic, "forgotten");

        try (MessageConsumer subscriber = session.createSharedDurableConsumer(other, name)) {
            scene.send(other, "new");
            Clients.gets(scene, subscriber, "new");
        }
        scene.send(other, "forgotten too");
        try (MessageConsumer subscriber = session.createSharedDurableConsumer(other, name, OTHER)) {
            Clients.publish(session, other, "new 0", "new 1");
            Clients.gets(scene, subscriber, "new 1");
        }
        session.unsubscribe(name);
    }

    @Check(section = "8.3.3", says = "A replaced subscription is the new one for good.")
    void staysReplaced(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Topic other = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        session.createDurableConsumer(topic, name).close();
        session.createDurableConsumer(other, name).close();

        scene.send(topic, "not for it");
        scene.send(other, "new");

        try (MessageConsumer subscriber = session.createDurableConsumer(other, name)) {
            Clients.gets(scene, subscriber, "new");
        }
        session.unsubscribe(name);
    }
}
