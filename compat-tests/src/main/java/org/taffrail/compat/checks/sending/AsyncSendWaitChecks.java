// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.concurrent.Future;

/** What waits for asynchronous sends, and what their completion listeners must not do. */
final class AsyncSendWaitChecks {
    /** Something that must wait for the completion listeners. */
    @FunctionalInterface
    private interface Ending {
        void end(Connection connection, Session session, MessageProducer producer)
                throws JMSException;
    }

    private static void waits(Scene scene, int mode, String what, Ending ending)
            throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession(mode);
        MessageProducer producer = session.createProducer(scene.queue());
        Sent sent = Sent.heldUp();
        producer.send(session.createTextMessage("one"), sent);
        sent.awaitEntered(scene);

        Future<Integer> ended =
                scene.elsewhere(
                        () -> {
                            ending.end(connection, session, producer);
                            return sent.calls();
                        });
        try {
            scene.never(what + " returns while a completion listener runs", ended::isDone);
        } finally {
            sent.release();
        }

        int calls = scene.result(what, ended);
        Expect.equal(1, calls, "completed sends when " + what + " returned");
    }

    @Check(section = "7.3.4", says = "Closing a producer waits for its completion listeners.")
    void producerCloseWaits(Scene scene) throws JMSException {
        waits(scene, Session.AUTO_ACKNOWLEDGE, "producer.close()", (c, s, p) -> p.close());
    }

    @Check(section = "7.3.4", says = "Closing a session waits for its completion listeners.")
    void sessionCloseWaits(Scene scene) throws JMSException {
        waits(scene, Session.AUTO_ACKNOWLEDGE, "session.close()", (c, s, p) -> s.close());
    }

    @Check(section = "7.3.4", says = "Closing a connection waits for its completion listeners.")
    void connectionCloseWaits(Scene scene) throws JMSException {
        waits(scene, Session.AUTO_ACKNOWLEDGE, "connection.close()", (c, s, p) -> c.close());
    }

    @Check(section = "7.3.4", says = "A commit waits for the session's completion listeners.")
    void commitWaits(Scene scene) throws JMSException {
        waits(scene, Session.SESSION_TRANSACTED, "commit()", (c, s, p) -> s.commit());
    }

    @Check(section = "7.3.4", says = "A rollback waits for the session's completion listeners.")
    void rollbackWaits(Scene scene) throws JMSException {
        waits(scene, Session.SESSION_TRANSACTED, "rollback()", (c, s, p) -> s.rollback());
    }

    private static void refused(Scene scene, int mode, String what, Ending ending)
            throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession(mode);
        MessageProducer producer = session.createProducer(scene.queue());
        Sent sent = Sent.doing(() -> ending.end(connection, session, producer));

        producer.send(session.createTextMessage("one"), sent);

        Expect.type(
                IllegalStateException.class,
                sent.awaitThrown(scene, what + " in a completion listener"),
                what + " in a completion listener");
    }

    @Check(
            section = "7.3.4",
            says = "A completion listener that closes its producer gets IllegalStateException.")
    void producerIsNotClosedByItsListener(Scene scene) throws JMSException {
        refused(scene, Session.AUTO_ACKNOWLEDGE, "producer.close()", (c, s, p) -> p.close());
    }

    @Check(
            section = "7.3.4",
            says = "A completion listener that closes its session gets IllegalStateException.")
    void sessionIsNotClosedByItsListener(Scene scene) throws JMSException {
        refused(scene, Session.AUTO_ACKNOWLEDGE, "session.close()", (c, s, p) -> s.close());
    }

    @Check(
            section = "7.3.4",
            says = "A completion listener that closes its connection gets IllegalStateException.")
    void connectionIsNotClosedByItsListener(Scene scene) throws JMSException {
        refused(scene, Session.AUTO_ACKNOWLEDGE, "connection.close()", (c, s, p) -> c.close());
    }

    @Check(
            section = "7.3.4",
            says = "A completion listener that commits its session gets IllegalStateException.")
    void sessionIsNotCommittedByItsListener(Scene scene) throws JMSException {
        refused(scene, Session.SESSION_TRANSACTED, "commit()", (c, s, p) -> s.commit());
    }

    @Check(
            section = "7.3.4",
            says = "A completion listener that rolls its session back gets IllegalStateException.")
    void sessionIsNotRolledBackByItsListener(Scene scene) throws JMSException {
        refused(scene, Session.SESSION_TRANSACTED, "rollback()", (c, s, p) -> s.rollback());
    }
}
