// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.checks.listening.HeldListener;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sessions that acknowledge by themselves: AUTO_ACKNOWLEDGE and DUPS_OK_ACKNOWLEDGE. */
final class AutoAcknowledgeChecks {
    @Check(
            section = "6.2.10",
            says = "What receive has returned in AUTO_ACKNOWLEDGE mode is acknowledged.")
    void receivedIsAcknowledged(Scene scene) throws JMSException {
        goesOnce(scene, Session.AUTO_ACKNOWLEDGE);
    }

    @Check(
            section = "6.2.10",
            says =
                    "What receive has returned in DUPS_OK_ACKNOWLEDGE mode is acknowledged"
                            + " when the session is closed in its own way.")
    void receivedIsAcknowledgedLazily(Scene scene) throws JMSException {
        goesOnce(scene, Session.DUPS_OK_ACKNOWLEDGE);
    }

    private static void goesOnce(Scene scene, int mode) throws JMSException {
        Session session = scene.session(mode);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c");
        MessageConsumer consumer = session.createConsumer(queue);
        Expect.equal(List.of("a", "b"), scene.texts(consumer, 2), "what was received");

        session.close();

        MessageConsumer next = scene.session().createConsumer(queue);
        Expect.equal(List.of("c"), scene.texts(next, 1), "what is left");
        scene.receivesNothing(next);
    }

    @Check(
            section = "6.2.10",
            says = "What receiveNoWait has returned in AUTO_ACKNOWLEDGE mode is " + "acknowledged.")
    void receivedWithoutWaitIsAcknowledged(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        scene.send(queue, "a");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.await("the message", () -> consumer.receiveNoWait() != null);

        session.close();

        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "6.2.10",
            says =
                    "What a message listener has returned from in AUTO_ACKNOWLEDGE mode is"
                            + " acknowledged.")
    void heardIsAcknowledged(Scene scene) throws JMSException {
        isHeardOnce(scene, Session.AUTO_ACKNOWLEDGE);
    }

    @Check(
            section = "6.2.10",
            says =
                    "What a message listener has returned from in DUPS_OK_ACKNOWLEDGE mode is"
                            + " acknowledged when the session is closed in its own way.")
    void heardIsAcknowledgedLazily(Scene scene) throws JMSException {
        isHeardOnce(scene, Session.DUPS_OK_ACKNOWLEDGE);
    }

    private static void isHeardOnce(Scene scene, int mode) throws JMSException {
        Session session = scene.session(mode);
        Queue queue = scene.queue();
        List<Message> heard = new CopyOnWriteArrayList<>();
        session.createConsumer(queue).setMessageListener(heard::add);
        scene.send(queue, "a", "b");
        scene.await("the messages", () -> heard.size() == 2);

        session.close();

        scene.receivesNothing(scene.session().createConsumer(queue));
        Expect.equal(2, heard.size(), "the calls of the listener");
    }

    @Check(
            section = "6.2.10",
            says =
                    "recover in AUTO_ACKNOWLEDGE mode brings back nothing that receive has"
                            + " returned.")
    void recoverBringsNothingBack(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        scene.send(queue, "a", "b");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.receive(consumer);

        session.recover();

        Expect.equal(List.of("b"), scene.texts(consumer, 1), "what came next");
        scene.receivesNothing(consumer);
    }

    @Check(
            section = "6.2.11",
            says =
                    "A message that was acknowledged is never delivered again, though its"
                            + " session goes on.")
    void neverComesTwice(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        scene.send(queue, "a");
        MessageConsumer first = connection.createSession().createConsumer(queue);
        scene.receive(first);

        MessageConsumer second = connection.createSession().createConsumer(queue);

        scene.receivesNothing(second);
        scene.receivesNothing(first);
    }

    @Check(
            section = "6.2.10",
            says =
                    "A message whose listener is still running in AUTO_ACKNOWLEDGE mode is"
                            + " with nobody else.")
    void heldWhileListenerRuns(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        HeldListener listener = HeldListener.in(scene);
        scene.session().createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();

        scene.receivesNothing(scene.session().createConsumer(queue));
        listener.letGo();
    }
}
