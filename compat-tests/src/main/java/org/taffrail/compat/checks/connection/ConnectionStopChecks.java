// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.checks.listening.HeldListener;
import org.taffrail.compat.checks.listening.Trial;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;

/** A connection that has been stopped. */
final class ConnectionStopChecks {
    @Check(
            section = "6.1.5",
            says =
                    "A stopped connection returns nothing from receive until it is started"
                            + " again.")
    void receivesNothingWhileStopped(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        scene.send(queue, "a");
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what came before the stop");

        connection.stop();
        scene.send(queue, "b");

        scene.receivesNothing(consumer);
        connection.start();
        Expect.equal("b", Scene.text(scene.receive(consumer)), "what came after the restart");
    }

    @Check(
            section = "6.1.5",
            says =
                    "receiveNoWait returns null on a stopped connection, though a message is"
                            + " there.")
    void receiveNoWaitReturnsNull(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        scene.send(queue, "a", "b");
        scene.receive(consumer);

        connection.stop();

        Expect.isNull(consumer.receiveNoWait(), "what receiveNoWait returns");
    }

    @Check(
            section = "6.1.5",
            says = "A stopped connection calls no message listener until it is started " + "again.")
    void callsNoListener(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        List<Message> heard = new CopyOnWriteArrayList<>();
        connection.createSession().createConsumer(queue).setMessageListener(heard::add);
        scene.send(queue, "a");
        scene.await("the first message", () -> heard.size() == 1);

        connection.stop();
        scene.send(queue, "b");

        scene.never("a message reaches a listener while stopped", () -> heard.size() > 1);
        connection.start();
        scene.await("the second message", () -> heard.size() == 2);
    }

    @Check(
            section = "6.1.5",
            says =
                    "A receive that waits when its connection is stopped does not return a"
                            + " message before the restart.")
    void blockedReceiveStaysBlocked(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        Future<Message> received = scene.elsewhere(consumer::receive);
        scene.never("a receive on an empty queue returns", received::isDone);

        connection.stop();
        scene.send(queue, "a");

        scene.never("a receive returns while stopped", received::isDone);
        connection.start();
        Expect.equal("a", Scene.text(scene.result("the receive", received)), "what it returned");
    }

    @Check(
            section = "6.1.5",
            says =
                    "A receive with a timeout ends with null when its time is over while the"
                            + " connection is stopped.")
    void receiveTimesOut(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        connection.stop();
        scene.send(queue, "a");

        Future<Message> received = scene.elsewhere(() -> consumer.receive(scene.quietMs()));

        Expect.isNull(scene.result("the receive", received), "what it returned");
    }

    @Check(
            section = "6.1.5",
            says =
                    "Everything that came while a connection was stopped is delivered after"
                            + " the restart, in order.")
    void deliversTheRestInOrder(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        scene.send(queue, "a", "b", "c");
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what came first");

        connection.stop();
        scene.send(queue, "d");
        connection.start();

        Expect.equal(List.of("b", "c", "d"), scene.texts(consumer, 3), "what came afterwards");
    }

    @Check(
            section = "6.1.5",
            says =
                    "What a consumer had not received when its connection was stopped is not"
                            + " marked as redelivered.",
            strength = Strength.COMMON_PRACTICE)
    void redeliversNothing(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        scene.send(queue, "a", "b");
        scene.receive(consumer);

        connection.stop();
        connection.start();

        Expect.that(!scene.receive(consumer).getJMSRedelivered(), "it is marked as redelivered");
    }

    @Check(
            section = "6.1.5",
            says =
                    "A topic subscription misses nothing that is published while its"
                            + " connection is stopped.")
    void topicMissesNothing(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Topic topic = scene.topic();
        MessageConsumer consumer = connection.createSession().createConsumer(topic);
        connection.stop();
        scene.send(topic, "a", "b");
        scene.receivesNothing(consumer);

        connection.start();

        Expect.equal(List.of("a", "b"), scene.texts(consumer, 2), "what was received");
    }

    @Check(section = "6.1.5", says = "A stopped connection sends.")
    void sends(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(queue);
        connection.stop();

        producer.send(session.createTextMessage("a"));

        MessageConsumer consumer = scene.session().createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(section = "6.1.5", says = "Stopping a stopped connection does nothing.")
    void stopsTwice(Scene scene) throws JMSException {
        Connection connection = scene.started();

        connection.stop();
        connection.stop();

        MessageConsumer consumer = connection.createSession().createConsumer(scene.queue());
        scene.receivesNothing(consumer);
    }

    @Check(section = "6.1.5", says = "Stopping one connection does not stop another.")
    void stopsNoOther(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        MessageConsumer other = scene.session().createConsumer(queue);
        scene.started().stop();
        scene.send(queue, "a");

        Expect.equal("a", Scene.text(scene.receive(other)), "what the other one receives");
    }

    @Check(
            section = "6.1.5",
            says =
                    "stop does not return while a message listener of the connection is"
                            + " running.")
    void waitsForListener(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        HeldListener listener = HeldListener.in(scene);
        connection.createSession().createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();

        Future<Boolean> stopped =
                scene.elsewhere(
                        () -> {
                            connection.stop();
                            return listener.hasReturned();
                        });
        scene.never("stop returns while a listener is running", stopped::isDone);
        listener.letGo();

        Expect.that(scene.result("stop", stopped), "stop returned before the listener had");
    }

    @Check(
            section = "6.1.5",
            says = "stop waits for the message listeners of all the connection's sessions.")
    void waitsForAllListeners(Scene scene) throws JMSException {
        Connection connection = scene.started();
        HeldListener first = listening(scene, connection);
        HeldListener second = listening(scene, connection);

        Future<Boolean> stopped =
                scene.elsewhere(
                        () -> {
                            connection.stop();
                            return first.hasReturned() && second.hasReturned();
                        });
        first.letGo();
        scene.never("stop returns while a listener is running", stopped::isDone);
        second.letGo();

        Expect.that(scene.result("stop", stopped), "stop returned before a listener had");
    }

    private static HeldListener listening(Scene scene, Connection connection) throws JMSException {
        Queue queue = scene.queue();
        HeldListener listener = HeldListener.in(scene);
        connection.createSession().createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();
        return listener;
    }

    @Check(
            section = "6.1.5",
            says =
                    "A message listener that runs while its connection is being stopped may"
                            + " still send.")
    void listenerMaySendMeanwhile(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(replies);
        HeldListener listener =
                HeldListener.in(scene, () -> producer.send(session.createTextMessage("reply")));
        session.createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();

        Future<Object> stopped = stopping(scene, connection);
        scene.never("stop returns while a listener is running", stopped::isDone);
        listener.letGo();

        listener.awaitReturn("a send of a listener whose connection is being stopped");
        scene.result("stop", stopped);
        MessageConsumer consumer = scene.session().createConsumer(replies);
        Expect.equal("reply", Scene.text(scene.receive(consumer)), "what the listener sent");
    }

    @Check(
            section = "6.1.5",
            says =
                    "A message listener that runs while its connection is being stopped may"
                            + " still commit.")
    void listenerMayCommitMeanwhile(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        HeldListener listener = HeldListener.in(scene, session::commit);
        session.createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();

        Future<Object> stopped = stopping(scene, connection);
        scene.never("stop returns while a listener is running", stopped::isDone);
        listener.letGo();

        listener.awaitReturn("a commit of a listener whose connection is being stopped");
        scene.result("stop", stopped);
        connection.close();
        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    private static Future<Object> stopping(Scene scene, Connection connection) {
        return scene.elsewhere(
                () -> {
                    connection.stop();
                    return null;
                });
    }

    @Check(
            section = "6.1.5",
            says =
                    "Stopping a connection in its own message listener throws"
                            + " IllegalStateException, or stops it.")
    void mayBeRefusedInListener(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        List<Message> heard = new CopyOnWriteArrayList<>();
        Trial trial = new Trial(scene, "stop in its own listener", connection::stop);
        connection
                .createSession()
                .createConsumer(queue)
                .setMessageListener(
                        message -> {
                            trial.onMessage(message);
                            heard.add(message);
                        });
        scene.send(queue, "a");

        boolean stopped = trial.passesOrIsRefused(IllegalStateException.class);

        scene.await("the return of the listener", () -> heard.size() == 1);
        scene.send(queue, "b");
        if (stopped) {
            scene.never("a message is delivered after the stop", () -> heard.size() > 1);
            connection.start();
        }
        scene.await("the next message", () -> heard.size() == 2);
    }

    @Check(
            section = "6.1.5",
            says = "A message listener may stop a connection that is not its own.",
            strength = Strength.COMMON_PRACTICE)
    void otherConnectionMayBeStoppedInListener(Scene scene) throws JMSException {
        Connection other = scene.started();
        Queue queue = scene.queue();
        Trial trial = new Trial(scene, "stop of another connection in a listener", other::stop);
        scene.session().createConsumer(queue).setMessageListener(trial);
        scene.send(queue, "a");

        trial.passes();

        MessageConsumer consumer = other.createSession().createConsumer(scene.queue());
        scene.receivesNothing(consumer);
    }

    @Check(
            section = "6.1.5",
            says =
                    "A consumer that is created on a stopped connection receives nothing"
                            + " until the restart.")
    void newConsumerReceivesNothing(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        connection.stop();
        scene.send(queue, "a");

        MessageConsumer consumer = connection.createSession().createConsumer(queue);

        scene.receivesNothing(consumer);
        connection.start();
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what came after the restart");
    }
}
