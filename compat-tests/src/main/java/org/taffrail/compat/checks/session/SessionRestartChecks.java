// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;

/** What a session has done, once the provider has been restarted in its own way or killed. */
final class SessionRestartChecks {
    @Check(
            section = "9.1",
            says =
                    "What was received and not acknowledged when the provider is killed comes"
                            + " again, marked as redelivered.",
            restarts = true,
            kills = true)
    void unacknowledgedComesAgainAfterCrash(Scene scene) throws JMSException {
        comesAgain(scene, Session.CLIENT_ACKNOWLEDGE, scene::crash);
    }

    @Check(
            section = "9.1",
            says =
                    "What was received and not acknowledged when the provider is restarted"
                            + " comes again, marked as redelivered.",
            restarts = true)
    void unacknowledgedComesAgainAfterRestart(Scene scene) throws JMSException {
        comesAgain(scene, Session.CLIENT_ACKNOWLEDGE, scene::restart);
    }

    @Check(
            section = "9.1",
            says =
                    "What was received and not committed when the provider is killed comes"
                            + " again, marked as redelivered.",
            restarts = true,
            kills = true)
    void uncommittedComesAgainAfterCrash(Scene scene) throws JMSException {
        comesAgain(scene, Session.SESSION_TRANSACTED, scene::crash);
    }

    private static void comesAgain(Scene scene, int mode, Runnable end) throws JMSException {
        Session session = scene.session(mode);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c");
        scene.texts(session.createConsumer(queue), 2);

        end.run();

        MessageConsumer next = scene.session().createConsumer(queue);
        for (String text : List.of("a", "b", "c")) {
            Message message = scene.receive(next);
            Expect.equal(text, Scene.text(message), "what comes again");
            if (!text.equals("c")) {
                Expect.that(message.getJMSRedelivered(), text + " is not marked as redelivered");
                int count = message.getIntProperty("JMSXDeliveryCount");
                Expect.that(count >= 2, text + " has a delivery count of " + count);
            }
        }
    }

    @Check(
            section = "3.5.11",
            says =
                    "JMSXDeliveryCount of what was rolled back goes on counting after an"
                            + " orderly restart.",
            strength = Strength.COMMON_PRACTICE,
            restarts = true)
    void countSurvivesRestart(Scene scene) throws JMSException {
        countGoesOn(scene, scene::restart);
    }

    @Check(
            section = "3.5.11",
            says =
                    "JMSXDeliveryCount of what was rolled back goes on counting after the"
                            + " provider was killed.",
            strength = Strength.COMMON_PRACTICE,
            restarts = true,
            kills = true)
    void countSurvivesCrash(Scene scene) throws JMSException {
        countGoesOn(scene, scene::crash);
    }

    private static void countGoesOn(Scene scene, Runnable end) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        MessageConsumer consumer = session.createConsumer(queue);
        for (int i = 0; i < 2; i++) {
            scene.receive(consumer);
            session.rollback();
        }
        session.close();

        end.run();

        Message message = scene.receive(scene.session().createConsumer(queue));
        Expect.that(message.getJMSRedelivered(), "it is not marked as redelivered");
        int count = message.getIntProperty("JMSXDeliveryCount");
        Expect.that(count >= 3, "its delivery count is " + count);
    }

    @Check(
            section = "6.2.7",
            says = "What was committed is there, and taken, after the provider was killed.",
            restarts = true,
            kills = true)
    void committedStaysCommitted(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        scene.send(queue, "a");
        scene.receive(session.createConsumer(queue));
        session.createProducer(replies).send(session.createTextMessage("reply"));
        session.commit();

        scene.crash();

        Session next = scene.session();
        scene.receivesNothing(next.createConsumer(queue));
        MessageConsumer consumer = next.createConsumer(replies);
        Expect.equal("reply", Scene.text(scene.receive(consumer)), "what was committed");
    }

    @Check(
            section = "6.2.7",
            says = "What was sent and not committed is gone after the provider was killed.",
            restarts = true,
            kills = true)
    void uncommittedIsGone(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        session.createProducer(queue).send(session.createTextMessage("a"));

        scene.crash();

        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "3.4.7",
            says =
                    "What was never received is not marked as redelivered after an orderly"
                            + " restart.",
            strength = Strength.COMMON_PRACTICE,
            restarts = true)
    void unseenIsNotMarked(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "a");

        scene.restart();

        Message message = scene.receive(scene.session().createConsumer(queue));
        Expect.equal("a", Scene.text(message), "what was received");
        Expect.that(!message.getJMSRedelivered(), "it is marked as redelivered");
    }

    @Check(
            section = "10.3",
            says = "A commit whose connection is lost throws a JMSException.",
            strength = Strength.COMMON_PRACTICE,
            restarts = true,
            kills = true)
    void lostCommitThrows(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        session.createProducer(queue).send(session.createTextMessage("a"));

        scene.crash();

        Expect.refused(JMSException.class, "commit of a lost connection", session::commit);
    }
}
