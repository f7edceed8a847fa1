// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.domain;

import jakarta.jms.DeliveryMode;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicConnectionFactory;
import jakarta.jms.TopicPublisher;
import jakarta.jms.TopicSession;
import jakarta.jms.TopicSubscriber;

import org.taffrail.compat.checks.connection.Credentials;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;

/**
 * The interfaces for topics alone: TopicConnection, TopicSession, TopicPublisher, TopicSubscriber.
 */
final class TopicDomainChecks {
    @Check(
            section = "2.9",
            says = "A provider's connection factory is a TopicConnectionFactory too.",
            strength = Strength.COMMON_PRACTICE)
    void factoryIsForTopics(Scene scene) {
        Expect.type(TopicConnectionFactory.class, scene.factory(), "the connection factory");
    }

    @Check(
            section = "api:TopicConnectionFactory.createTopicConnection",
            says = "A topic connection is made in stopped mode.")
    void connectionBeginsStopped(Scene scene) throws JMSException {
        TopicConnection connection = connect(scene);
        Topic topic = scene.topic();
        TopicSubscriber subscriber = session(connection).createSubscriber(topic);
        scene.send(topic, "a");

        scene.receivesNothing(subscriber);

        connection.start();
        Expect.equal("a", Scene.text(scene.receive(subscriber)), "what came after the start");
    }

    @Check(
            section = "api:TopicConnectionFactory.createTopicConnection",
            says =
                    "A topic connection is refused with JMSSecurityException when the"
                            + " password is wrong.")
    void refusesWrongPassword(Scene scene) {
        String user = Credentials.user(scene);
        String wrong = Credentials.wrongPassword(scene);
        TopicConnectionFactory factory = scene.factory(TopicConnectionFactory.class);

        Expect.refused(
                JMSSecurityException.class,
                "createTopicConnection with a wrong password",
                () -> scene.closing(factory.createTopicConnection(user, wrong)));
    }

    @Check(
            section = "api:TopicConnectionFactory.createTopicConnection",
            says = "A topic connection is made with credentials that are right.")
    void connectsWithCredentials(Scene scene) throws JMSException {
        String user = Credentials.user(scene);
        String password = Credentials.password(scene);
        TopicConnectionFactory factory = scene.factory(TopicConnectionFactory.class);

        scene.closing(factory.createTopicConnection(user, password)).start();
    }

    @Check(
            section = "api:TopicConnection.createTopicSession",
            says = "A topic session has the acknowledgement mode that was asked for.")
    void sessionHasMode(Scene scene) throws JMSException {
        TopicConnection connection = connect(scene);

        TopicSession session = connection.createTopicSession(false, Session.DUPS_OK_ACKNOWLEDGE);

        Expect.equal(Session.DUPS_OK_ACKNOWLEDGE, session.getAcknowledgeMode(), "its mode");
        Expect.that(!session.getTransacted(), "it is transacted");
    }

    @Check(
            section = "api:TopicConnection.createTopicSession",
            says = "A transacted topic session publishes with its commit.")
    void sessionMayBeTransacted(Scene scene) throws JMSException {
        TopicConnection connection = connect(scene);
        TopicSession session = connection.createTopicSession(true, Session.AUTO_ACKNOWLEDGE);
        Topic topic = scene.topic();
        TopicSubscriber subscriber = started(scene).createSubscriber(topic);
        session.createPublisher(topic).publish(session.createTextMessage("a"));
        scene.receivesNothing(subscriber);

        session.commit();

        Expect.equal("a", Scene.text(scene.receive(subscriber)), "what was received");
    }

    @Check(
            section = "api:TopicSession.createPublisher",
            says = "A publisher publishes to its topic, and a subscriber receives it.")
    void publishesAndReceives(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        Topic topic = scene.topic();
        TopicSubscriber subscriber = session.createSubscriber(topic);
        TopicPublisher publisher = session.createPublisher(topic);

        publisher.publish(session.createTextMessage("a"));

        Expect.equal("a", Scene.text(scene.receive(subscriber)), "what was received");
        Expect.equal(topic, publisher.getTopic(), "the publisher's topic");
        Expect.equal(topic, subscriber.getTopic(), "the subscriber's topic");
    }

    @Check(
            section = "api:TopicPublisher.publish",
            says = "A publisher publishes with delivery mode, priority and time to live.")
    void publishesWithOptions(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        Topic topic = scene.topic();
        TopicSubscriber subscriber = session.createSubscriber(topic);

        session.createPublisher(topic)
                .publish(session.createMessage(), DeliveryMode.NON_PERSISTENT, 7, 0);

        Message message = scene.receive(subscriber);
        Expect.equal(DeliveryMode.NON_PERSISTENT, message.getJMSDeliveryMode(), "delivery mode");
        Expect.equal(7, message.getJMSPriority(), "priority");
    }

    @Check(
            section = "api:TopicSession.createPublisher",
            says = "A publisher without a topic is told it with each message.")
    void publishesWithoutTopic(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        Topic topic = scene.topic();
        TopicSubscriber subscriber = session.createSubscriber(topic);
        TopicPublisher publisher = session.createPublisher(null);

        publisher.publish(topic, session.createTextMessage("a"));
        publisher.publish(topic, session.createTextMessage("b"), DeliveryMode.PERSISTENT, 4, 0);

        Expect.isNull(publisher.getTopic(), "the publisher's topic");
        Expect.equal(List.of("a", "b"), scene.texts(subscriber, 2), "what was received");
    }

    @Check(
            section = "api:TopicPublisher.publish",
            says = "A publisher sends through the methods of a MessageProducer too.")
    void sends(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        Topic topic = scene.topic();
        TopicSubscriber subscriber = session.createSubscriber(topic);

        session.createPublisher(topic).send(session.createTextMessage("a"));

        Expect.equal("a", Scene.text(scene.receive(subscriber)), "what was received");
    }

    @Check(
            section = "api:TopicSession.createSubscriber",
            says = "A subscriber takes a selector, and returns it.")
    void subscriberSelects(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        Topic topic = scene.topic();
        TopicSubscriber subscriber = session.createSubscriber(topic, "n = 2", false);
        TopicPublisher publisher = session.createPublisher(topic);
        for (int n = 1; n <= 2; n++) {
            TextMessage message = session.createTextMessage("" + n);
            message.setIntProperty("n", n);
            publisher.publish(message);
        }

        Expect.equal("2", Scene.text(scene.receive(subscriber)), "what was received");
        Expect.equal("n = 2", subscriber.getMessageSelector(), "its selector");
        Expect.that(!subscriber.getNoLocal(), "it says that it is noLocal");
    }

    @Check(
            section = "api:TopicSession.createSubscriber",
            says =
                    "A subscriber with noLocal does not receive what its own connection"
                            + " publishes.")
    void subscriberIsNotLocal(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        Topic topic = scene.topic();
        TopicSubscriber subscriber = session.createSubscriber(topic, null, true);

        session.createPublisher(topic).publish(session.createTextMessage("own"));
        scene.send(topic, "foreign");

        Expect.that(subscriber.getNoLocal(), "it says that it is not noLocal");
        Expect.equal("foreign", Scene.text(scene.receive(subscriber)), "what was received");
    }

    @Check(
            section = "api:TopicSession.createSubscriber",
            says = "A subscriber without a topic is refused with " + "InvalidDestinationException.")
    void subscriberNeedsTopic(Scene scene) throws JMSException {
        TopicSession session = started(scene);

        Expect.refused(
                InvalidDestinationException.class,
                "createSubscriber(null)",
                () -> session.createSubscriber(null));
    }

    @Check(
            section = "api:TopicSession.createSubscriber",
            says =
                    "A subscriber's selector with a wrong syntax is refused with"
                            + " InvalidSelectorException.")
    void subscriberRefusesSelector(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        Topic topic = scene.topic();

        Expect.refused(
                InvalidSelectorException.class,
                "createSubscriber with a wrong selector",
                () -> session.createSubscriber(topic, "a = = 1", false));
    }

    @Check(
            section = "api:TopicSession.createDurableSubscriber",
            says =
                    "A topic session makes durable subscribers and removes their"
                            + " subscriptions.")
    void subscribesDurably(Scene scene) throws JMSException {
        TopicConnection connection = connect(scene);
        connection.setClientID(scene.name());
        connection.start();
        TopicSession session = session(connection);
        Topic topic = scene.topic();
        String name = scene.name();
        session.createDurableSubscriber(topic, name).close();
        scene.send(topic, "a");

        TopicSubscriber subscriber = session.createDurableSubscriber(topic, name);

        Expect.equal("a", Scene.text(scene.receive(subscriber)), "what the subscription kept");
        subscriber.close();
        session.unsubscribe(name);
    }

    @Check(
            section = "api:TopicSession.createDurableSubscriber",
            says = "A durable subscriber without a client id is refused with a JMSException.")
    void durableSubscriberNeedsClientId(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        Topic topic = scene.topic();

        Expect.refused(
                JMSException.class,
                "createDurableSubscriber without a client id",
                () -> session.createDurableSubscriber(topic, scene.name()));
    }

    @Check(
            section = "api:TopicSession.createTemporaryTopic",
            says = "A topic session makes temporary topics.")
    void makesTemporaryTopic(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        TemporaryTopic topic = session.createTemporaryTopic();
        TopicSubscriber subscriber = session.createSubscriber(topic);

        session.createPublisher(topic).publish(session.createTextMessage("a"));

        Expect.equal("a", Scene.text(scene.receive(subscriber)), "what was received");
    }

    @Check(
            section = "api:TopicSession.createTopic",
            says = "A topic session makes a topic from a provider's name for it.")
    void makesTopic(Scene scene) throws JMSException {
        String name = scene.name();

        Expect.equal(name, started(scene).createTopic(name).getTopicName(), "its name");
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed topic connection throws IllegalStateException when a session is"
                            + " created.")
    void closedConnectionMakesNoSession(Scene scene) throws JMSException {
        TopicConnection connection = connect(scene);

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "createTopicSession on a closed connection",
                () -> connection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A closed topic session throws IllegalStateException when a publisher is"
                            + " created.")
    void closedSessionMakesNoPublisher(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        Topic topic = scene.topic();

        session.close();

        Expect.refused(
                IllegalStateException.class,
                "createPublisher of a closed session",
                () -> session.createPublisher(topic));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A closed topic session throws IllegalStateException when a subscriber is"
                            + " created.")
    void closedSessionMakesNoSubscriber(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        Topic topic = scene.topic();

        session.close();

        Expect.refused(
                IllegalStateException.class,
                "createSubscriber of a closed session",
                () -> session.createSubscriber(topic));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A publisher of a closed session throws IllegalStateException from"
                            + " getTopic.")
    void closedPublisherTellsNoTopic(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        TopicPublisher publisher = session.createPublisher(scene.topic());

        session.close();

        Expect.refused(
                IllegalStateException.class, "getTopic of a closed publisher", publisher::getTopic);
    }

    @Check(
            section = "6.2.15",
            says =
                    "A subscriber of a closed session throws IllegalStateException from"
                            + " getTopic and getNoLocal.")
    void closedSubscriberTellsNothing(Scene scene) throws JMSException {
        TopicSession session = started(scene);
        TopicSubscriber subscriber = session.createSubscriber(scene.topic());

        session.close();

        Expect.refused(
                IllegalStateException.class,
                "getTopic of a closed subscriber",
                subscriber::getTopic);
        Expect.refused(
                IllegalStateException.class,
                "getNoLocal of a closed subscriber",
                subscriber::getNoLocal);
    }

    private static TopicConnection connect(Scene scene) throws JMSException {
        return scene.closing(scene.factory(TopicConnectionFactory.class).createTopicConnection());
    }

    private static TopicSession session(TopicConnection connection) throws JMSException {
        return connection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    private static TopicSession started(Scene scene) throws JMSException {
        TopicConnection connection = connect(scene);
        connection.start();
        return session(connection);
    }

    @Check(
            section = "8.3",
            says =
                    "A topic session makes consumers of every kind of subscription by the methods"
                            + " that it inherits.")
    void sessionMakesEveryKindOfSubscription(Scene scene) throws JMSException {
        TopicConnection connection = connect(scene);
        connection.setClientID(scene.name());
        connection.start();
        TopicSession session = session(connection);
        Topic topic = scene.topic();
        String shared = scene.name();
        String unshared = scene.name();
        List<MessageConsumer> consumers =
                List.of(
                        session.createConsumer(topic),
                        session.createSharedConsumer(topic, scene.name()),
                        session.createDurableConsumer(topic, unshared),
                        session.createSharedDurableConsumer(topic, shared));

        scene.send(topic, "a");

        for (MessageConsumer consumer : consumers) {
            Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
            consumer.close();
        }
        session.unsubscribe(unshared);
        session.unsubscribe(shared);
    }
}
