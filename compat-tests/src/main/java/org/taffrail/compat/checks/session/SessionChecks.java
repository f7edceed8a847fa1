// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.concurrent.Future;

/** What a session makes, and what it refuses for its mode. */
final class SessionChecks {
    @Check(
            section = "api:Session.commit",
            says = "commit of a session that is not transacted throws IllegalStateException.")
    void commitNeedsTransaction(Scene scene) throws JMSException {
        Session session = scene.session();

        Expect.refused(IllegalStateException.class, "commit without transaction", session::commit);
    }

    @Check(
            section = "api:Session.rollback",
            says =
                    "rollback of a session that is not transacted throws"
                            + " IllegalStateException.")
    void rollbackNeedsTransaction(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);

        Expect.refused(
                IllegalStateException.class, "rollback without transaction", session::rollback);
    }

    @Check(
            section = "api:Session.recover",
            says = "recover of a transacted session throws IllegalStateException.")
    void recoverRefusesTransaction(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);

        Expect.refused(
                IllegalStateException.class, "recover of a transacted session", session::recover);
    }

    @Check(section = "6.2.1", says = "A session has several producers and consumers at a time.")
    void hasSeveralProducersAndConsumers(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue first = scene.queue();
        Queue second = scene.queue();
        MessageProducer toFirst = session.createProducer(first);
        MessageProducer toSecond = session.createProducer(second);
        MessageConsumer fromFirst = session.createConsumer(first);
        MessageConsumer fromSecond = session.createConsumer(second);

        toSecond.send(session.createTextMessage("b"));
        toFirst.send(session.createTextMessage("a"));

        Expect.equal("a", Scene.text(scene.receive(fromFirst)), "what came from the first queue");
        Expect.equal("b", Scene.text(scene.receive(fromSecond)), "what came from the second");
    }

    @Check(section = "6.2.3", says = "A session makes a queue from a provider's name for it.")
    void makesQueue(Scene scene) throws JMSException {
        String name = scene.name();

        Queue queue = scene.session().createQueue(name);

        Expect.equal(name, queue.getQueueName(), "its name");
    }

    @Check(section = "6.2.3", says = "A session makes a topic from a provider's name for it.")
    void makesTopic(Scene scene) throws JMSException {
        String name = scene.name();

        Topic topic = scene.session().createTopic(name);

        Expect.equal(name, topic.getTopicName(), "its name");
    }

    @Check(section = "6.2.4", says = "A session makes messages of each kind.")
    void makesMessages(Scene scene) throws JMSException {
        Session session = scene.session();

        Expect.notNull(session.createMessage(), "createMessage");
        Expect.notNull(session.createBytesMessage(), "createBytesMessage");
        Expect.notNull(session.createMapMessage(), "createMapMessage");
        Expect.notNull(session.createStreamMessage(), "createStreamMessage");
        Expect.isNull(session.createObjectMessage().getObject(), "the object of a new message");
        Expect.equal("a", session.createObjectMessage("a").getObject(), "the object given");
        Expect.isNull(session.createTextMessage().getText(), "the text of a new message");
        Expect.equal("a", session.createTextMessage("a").getText(), "the text given");
    }

    @Check(
            section = "6.2.4",
            says = "A message may be sent through another session than the one that made it.")
    void sendsMessageOfOtherSession(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Message message = scene.session().createTextMessage("a");
        Session session = scene.session();

        session.createProducer(queue).send(message);

        MessageConsumer consumer = session.createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(section = "6.2.4", says = "A received message may be sent on through another session.")
    void sendsReceivedMessageOn(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Queue next = scene.queue();
        scene.send(queue, "a");
        Message message = scene.receive(scene.session().createConsumer(queue));
        Session session = scene.session();

        session.createProducer(next).send(message);

        MessageConsumer consumer = session.createConsumer(next);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "api:Session.createBrowser",
            says = "A browser without a queue is refused with InvalidDestinationException.")
    void browserNeedsQueue(Scene scene) throws JMSException {
        Session session = scene.session();

        Expect.refused(
                InvalidDestinationException.class,
                "createBrowser(null)",
                () -> session.createBrowser(null));
    }

    @Check(
            section = "6.2.5",
            says =
                    "receive of a consumer that has a message listener is refused with a"
                            + " JMSException.",
            strength = Strength.COMMON_PRACTICE)
    void listenerExcludesReceive(Scene scene) throws JMSException {
        MessageConsumer consumer = scene.session().createConsumer(scene.queue());
        consumer.setMessageListener(message -> {});

        Expect.refused(
                JMSException.class,
                "receive of a consumer with a listener",
                () -> consumer.receive(scene.quietMs()));
    }

    @Check(
            section = "6.2.5",
            says =
                    "receiveNoWait of a consumer that has a message listener is refused with"
                            + " a JMSException.",
            strength = Strength.COMMON_PRACTICE)
    void listenerExcludesReceiveNoWait(Scene scene) throws JMSException {
        MessageConsumer consumer = scene.session().createConsumer(scene.queue());
        consumer.setMessageListener(message -> {});

        Expect.refused(
                JMSException.class,
                "receiveNoWait of a consumer with a listener",
                consumer::receiveNoWait);
    }

    @Check(section = "6.2.5", says = "Different threads may use a session one after the other.")
    void movesBetweenThreads(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Future<Object> sent =
                scene.elsewhere(
                        () -> {
                            session.createProducer(queue).send(session.createTextMessage("a"));
                            return null;
                        });
        scene.result("the send in another thread", sent);

        session.commit();

        MessageConsumer consumer = scene.session().createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }
}
