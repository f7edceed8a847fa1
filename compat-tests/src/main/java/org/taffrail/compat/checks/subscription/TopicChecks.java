// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.subscription;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;

/** Topics, and unshared subscriptions that are not durable. */
final class TopicChecks {
    @Check(section = "4.2.2", says = "Each subscription gets a copy of every message.")
    void givesEachSubscriptionItsCopy(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Session session = scene.session();
        List<MessageConsumer> subscribers =
                List.of(
                        session.createConsumer(topic),
                        session.createConsumer(topic),
                        scene.session().createConsumer(topic));

        scene.send(topic, "one", "two");

        for (MessageConsumer subscriber : subscribers) {
            Clients.gets(scene, subscriber, "one", "two");
        }
    }

    @Check(
            section = "4.2.3",
            says = "A subscription gets nothing that was sent before it was made.",
            strength = Strength.COMMON_PRACTICE)
    void givesNothingOfThePast(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        scene.send(topic, "before");

        MessageConsumer subscriber = scene.session().createConsumer(topic);
        scene.send(topic, "after");

        Clients.gets(scene, subscriber, "after");
    }

    @Check(section = "8.3.1", says = "An unshared non-durable subscription ends with its consumer.")
    void endsWithItsConsumer(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Session session = scene.session();
        MessageConsumer first = session.createConsumer(topic);
        scene.send(topic, "left behind");

        first.close();
        scene.send(topic, "missed");

        MessageConsumer second = session.createConsumer(topic);
        scene.send(topic, "new");
        Clients.gets(scene, second, "new");
    }

    @Check(section = "4.2.2", says = "Acknowledging one copy acknowledges no other.")
    void keepsCopiesApart(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Session first = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Session second = scene.session(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer firstSubscriber = first.createConsumer(topic);
        MessageConsumer secondSubscriber = second.createConsumer(topic);
        scene.send(topic, "one");
        Message mine = scene.receive(firstSubscriber);
        Message yours = scene.receive(secondSubscriber);

        mine.acknowledge();
        second.recover();

        Message again = scene.receive(secondSubscriber);
        Expect.equal(Scene.text(yours), Scene.text(again), "the other copy");
        Expect.equal(true, again.getJMSRedelivered(), "its redelivered flag");
        first.recover();
        scene.receivesNothing(firstSubscriber);
    }

    @Check(section = "8.3.1", says = "A subscription with a selector gets only what matches.")
    void selects(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Session session = scene.session();
        MessageConsumer some = session.createConsumer(topic, "number = 1");
        MessageConsumer all = session.createConsumer(topic);

        Clients.publish(session, topic, "zero", "one", "two");

        Clients.gets(scene, some, "one");
        Clients.gets(scene, all, "zero", "one", "two");
    }

    @Check(
            section = "4.2.3",
            says = "A message to a topic without subscriptions goes nowhere.",
            strength = Strength.COMMON_PRACTICE)
    void forgetsWhatNobodyWants(Scene scene) throws JMSException {
        Topic topic = scene.topic();

        scene.send(topic, "one");

        scene.receivesNothing(scene.session().createConsumer(topic));
    }

    @Check(
            section = "4.2.2",
            says = "A queue and a topic of the same name have nothing to do with each other.",
            strength = org.taffrail.compat.kit.Strength.COMMON_PRACTICE)
    void isNoQueueOfTheSameName(Scene scene) throws JMSException {
        Session session = scene.session();
        String name = scene.name();
        MessageConsumer subscriber = session.createConsumer(session.createTopic(name));

        scene.send(session.createQueue(name), "for the queue");
        scene.send(session.createTopic(name), "for the topic");

        Clients.gets(scene, subscriber, "for the topic");
        Clients.gets(scene, session.createConsumer(session.createQueue(name)), "for the queue");
    }

    @Check(section = "8.3.1", says = "A JMSConsumer of a topic is a subscription of its own.")
    void subscribesInTheSimplifiedApi(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        JMSContext context = scene.context();
        JMSConsumer first = context.createConsumer(topic);
        JMSConsumer second = context.createConsumer(topic, "number = 1");
        scene.send(topic, "one");

        Expect.equal("one", Scene.text(scene.receive(first)), "the first subscription's");
        scene.receivesNothing(second);
    }
}
