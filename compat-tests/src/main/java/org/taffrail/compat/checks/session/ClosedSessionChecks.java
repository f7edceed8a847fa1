// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** What the methods of a closed session answer. */
final class ClosedSessionChecks {
    /** What a call may need. */
    private record Destinations(Queue queue, Topic topic) {}

    /** A call of a session. */
    private interface Call {
        void on(Session session, Destinations destinations) throws JMSException;
    }

    private static void refused(Scene scene, int mode, String method, Call call)
            throws JMSException {
        Connection connection = scene.connect();
        connection.setClientID(scene.name());
        Session session = connection.createSession(mode);
        Destinations destinations = new Destinations(scene.queue(), scene.topic());

        session.close();

        Expect.refused(
                IllegalStateException.class,
                method + " of a closed session",
                () -> call.on(session, destinations));
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createMessage.")
    void createMessage(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createMessage",
                (session, destinations) -> session.createMessage());
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createBytesMessage.")
    void createBytesMessage(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createBytesMessage",
                (session, destinations) -> session.createBytesMessage());
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createMapMessage.")
    void createMapMessage(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createMapMessage",
                (session, destinations) -> session.createMapMessage());
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createStreamMessage.")
    void createStreamMessage(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createStreamMessage",
                (session, destinations) -> session.createStreamMessage());
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createObjectMessage.")
    void createObjectMessage(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createObjectMessage",
                (session, destinations) -> session.createObjectMessage());
    }

    @Check(
            section = "api:Session.close",
            says =
                    "A closed session throws IllegalStateException from createObjectMessage"
                            + " with an object.")
    void createObjectMessageWithObject(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createObjectMessage with an object",
                (session, destinations) -> session.createObjectMessage("a"));
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createTextMessage.")
    void createTextMessage(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createTextMessage",
                (session, destinations) -> session.createTextMessage());
    }

    @Check(
            section = "api:Session.close",
            says =
                    "A closed session throws IllegalStateException from createTextMessage"
                            + " with a text.")
    void createTextMessageWithText(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createTextMessage with a text",
                (session, destinations) -> session.createTextMessage("a"));
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from getTransacted.")
    void getTransacted(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "getTransacted",
                (session, destinations) -> session.getTransacted());
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from getAcknowledgeMode.")
    void getAcknowledgeMode(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "getAcknowledgeMode",
                (session, destinations) -> session.getAcknowledgeMode());
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from recover.")
    void recover(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "recover",
                (session, destinations) -> session.recover());
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createProducer.")
    void createProducer(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createProducer",
                (session, destinations) -> session.createProducer(destinations.queue()));
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createConsumer.")
    void createConsumer(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createConsumer",
                (session, destinations) -> session.createConsumer(destinations.queue()));
    }

    @Check(
            section = "api:Session.close",
            says =
                    "A closed session throws IllegalStateException from createConsumer with a"
                            + " selector.")
    void createConsumerWithSelector(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createConsumer with a selector",
                (session, destinations) -> session.createConsumer(destinations.queue(), "a = 1"));
    }

    @Check(
            section = "api:Session.close",
            says =
                    "A closed session throws IllegalStateException from createConsumer with"
                            + " noLocal.")
    void createConsumerWithNoLocal(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createConsumer with noLocal",
                (session, destinations) ->
                        session.createConsumer(destinations.topic(), null, true));
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createSharedConsumer.")
    void createSharedConsumer(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createSharedConsumer",
                (session, destinations) ->
                        session.createSharedConsumer(destinations.topic(), "name"));
    }

    @Check(
            section = "api:Session.close",
            says =
                    "A closed session throws IllegalStateException from createSharedConsumer"
                            + " with a selector.")
    void createSharedConsumerWithSelector(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createSharedConsumer with a selector",
                (session, destinations) ->
                        session.createSharedConsumer(destinations.topic(), "name", "a = 1"));
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from " + "createDurableConsumer.")
    void createDurableConsumer(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createDurableConsumer",
                (session, destinations) ->
                        session.createDurableConsumer(destinations.topic(), "name"));
    }

    @Check(
            section = "api:Session.close",
            says =
                    "A closed session throws IllegalStateException from createDurableConsumer"
                            + " with a selector.")
    void createDurableConsumerWithSelector(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createDurableConsumer with a selector",
                (session, destinations) ->
                        session.createDurableConsumer(
                                destinations.topic(), "name", "a = 1", false));
    }

    @Check(
            section = "api:Session.close",
            says =
                    "A closed session throws IllegalStateException from"
                            + " createDurableSubscriber.")
    void createDurableSubscriber(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createDurableSubscriber",
                (session, destinations) ->
                        session.createDurableSubscriber(destinations.topic(), "name"));
    }

    @Check(
            section = "api:Session.close",
            says =
                    "A closed session throws IllegalStateException from"
                            + " createDurableSubscriber with a selector.")
    void createDurableSubscriberWithSelector(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createDurableSubscriber with a selector",
                (session, destinations) ->
                        session.createDurableSubscriber(
                                destinations.topic(), "name", "a = 1", false));
    }

    @Check(
            section = "api:Session.close",
            says =
                    "A closed session throws IllegalStateException from"
                            + " createSharedDurableConsumer.")
    void createSharedDurableConsumer(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createSharedDurableConsumer",
                (session, destinations) ->
                        session.createSharedDurableConsumer(destinations.topic(), "name"));
    }

    @Check(
            section = "api:Session.close",
            says =
                    "A closed session throws IllegalStateException from"
                            + " createSharedDurableConsumer with a selector.")
    void createSharedDurableConsumerWithSelector(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createSharedDurableConsumer with a selector",
                (session, destinations) ->
                        session.createSharedDurableConsumer(destinations.topic(), "name", "a = 1"));
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createBrowser.")
    void createBrowser(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createBrowser",
                (session, destinations) -> session.createBrowser(destinations.queue()));
    }

    @Check(
            section = "api:Session.close",
            says =
                    "A closed session throws IllegalStateException from createBrowser with a"
                            + " selector.")
    void createBrowserWithSelector(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createBrowser with a selector",
                (session, destinations) -> session.createBrowser(destinations.queue(), "a = 1"));
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createQueue.")
    void createQueue(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createQueue",
                (session, destinations) -> session.createQueue("name"));
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createTopic.")
    void createTopic(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createTopic",
                (session, destinations) -> session.createTopic("name"));
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createTemporaryQueue.")
    void createTemporaryQueue(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createTemporaryQueue",
                (session, destinations) -> session.createTemporaryQueue());
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from createTemporaryTopic.")
    void createTemporaryTopic(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "createTemporaryTopic",
                (session, destinations) -> session.createTemporaryTopic());
    }

    @Check(
            section = "api:Session.close",
            says = "A closed session throws IllegalStateException from unsubscribe.")
    void unsubscribe(Scene scene) throws JMSException {
        refused(
                scene,
                Session.AUTO_ACKNOWLEDGE,
                "unsubscribe",
                (session, destinations) -> session.unsubscribe("name"));
    }

    @Check(
            section = "api:Session.close",
            says = "A closed transacted session throws IllegalStateException from commit.")
    void commit(Scene scene) throws JMSException {
        refused(
                scene,
                Session.SESSION_TRANSACTED,
                "commit",
                (session, destinations) -> session.commit());
    }

    @Check(
            section = "api:Session.close",
            says = "A closed transacted session throws IllegalStateException from rollback.")
    void rollback(Scene scene) throws JMSException {
        refused(
                scene,
                Session.SESSION_TRANSACTED,
                "rollback",
                (session, destinations) -> session.rollback());
    }

    @Check(section = "api:Session.close", says = "Closing a closed session does nothing.")
    void close(Scene scene) throws JMSException {
        Session session = scene.session();

        session.close();
        session.close();
    }
}
