// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sessions in CLIENT_ACKNOWLEDGE mode: what one acknowledge covers. */
final class ClientAcknowledgeChecks {
    @Check(section = "6.2.10", says = "What was acknowledged is not delivered again.")
    void acknowledgedIsGone(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        Message message = scene.receive(session.createConsumer(queue));

        message.acknowledge();

        isLeft(scene, session, queue, List.of());
    }

    @Check(
            section = "6.2.10",
            says =
                    "Acknowledging the last message acknowledges all that the session has"
                            + " received.")
    void lastCoversAll(Scene scene) throws JMSException {
        acknowledges(scene, 2);
    }

    @Check(
            section = "6.2.10",
            says =
                    "Acknowledging the first message acknowledges all that the session has"
                            + " received, also later ones.")
    void firstCoversAll(Scene scene) throws JMSException {
        acknowledges(scene, 0);
    }

    @Check(
            section = "6.2.10",
            says =
                    "Acknowledging a message in the middle acknowledges all that the session"
                            + " has received.")
    void middleCoversAll(Scene scene) throws JMSException {
        acknowledges(scene, 1);
    }

    private static void acknowledges(Scene scene, int which) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c", "d");
        MessageConsumer consumer = session.createConsumer(queue);
        List<Message> received = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            received.add(scene.receive(consumer));
        }

        received.get(which).acknowledge();

        isLeft(scene, session, queue, List.of("d"));
    }

    @Check(
            section = "6.2.10",
            says = "Each message may be acknowledged for itself, one after the other.")
    void eachInTurn(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c");
        MessageConsumer consumer = session.createConsumer(queue);

        for (int i = 0; i < 3; i++) {
            scene.receive(consumer).acknowledge();
        }

        isLeft(scene, session, queue, List.of());
    }

    @Check(
            section = "6.2.10",
            says =
                    "Messages may be acknowledged one by one in reverse order after all were"
                            + " received.")
    void inReverse(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c");
        MessageConsumer consumer = session.createConsumer(queue);
        List<Message> received = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            received.add(0, scene.receive(consumer));
        }

        for (Message message : received) {
            message.acknowledge();
        }

        isLeft(scene, session, queue, List.of());
    }

    @Check(
            section = "6.2.10",
            says = "What is received after an acknowledge is not acknowledged by it.")
    void coversNothingLater(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c", "d");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.receive(consumer);
        scene.receive(consumer).acknowledge();

        scene.texts(consumer, 2);

        isLeft(scene, session, queue, List.of("c", "d"));
    }

    @Check(
            section = "6.2.10",
            says = "Acknowledging a message again acknowledges what was received since.")
    void againCoversTheRest(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b");
        MessageConsumer consumer = session.createConsumer(queue);
        Message first = scene.receive(consumer);
        first.acknowledge();
        scene.receive(consumer);

        first.acknowledge();

        isLeft(scene, session, queue, List.of());
    }

    @Check(
            section = "6.2.10",
            says =
                    "Acknowledging a message acknowledges what the session's other consumers"
                            + " have received.")
    void coversOtherConsumers(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue first = scene.queue();
        Queue second = scene.queue();
        scene.send(first, "a");
        scene.send(second, "b");
        scene.receive(session.createConsumer(first));
        Message message = scene.receive(session.createConsumer(second));

        message.acknowledge();

        session.close();
        Session next = scene.session();
        scene.receivesNothing(next.createConsumer(first));
        scene.receivesNothing(next.createConsumer(second));
    }

    @Check(
            section = "6.2.10",
            says = "Acknowledging a message acknowledges nothing of another session.")
    void leavesOtherSessions(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        scene.send(queue, "a");
        Session other = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        scene.receive(other.createConsumer(queue));
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Queue own = scene.queue();
        scene.send(own, "b");
        scene.receive(session.createConsumer(own)).acknowledge();

        isLeft(scene, other, queue, List.of("a"));
    }

    @Check(section = "6.2.10", says = "What the consumer was only sent ahead is not acknowledged.")
    void leavesTheUnseen(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c");
        MessageConsumer consumer = session.createConsumer(queue);

        scene.receive(consumer).acknowledge();

        isLeft(scene, session, queue, List.of("b", "c"));
    }

    @Check(section = "6.2.10", says = "A message listener may acknowledge what it was given.")
    void listenerAcknowledges(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        List<String> heard = new CopyOnWriteArrayList<>();
        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            try {
                                if (Scene.text(message).equals("b")) {
                                    message.acknowledge();
                                }
                                heard.add(Scene.text(message));
                            } catch (JMSException e) {
                                heard.add(e.toString());
                            }
                        });
        scene.send(queue, "a", "b", "c");
        scene.await("the messages", () -> heard.size() == 3);

        Expect.equal(List.of("a", "b", "c"), heard, "what was heard");
        isLeft(scene, session, queue, List.of("c"));
    }

    @Check(
            section = "6.2.10",
            says = "Sending is not held up by what a session has not acknowledged.")
    void sendsMeanwhile(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        scene.send(queue, "a");
        scene.receive(session.createConsumer(queue));

        session.createProducer(replies).send(session.createTextMessage("reply"));

        MessageConsumer consumer = scene.session().createConsumer(replies);
        Expect.equal("reply", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "6.2.10",
            says =
                    "Unacknowledged messages stay with their session: another consumer does"
                            + " not get them.")
    void staysWithItsSession(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        scene.receive(session.createConsumer(queue));

        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "6.2.10",
            says =
                    "A session may leave many messages unacknowledged and acknowledge them at"
                            + " once.")
    void coversMany(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        int count = 500;
        try (Connection connection = scene.factory().createConnection()) {
            Session sending = connection.createSession(Session.SESSION_TRANSACTED);
            MessageProducer producer = sending.createProducer(queue);
            for (int i = 0; i < count; i++) {
                producer.send(sending.createTextMessage("" + i));
            }
            sending.commit();
        }
        MessageConsumer consumer = session.createConsumer(queue);
        scene.texts(consumer, count - 1);

        scene.receive(consumer).acknowledge();

        isLeft(scene, session, queue, List.of());
    }

    private static void isLeft(Scene scene, Session session, Queue queue, List<String> texts)
            throws JMSException {
        session.close();
        MessageConsumer next = scene.session().createConsumer(queue);
        Expect.equal(texts, scene.texts(next, texts.size()), "what is left");
        scene.receivesNothing(next);
    }
}
