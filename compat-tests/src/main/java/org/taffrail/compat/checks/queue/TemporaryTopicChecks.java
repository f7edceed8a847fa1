// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.queue;

import jakarta.jms.Connection;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** Temporary topics. */
final class TemporaryTopicChecks {
    @Check(section = "4.2.7", says = "A temporary topic's subscribers get what is published on it.")
    void works(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        TemporaryTopic topic = session.createTemporaryTopic();
        MessageConsumer first = session.createConsumer(topic);
        MessageConsumer second = connection.createSession().createConsumer(topic);

        scene.send(topic, "one");

        Expect.equal("one", Scene.text(scene.receive(first)), "the first subscriber's");
        Expect.equal("one", Scene.text(scene.receive(second)), "the second subscriber's");
    }

    @Check(section = "4.2.7", says = "Only its own connection can consume from a temporary topic.")
    void givesNothingToOthers(Scene scene) throws JMSException {
        TemporaryTopic topic = scene.session().createTemporaryTopic();
        Session other = scene.session();

        Expect.refused(
                JMSException.class,
                "a subscriber of another connection",
                () -> other.createConsumer(topic));
    }

    @Check(section = "4.2.7", says = "Each temporary topic is one of its own.")
    void isUnique(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryTopic first = session.createTemporaryTopic();
        TemporaryTopic second = session.createTemporaryTopic();

        Expect.that(!first.equals(second), "two are equal");
        Expect.that(!first.getTopicName().equals(second.getTopicName()), "two have the same name");
    }

    @Check(
            section = "api:TemporaryTopic.delete",
            says = "A temporary topic is deleted when nobody subscribes to it, and not before.")
    void isDeletedWhenUnused(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryTopic topic = session.createTemporaryTopic();
        MessageConsumer subscriber = session.createConsumer(topic);

        Expect.refused(JMSException.class, "delete() of a topic in use", topic::delete);

        session.createProducer(topic).send(session.createTextMessage("one"));
        Expect.equal("one", Scene.text(scene.receive(subscriber)), "received");
        subscriber.close();
        topic.delete();
    }

    @Check(
            section = "api:TemporaryTopic.delete",
            says = "A deleted temporary topic is refused with InvalidDestinationException.")
    void isGoneWhenDeleted(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryTopic topic = session.createTemporaryTopic();

        topic.delete();

        Expect.refused(
                InvalidDestinationException.class,
                "a subscriber of a deleted topic",
                () -> session.createConsumer(topic));
        Expect.refused(
                InvalidDestinationException.class,
                "a send to a deleted topic",
                () -> session.createProducer(topic).send(session.createMessage()));
    }

    @Check(section = "3.4.6", says = "A temporary topic keeps its kind as a message's JMSReplyTo.")
    void keepsItsKindAsReplyTo(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryTopic replies = session.createTemporaryTopic();
        Queue queue = scene.queue();
        Message message = session.createMessage();
        message.setJMSReplyTo(replies);
        session.createProducer(queue).send(message);

        Message received = scene.receive(scene.session().createConsumer(queue));

        Topic replyTo = Expect.type(Topic.class, received.getJMSReplyTo(), "the reply-to");
        Expect.equal(replies, replyTo, "the reply-to");
    }

    @Check(section = "4.2.7", says = "A JMSContext's temporary topic works in the same way.")
    void worksInTheSimplifiedApi(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        JMSContext other = scene.context();
        TemporaryTopic topic = context.createTemporaryTopic();
        var subscriber = context.createConsumer(topic);

        other.createProducer().send(topic, "one");

        Expect.equal("one", Scene.text(scene.receive(subscriber)), "received");
        Expect.refused(
                JMSRuntimeException.class,
                "a subscriber of another connection",
                () -> other.createConsumer(topic));
    }
}
