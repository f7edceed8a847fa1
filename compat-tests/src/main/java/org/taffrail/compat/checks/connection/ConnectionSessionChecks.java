// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** The sessions that a connection makes, and its use by several threads. */
final class ConnectionSessionChecks {
    @Check(
            section = "api:Connection.createSession",
            says = "createSession without arguments acknowledges automatically.")
    void sessionAcknowledgesAutomatically(Scene scene) throws JMSException {
        has(scene.connect().createSession(), false, Session.AUTO_ACKNOWLEDGE);
    }

    @Check(
            section = "api:Connection.createSession",
            says = "createSession gives an AUTO_ACKNOWLEDGE session where that is asked for.")
    void makesAutoSession(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        has(connection.createSession(Session.AUTO_ACKNOWLEDGE), false, Session.AUTO_ACKNOWLEDGE);
        has(
                connection.createSession(false, Session.AUTO_ACKNOWLEDGE),
                false,
                Session.AUTO_ACKNOWLEDGE);
    }

    @Check(
            section = "api:Connection.createSession",
            says = "createSession gives a CLIENT_ACKNOWLEDGE session where that is asked " + "for.")
    void makesClientSession(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        has(
                connection.createSession(Session.CLIENT_ACKNOWLEDGE),
                false,
                Session.CLIENT_ACKNOWLEDGE);
        has(
                connection.createSession(false, Session.CLIENT_ACKNOWLEDGE),
                false,
                Session.CLIENT_ACKNOWLEDGE);
    }

    @Check(
            section = "api:Connection.createSession",
            says =
                    "createSession gives a DUPS_OK_ACKNOWLEDGE session where that is asked"
                            + " for.")
    void makesDupsOkSession(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        has(
                connection.createSession(Session.DUPS_OK_ACKNOWLEDGE),
                false,
                Session.DUPS_OK_ACKNOWLEDGE);
        has(
                connection.createSession(false, Session.DUPS_OK_ACKNOWLEDGE),
                false,
                Session.DUPS_OK_ACKNOWLEDGE);
    }

    @Check(
            section = "api:Connection.createSession",
            says = "createSession(SESSION_TRANSACTED) gives a transacted session.")
    void makesTransactedSession(Scene scene) throws JMSException {
        has(
                scene.connect().createSession(Session.SESSION_TRANSACTED),
                true,
                Session.SESSION_TRANSACTED);
    }

    @Check(
            section = "api:Connection.createSession",
            says =
                    "createSession(true, mode) ignores the acknowledgement mode and gives a"
                            + " transacted session.")
    void ignoresModeWhenTransacted(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        has(
                connection.createSession(true, Session.CLIENT_ACKNOWLEDGE),
                true,
                Session.SESSION_TRANSACTED);
        has(connection.createSession(true, 0), true, Session.SESSION_TRANSACTED);
    }

    private static void has(Session session, boolean transacted, int mode) throws JMSException {
        Expect.equal(transacted, session.getTransacted(), "whether the session is transacted");
        Expect.equal(mode, session.getAcknowledgeMode(), "its acknowledgement mode");
    }

    @Check(
            section = "api:Connection.createSession",
            says =
                    "createSession with a mode that does not exist is refused with a"
                            + " JMSException.",
            strength = Strength.SHOULD)
    void refusesUnknownMode(Scene scene) throws JMSException {
        Connection connection = scene.connect();

        Expect.refused(
                JMSException.class,
                "createSession with session mode 99",
                () -> connection.createSession(99));
    }

    @Check(section = "6.1", says = "A connection has several sessions at a time.")
    void hasSeveralSessions(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        Session first = connection.createSession();
        Session second = connection.createSession(Session.SESSION_TRANSACTED);

        first.createProducer(queue).send(first.createTextMessage("a"));

        MessageConsumer consumer = second.createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what the other session receives");
        second.commit();
    }

    @Check(
            section = "2.14",
            says =
                    "Several threads may create and use sessions of one connection at the"
                            + " same time.")
    void servesSeveralThreads(Scene scene) throws JMSException {
        Connection connection = scene.started();
        List<Future<Object>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Queue queue = scene.queue();
            all.add(
                    scene.elsewhere(
                            () -> {
                                for (int n = 0; n < 5; n++) {
                                    exchange(scene, connection, queue);
                                }
                                return null;
                            }));
        }

        for (Future<Object> each : all) {
            scene.result("a thread with the shared connection", each);
        }
    }

    private static void exchange(Scene scene, Connection connection, Queue queue)
            throws JMSException {
        try (Session session = connection.createSession()) {
            session.createProducer(queue).send(session.createTextMessage("a"));
            Expect.equal(
                    "a",
                    Scene.text(scene.receive(session.createConsumer(queue))),
                    "what a thread receives");
        }
    }

    @Check(
            section = "2.14",
            says =
                    "A connection may be started and stopped by one thread while others use"
                            + " its sessions.")
    void mayBeStoppedWhileUsed(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        Session sending = connection.createSession();
        int count = 50;
        Future<Object> sent =
                scene.elsewhere(
                        () -> {
                            MessageProducer producer = sending.createProducer(queue);
                            for (int i = 0; i < count; i++) {
                                producer.send(sending.createTextMessage("" + i));
                            }
                            return null;
                        });
        Future<List<String>> received = scene.elsewhere(() -> scene.texts(consumer, count));

        while (!sent.isDone()) {
            connection.stop();
            connection.start();
        }

        scene.result("the sender", sent);
        List<String> texts = scene.result("the receiver", received);
        for (int i = 0; i < count; i++) {
            Expect.equal("" + i, texts.get(i), "message " + i);
        }
    }
}
