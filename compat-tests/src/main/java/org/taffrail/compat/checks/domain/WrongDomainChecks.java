// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.domain;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicConnectionFactory;
import jakarta.jms.TopicSession;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

/** The methods that an interface of one domain has inherited and does not offer (table 9-1). */
final class WrongDomainChecks {
    /** A call of a queue session. */
    private interface QueueCall {
        void on(QueueSession session, Topic topic) throws JMSException;
    }

    /** A call of a topic session. */
    private interface TopicCall {
        void on(TopicSession session, Queue queue) throws JMSException;
    }

    /** A call of a queue connection. */
    private interface ConnectionCall {
        void on(QueueConnection connection, Topic topic) throws JMSException;
    }

    private static void refusedByQueueSession(Scene scene, String method, QueueCall call)
            throws JMSException {
        QueueConnection connection = connect(scene);
        connection.setClientID(scene.name());
        QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
        Topic topic = scene.topic();

        Expect.refused(
                IllegalStateException.class,
                method + " of a QueueSession",
                () -> call.on(session, topic));
    }

    private static void refusedByTopicSession(Scene scene, String method, TopicCall call)
            throws JMSException {
        TopicConnection connection =
                scene.closing(scene.factory(TopicConnectionFactory.class).createTopicConnection());
        TopicSession session = connection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
        Queue queue = scene.queue();

        Expect.refused(
                IllegalStateException.class,
                method + " of a TopicSession",
                () -> call.on(session, queue));
    }

    private static void refusedByQueueConnection(Scene scene, String method, ConnectionCall call)
            throws JMSException {
        QueueConnection connection = connect(scene);
        Topic topic = scene.topic();

        Expect.refused(
                IllegalStateException.class,
                method + " of a QueueConnection",
                () -> call.on(connection, topic));
    }

    private static QueueConnection connect(Scene scene) throws JMSException {
        return scene.closing(scene.factory(QueueConnectionFactory.class).createQueueConnection());
    }

    @Check(
            section = "9.2",
            says = "A QueueSession throws IllegalStateException from " + "createDurableSubscriber.")
    void queueSessionCreateDurableSubscriber(Scene scene) throws JMSException {
        refusedByQueueSession(
                scene,
                "createDurableSubscriber",
                (session, topic) -> session.createDurableSubscriber(topic, "name"));
    }

    @Check(
            section = "9.2",
            says =
                    "A QueueSession throws IllegalStateException from createDurableSubscriber"
                            + " with a selector.")
    void queueSessionCreateDurableSubscriberWithSelector(Scene scene) throws JMSException {
        refusedByQueueSession(
                scene,
                "createDurableSubscriber with a selector",
                (session, topic) -> session.createDurableSubscriber(topic, "name", "a = 1", false));
    }

    @Check(
            section = "9.2",
            says = "A QueueSession throws IllegalStateException from createDurableConsumer.")
    void queueSessionCreateDurableConsumer(Scene scene) throws JMSException {
        refusedByQueueSession(
                scene,
                "createDurableConsumer",
                (session, topic) -> session.createDurableConsumer(topic, "name"));
    }

    @Check(
            section = "9.2",
            says =
                    "A QueueSession throws IllegalStateException from createDurableConsumer"
                            + " with a selector.")
    void queueSessionCreateDurableConsumerWithSelector(Scene scene) throws JMSException {
        refusedByQueueSession(
                scene,
                "createDurableConsumer with a selector",
                (session, topic) -> session.createDurableConsumer(topic, "name", "a = 1", false));
    }

    @Check(
            section = "9.2",
            says = "A QueueSession throws IllegalStateException from createSharedConsumer.")
    void queueSessionCreateSharedConsumer(Scene scene) throws JMSException {
        refusedByQueueSession(
                scene,
                "createSharedConsumer",
                (session, topic) -> session.createSharedConsumer(topic, "name"));
    }

    @Check(
            section = "9.2",
            says =
                    "A QueueSession throws IllegalStateException from createSharedConsumer"
                            + " with a selector.")
    void queueSessionCreateSharedConsumerWithSelector(Scene scene) throws JMSException {
        refusedByQueueSession(
                scene,
                "createSharedConsumer with a selector",
                (session, topic) -> session.createSharedConsumer(topic, "name", "a = 1"));
    }

    @Check(
            section = "9.2",
            says =
                    "A QueueSession throws IllegalStateException from"
                            + " createSharedDurableConsumer.")
    void queueSessionCreateSharedDurableConsumer(Scene scene) throws JMSException {
        refusedByQueueSession(
                scene,
                "createSharedDurableConsumer",
                (session, topic) -> session.createSharedDurableConsumer(topic, "name"));
    }

    @Check(
            section = "9.2",
            says =
                    "A QueueSession throws IllegalStateException from"
                            + " createSharedDurableConsumer with a selector.")
    void queueSessionCreateSharedDurableConsumerWithSelector(Scene scene) throws JMSException {
        refusedByQueueSession(
                scene,
                "createSharedDurableConsumer with a selector",
                (session, topic) -> session.createSharedDurableConsumer(topic, "name", "a = 1"));
    }

    @Check(
            section = "9.2",
            says = "A QueueSession throws IllegalStateException from createTemporaryTopic.")
    void queueSessionCreateTemporaryTopic(Scene scene) throws JMSException {
        refusedByQueueSession(
                scene, "createTemporaryTopic", (session, topic) -> session.createTemporaryTopic());
    }

    @Check(section = "9.2", says = "A QueueSession throws IllegalStateException from createTopic.")
    void queueSessionCreateTopic(Scene scene) throws JMSException {
        refusedByQueueSession(
                scene, "createTopic", (session, topic) -> session.createTopic("name"));
    }

    @Check(section = "9.2", says = "A QueueSession throws IllegalStateException from unsubscribe.")
    void queueSessionUnsubscribe(Scene scene) throws JMSException {
        refusedByQueueSession(
                scene, "unsubscribe", (session, topic) -> session.unsubscribe("name"));
    }

    @Check(
            section = "9.2",
            says = "A TopicSession throws IllegalStateException from createBrowser.")
    void topicSessionCreateBrowser(Scene scene) throws JMSException {
        refusedByTopicSession(
                scene, "createBrowser", (session, queue) -> session.createBrowser(queue));
    }

    @Check(
            section = "9.2",
            says =
                    "A TopicSession throws IllegalStateException from createBrowser with a"
                            + " selector.")
    void topicSessionCreateBrowserWithSelector(Scene scene) throws JMSException {
        refusedByTopicSession(
                scene,
                "createBrowser with a selector",
                (session, queue) -> session.createBrowser(queue, "a = 1"));
    }

    @Check(section = "9.2", says = "A TopicSession throws IllegalStateException from createQueue.")
    void topicSessionCreateQueue(Scene scene) throws JMSException {
        refusedByTopicSession(
                scene, "createQueue", (session, queue) -> session.createQueue("name"));
    }

    @Check(
            section = "9.2",
            says = "A TopicSession throws IllegalStateException from createTemporaryQueue.")
    void topicSessionCreateTemporaryQueue(Scene scene) throws JMSException {
        refusedByTopicSession(
                scene, "createTemporaryQueue", (session, queue) -> session.createTemporaryQueue());
    }

    @Check(
            section = "9.2",
            says =
                    "A QueueConnection throws IllegalStateException from"
                            + " createSharedConnectionConsumer.")
    void queueConnectionCreateSharedConnectionConsumer(Scene scene) throws JMSException {
        refusedByQueueConnection(
                scene,
                "createSharedConnectionConsumer",
                (connection, topic) ->
                        connection.createSharedConnectionConsumer(topic, "name", null, null, 1));
    }

    @Check(
            section = "9.2",
            says =
                    "A QueueConnection throws IllegalStateException from"
                            + " createDurableConnectionConsumer.")
    void queueConnectionCreateDurableConnectionConsumer(Scene scene) throws JMSException {
        refusedByQueueConnection(
                scene,
                "createDurableConnectionConsumer",
                (connection, topic) ->
                        connection.createDurableConnectionConsumer(topic, "name", null, null, 1));
    }

    @Check(
            section = "9.2",
            says =
                    "A QueueConnection throws IllegalStateException from"
                            + " createSharedDurableConnectionConsumer.")
    void queueConnectionCreateSharedDurableConnectionConsumer(Scene scene) throws JMSException {
        refusedByQueueConnection(
                scene,
                "createSharedDurableConnectionConsumer",
                (connection, topic) ->
                        connection.createSharedDurableConnectionConsumer(
                                topic, "name", null, null, 1));
    }

    @Check(
            section = "2.9",
            says =
                    "Sessions that createSession of a QueueConnection makes work as those of"
                            + " a Connection do for queues.",
            strength = Strength.COMMON_PRACTICE)
    void queueConnectionMakesSessions(Scene scene) throws JMSException {
        QueueConnection connection = connect(scene);
        connection.start();
        Queue queue = scene.queue();
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);

        session.createProducer(queue).send(session.createTextMessage("a"));

        MessageConsumer consumer = session.createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }
}
