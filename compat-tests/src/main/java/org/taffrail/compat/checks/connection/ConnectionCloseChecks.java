// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;

import org.taffrail.compat.checks.listening.HeldListener;
import org.taffrail.compat.checks.listening.Trial;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** What {@link Connection#close} waits for, gives back and refuses. */
final class ConnectionCloseChecks {
    @Check(section = "6.1.8", says = "Closing a connection ends its blocked receives with null.")
    void wakesReceiversWithNull(Scene scene) throws JMSException {
        Connection connection = scene.started();
        MessageConsumer consumer = connection.createSession().createConsumer(scene.queue());
        Future<Object> received = scene.elsewhere(consumer::receive);
        scene.never("a receive on an empty queue returns", received::isDone);

        connection.close();

        Expect.isNull(scene.result("the receive", received), "what it returned");
    }

    @Check(
            section = "6.1.8",
            says = "Closing a connection ends a receive with a timeout before its time.")
    void wakesTimedReceivers(Scene scene) throws JMSException {
        Connection connection = scene.started();
        MessageConsumer consumer = connection.createSession().createConsumer(scene.queue());
        Future<Object> received = scene.elsewhere(() -> consumer.receive(100 * scene.patienceMs()));
        scene.never("a receive on an empty queue returns", received::isDone);

        connection.close();

        Expect.isNull(scene.result("the receive", received), "what it returned");
    }

    @Check(
            section = "6.1.8",
            says =
                    "Closing a stopped connection ends its blocked receives, though a message"
                            + " is there.")
    void wakesReceiversOfStoppedConnection(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        scene.send(queue, "a");
        Future<Object> received = scene.elsewhere(consumer::receive);
        scene.never("a receive returns before the start", received::isDone);

        connection.close();

        scene.result("the receive", received);
    }

    @Check(
            section = "6.1.8",
            says =
                    "Closing a connection waits until its running message listener has"
                            + " returned.",
            strength = Strength.SHOULD)
    void waitsForListener(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        HeldListener listener = HeldListener.in(scene);
        connection.createSession().createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();

        Future<Boolean> closed =
                scene.elsewhere(
                        () -> {
                            connection.close();
                            return listener.hasReturned();
                        });
        scene.never("close returns while a listener is running", closed::isDone);
        listener.letGo();

        Expect.that(scene.result("close", closed), "close returned before the listener had");
    }

    @Check(
            section = "6.1.8",
            says =
                    "A message listener that runs while its connection is being closed may"
                            + " still send.")
    void listenerMaySendMeanwhile(Scene scene) throws JMSException {
        Queue replies = scene.queue();
        Connection connection = scene.started();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(replies);

        closedWhileListening(
                scene,
                connection,
                session,
                () -> producer.send(session.createTextMessage("reply")));

        MessageConsumer consumer = scene.session().createConsumer(replies);
        Expect.equal("reply", Scene.text(scene.receive(consumer)), "what the listener sent");
    }

    @Check(
            section = "6.1.8",
            says =
                    "A message listener that runs while its connection is being closed may"
                            + " still commit.")
    void listenerMayCommitMeanwhile(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession(Session.SESSION_TRANSACTED);

        Queue queue = closedWhileListening(scene, connection, session, session::commit);

        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A message whose listener runs in AUTO_ACKNOWLEDGE mode while its"
                            + " connection is being closed is acknowledged.")
    void listenersMessageIsAcknowledged(Scene scene) throws JMSException {
        Connection connection = scene.started();

        Queue queue = closedWhileListening(scene, connection, connection.createSession(), () -> {});

        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    private static Queue closedWhileListening(
            Scene scene, Connection connection, Session session, Expect.Action last)
            throws JMSException {
        Queue queue = scene.queue();
        HeldListener listener = HeldListener.in(scene, last);
        session.createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();
        Future<Object> closed = closing(scene, connection);
        scene.never("close returns while a listener is running", closed::isDone);
        listener.letGo();
        listener.awaitReturn("a listener whose connection is being closed");
        scene.result("close", closed);
        return queue;
    }

    private static Future<Object> closing(Scene scene, Connection connection) {
        return scene.elsewhere(
                () -> {
                    connection.close();
                    return null;
                });
    }

    @Check(
            section = "6.1.8",
            says =
                    "Closing a connection in its own message listener throws"
                            + " IllegalStateException, or closes it.")
    void mayBeRefusedInListener(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        Trial trial = new Trial(scene, "close in its own listener", connection::close);
        Session session = connection.createSession();
        session.createConsumer(queue).setMessageListener(trial);
        scene.send(queue, "a");

        if (trial.passesOrIsRefused(IllegalStateException.class)) {
            Expect.refused(
                    IllegalStateException.class,
                    "createSession after the close in a listener",
                    connection::createSession);
        } else {
            connection.createSession();
        }
        connection.close();
        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "6.1.8",
            says = "A message listener may close a connection that is not its own.",
            strength = Strength.COMMON_PRACTICE)
    void otherConnectionMayBeClosedInListener(Scene scene) throws JMSException {
        Connection other = scene.started();
        Queue queue = scene.queue();
        Trial trial = new Trial(scene, "close of another connection in a listener", other::close);
        scene.session().createConsumer(queue).setMessageListener(trial);
        scene.send(queue, "a");

        trial.passes();
    }

    @Check(
            section = "6.1.8",
            says =
                    "Closing a connection rolls the transaction of its session back: what was"
                            + " sent is gone.")
    void discardsUncommittedSends(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        session.createProducer(queue).send(session.createTextMessage("a"));

        connection.close();

        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "6.1.8",
            says =
                    "Closing a connection rolls the transaction of its session back: what was"
                            + " received comes again, marked as redelivered.")
    void givesUncommittedReceivesBack(Scene scene) throws JMSException {
        comesAgain(scene, Session.SESSION_TRANSACTED);
    }

    @Check(
            section = "6.1.8",
            says =
                    "Closing a connection acknowledges nothing in CLIENT_ACKNOWLEDGE mode: it"
                            + " comes again, marked as redelivered.")
    void givesUnacknowledgedBack(Scene scene) throws JMSException {
        comesAgain(scene, Session.CLIENT_ACKNOWLEDGE);
    }

    private static void comesAgain(Scene scene, int mode) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession(mode).createConsumer(queue);
        scene.send(queue, "a", "b");
        scene.texts(consumer, 2);

        connection.close();

        MessageConsumer next = scene.session().createConsumer(queue);
        for (String text : List.of("a", "b")) {
            Message message = scene.receive(next);
            Expect.equal(text, Scene.text(message), "what comes again");
            Expect.that(message.getJMSRedelivered(), text + " is not marked as redelivered");
            Expect.equal(2, message.getIntProperty("JMSXDeliveryCount"), "its delivery count");
        }
    }

    @Check(
            section = "6.1.8",
            says =
                    "What a closed connection's consumer has never received goes to others,"
                            + " in order.")
    void givesUnseenBack(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        scene.send(queue, "a", "b", "c", "d");
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what came first");

        connection.close();

        MessageConsumer other = scene.session().createConsumer(queue);
        Expect.equal(List.of("b", "c", "d"), scene.texts(other, 3), "what another one receives");
    }

    @Check(
            section = "api:Connection.close",
            says = "Closing a connection deletes its temporary queues.")
    void deletesTemporaryQueues(Scene scene) throws JMSException {
        Connection connection = scene.started();
        TemporaryQueue temporary = connection.createSession().createTemporaryQueue();
        Session other = scene.session();
        MessageProducer producer = other.createProducer(null);
        producer.send(temporary, other.createTextMessage("a"));

        connection.close();

        Expect.refused(
                InvalidDestinationException.class,
                "a send to a temporary queue whose connection is closed",
                () -> producer.send(temporary, other.createTextMessage("b")));
    }

    @Check(section = "6.1.8", says = "A connection may be closed before it was ever started.")
    void closesWithoutStart(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        connection.createSession().createConsumer(scene.queue());

        connection.close();
    }

    @Check(section = "6.1.8", says = "Several threads may close a connection at the same time.")
    void closesInSeveralThreads(Scene scene) throws JMSException {
        Connection connection = scene.started();
        connection.createSession().createConsumer(scene.queue());

        List<Future<Object>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(closing(scene, connection));
        }

        for (Future<Object> each : all) {
            scene.result("close", each);
        }
    }

    @Check(
            section = "6.1.8",
            says = "Closing one connection leaves the others of the same factory open.")
    void leavesOthersOpen(Scene scene) throws JMSException {
        Connection other = scene.started();

        scene.started().close();

        Queue queue = scene.queue();
        scene.send(queue, "a");
        MessageConsumer consumer = other.createSession().createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }
}
