// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.subscription;

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

/** Shared subscriptions that are not durable. */
final class SharedChecks {
    @Check(
            section = "8.3.2",
            says =
                    "Consumers of a shared subscription share its messages: each goes to one of them.")
    void shares(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        MessageConsumer first = scene.session().createSharedConsumer(topic, name);
        MessageConsumer second = scene.session().createSharedConsumer(topic, name);
        String[] texts = new String[40];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = Integer.toString(i);
        }

        scene.send(topic, texts);

        Clients.share(scene, texts.length, first, second);
    }

    @Check(section = "8.3.2", says = "Consumers of one session share a subscription as well.")
    void sharesWithinASession(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = scene.session();
        MessageConsumer first = session.createSharedConsumer(topic, name);
        MessageConsumer second = session.createSharedConsumer(topic, name);

        scene.send(topic, "0", "1", "2", "3", "4", "5");

        Clients.share(scene, 6, first, second);
    }

    @Check(section = "8.3.2", says = "Shared subscriptions of other names get their own copies.")
    void keepsNamesApart(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Session session = scene.session();
        MessageConsumer first = session.createSharedConsumer(topic, scene.name());
        MessageConsumer second = session.createSharedConsumer(topic, scene.name());

        scene.send(topic, "one");

        Clients.gets(scene, first, "one");
        Clients.gets(scene, second, "one");
    }

    @Check(
            section = "8.3.2",
            says =
                    "A shared subscription belongs to its client id, and to all where there is none.")
    void keepsClientsApart(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        MessageConsumer without = scene.session().createSharedConsumer(topic, name);
        MessageConsumer with = Clients.session(scene).createSharedConsumer(topic, name);

        scene.send(topic, "one");

        Clients.gets(scene, without, "one");
        Clients.gets(scene, with, "one");
    }

    @Check(
            section = "8.3.2",
            says = "A shared non-durable subscription ends with the last of its consumers.")
    void endsWithTheLastConsumer(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = scene.session();
        MessageConsumer first = session.createSharedConsumer(topic, name);
        MessageConsumer second = session.createSharedConsumer(topic, name);
        first.close();
        scene.send(topic, "one");
        Clients.gets(scene, second, "one");
        scene.send(topic, "left behind");

        second.close();
        scene.send(topic, "missed");

        MessageConsumer third = session.createSharedConsumer(topic, name);
        scene.receivesNothing(third);
    }

    @Check(
            section = "8.3.2",
            says =
                    "What a closed consumer of a shared subscription had not taken goes to the others.")
    void handsOverWhatIsLeft(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        MessageConsumer first = scene.session().createSharedConsumer(topic, name);
        MessageConsumer second = scene.session().createSharedConsumer(topic, name);
        scene.send(topic, "0", "1", "2", "3", "4", "5");

        first.close();

        java.util.List<String> all = new java.util.ArrayList<>(scene.texts(second, 6));
        all.sort(null);
        Expect.equal(java.util.List.of("0", "1", "2", "3", "4", "5"), all, "received");
    }

    @Check(
            section = "8.3.2",
            says = "A shared subscription with a selector gets only what matches.")
    void selects(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Session session = scene.session();
        String name = scene.name();
        MessageConsumer first = session.createSharedConsumer(topic, name, "number = 1");

        Clients.publish(session, topic, "zero", "one", "two");

        Clients.gets(scene, first, "one");
    }

    @Check(
            section = "8.3.2",
            says =
                    "While a shared subscription is in use, its name can't be used with another topic or"
                            + " selector.")
    void refusesAnotherTopicOrSelector(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Topic other = scene.topic();
        String name = scene.name();
        Session session = scene.session();
        session.createSharedConsumer(topic, name, "number = 1");

        Expect.refused(
                JMSException.class,
                "another topic",
                () -> session.createSharedConsumer(other, name, "number = 1"));
        Expect.refused(
                JMSException.class,
                "another selector",
                () -> session.createSharedConsumer(topic, name, "number = 2"));
        Expect.refused(
                JMSException.class, "no selector", () -> session.createSharedConsumer(topic, name));
    }

    @Check(section = "8.3.2", says = "The same rule in the simplified API.")
    void refusesAnotherTopicInTheSimplifiedApi(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Topic other = scene.topic();
        String name = scene.name();
        JMSContext context = scene.context();
        context.createSharedConsumer(topic, name);

        Expect.refused(
                JMSRuntimeException.class,
                "another topic",
                () -> context.createSharedConsumer(other, name));
        Expect.refused(
                JMSRuntimeException.class,
                "a selector",
                () -> context.createSharedConsumer(topic, name, "number = 2"));
    }

    @Check(
            section = "8.3.2",
            says = "A durable subscription of the same name is another subscription.")
    void isApartFromDurableOnes(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = Clients.session(scene);
        MessageConsumer shared = session.createSharedConsumer(topic, name);
        MessageConsumer durable = session.createDurableConsumer(topic, name);

        scene.send(topic, "one");

        Clients.gets(scene, shared, "one");
        Clients.gets(scene, durable, "one");
        durable.close();
        session.unsubscribe(name);
    }

    @Check(
            section = "api:Session.createSharedConsumer",
            says = "A shared subscription needs a topic and a valid selector.")
    void refusesWhatIsInvalid(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        Session session = scene.session();

        Expect.refused(
                InvalidDestinationException.class,
                "no topic",
                () -> session.createSharedConsumer(null, name));
        Expect.refused(
                InvalidSelectorException.class,
                "an invalid selector",
                () -> session.createSharedConsumer(topic, name, "a ="));
    }

    @Check(section = "8.3.2", says = "JMSConsumers share a subscription.")
    void sharesInTheSimplifiedApi(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        JMSContext context = scene.context();
        JMSConsumer first = context.createSharedConsumer(topic, name);
        first.close();
        JMSConsumer second = context.createSharedConsumer(topic, name);

        scene.send(topic, "one");

        Expect.equal("one", Scene.text(scene.receive(second)), "received");
        scene.receivesNothing(second);
    }
}
