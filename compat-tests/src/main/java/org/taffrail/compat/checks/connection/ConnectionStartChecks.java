// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;

/** A connection before its start, and how it starts. */
final class ConnectionStartChecks {
    @Check(
            section = "6.1.4",
            says = "A message listener is not called before its connection is started.")
    void listenerIsNotCalledBefore(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Queue queue = scene.queue();
        List<Message> heard = new CopyOnWriteArrayList<>();
        connection.createSession().createConsumer(queue).setMessageListener(heard::add);
        scene.send(queue, "a");

        scene.never("a message reaches a listener before the start", () -> !heard.isEmpty());

        connection.start();
        scene.await("the message after the start", () -> heard.size() == 1);
    }

    @Check(
            section = "6.1.4",
            says =
                    "A topic's message listener is not called before its connection is"
                            + " started, and is afterwards.")
    void topicListenerIsCalledAfterwards(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Topic topic = scene.topic();
        List<Message> heard = new CopyOnWriteArrayList<>();
        connection.createSession().createConsumer(topic).setMessageListener(heard::add);
        scene.send(topic, "a");

        scene.never("a message reaches a listener before the start", () -> !heard.isEmpty());

        connection.start();
        scene.await("the message after the start", () -> heard.size() == 1);
    }

    @Check(
            section = "6.1.4",
            says = "receiveNoWait returns null while the connection has not been started.")
    void receiveNoWaitReturnsNullBefore(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "a");
        MessageConsumer consumer = scene.connect().createSession().createConsumer(queue);

        Expect.isNull(consumer.receiveNoWait(), "what receiveNoWait returns");
    }

    @Check(
            section = "6.1.4",
            says =
                    "A receive that waits on a connection before its start gets the message"
                            + " after it.")
    void blockedReceiveGoesOnAfterStart(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Queue queue = scene.queue();
        scene.send(queue, "a");
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        Future<Message> received = scene.elsewhere(() -> consumer.receive(scene.patienceMs()));
        scene.never("a receive returns before the start", received::isDone);

        connection.start();

        Expect.equal("a", Scene.text(scene.result("the receive", received)), "what it returned");
    }

    @Check(
            section = "6.1.4",
            says = "What was sent before the start is delivered after it, in order.")
    void deliversWhatWasSentBefore(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        scene.send(queue, "a", "b", "c");

        connection.start();

        Expect.equal(List.of("a", "b", "c"), scene.texts(consumer, 3), "what was received");
    }

    @Check(
            section = "6.1.4",
            says =
                    "A consumer on a connection that was never started holds no messages back"
                            + " from others.",
            strength = Strength.COMMON_PRACTICE)
    void holdsNothingBack(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.connect().createSession().createConsumer(queue);
        scene.send(queue, "a", "b", "c");

        MessageConsumer other = scene.session().createConsumer(queue);

        Expect.equal(List.of("a", "b", "c"), scene.texts(other, 3), "what another one receives");
    }

    @Check(section = "6.1.4", says = "A connection sends before it is started.")
    void sendsBefore(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.connect().createSession();

        session.createProducer(queue).send(session.createTextMessage("a"));

        MessageConsumer consumer = scene.session().createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "6.1.4",
            says =
                    "A transacted session commits what it sends on a connection that was"
                            + " never started.")
    void commitsBefore(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.connect().createSession(Session.SESSION_TRANSACTED);

        session.createProducer(queue).send(session.createTextMessage("a"));
        session.commit();

        MessageConsumer consumer = scene.session().createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(section = "6.1.5", says = "Starting a started connection does nothing.")
    void startsTwice(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();

        connection.start();

        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        scene.send(queue, "a");
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "6.1.4",
            says =
                    "Sessions and consumers may be set up on a connection that has been"
                            + " started.")
    void mayBeSetUpAfterwards(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        List<Message> heard = new CopyOnWriteArrayList<>();
        scene.send(queue, "a");

        connection.createSession().createConsumer(queue).setMessageListener(heard::add);

        scene.await("the message", () -> heard.size() == 1);
    }

    @Check(
            section = "6.1.4",
            says = "Starting one connection does not start another one of the same factory.")
    void startsNoOther(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        MessageConsumer stopped = scene.connect().createSession().createConsumer(queue);
        scene.started();
        scene.send(queue, "a");

        scene.receivesNothing(stopped);
    }

    @Check(section = "6.1.4", says = "Nothing is delivered before the connection is started.")
    void deliversNothingBefore(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        scene.send(queue, "one");

        scene.receivesNothing(consumer);
        connection.start();

        Expect.equal("one", Scene.text(scene.receive(consumer)), "received after the start");
    }

    @Check(
            section = "4.2.2",
            says = "A subscription of a connection that is not started gets messages all the same.")
    void subscribesBefore(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Topic topic = scene.topic();
        MessageConsumer subscriber = connection.createSession().createConsumer(topic);

        scene.send(topic, "one");
        connection.start();

        Expect.equal("one", Scene.text(scene.receive(subscriber)), "received after the start");
    }
}
