// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

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
import java.util.concurrent.atomic.AtomicInteger;

/** What {@link Session#close} waits for, gives back and refuses. */
final class SessionCloseChecks {
    @Check(
            section = "api:Session.close",
            says = "Closing a session ends its blocked receive with null.")
    void wakesReceiverWithNull(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageConsumer consumer = session.createConsumer(scene.queue());
        Future<Object> received = scene.elsewhere(consumer::receive);
        scene.never("a receive on an empty queue returns", received::isDone);

        session.close();

        Expect.isNull(scene.result("the receive", received), "what it returned");
    }

    @Check(
            section = "api:Session.close",
            says = "Closing a session ends a receive with a timeout before its time.")
    void wakesTimedReceiver(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageConsumer consumer = session.createConsumer(scene.queue());
        Future<Object> received = scene.elsewhere(() -> consumer.receive(100 * scene.patienceMs()));
        scene.never("a receive on an empty queue returns", received::isDone);

        session.close();

        Expect.isNull(scene.result("the receive", received), "what it returned");
    }

    @Check(
            section = "api:Session.close",
            says = "Closing a session waits until its running message listener has returned.")
    void waitsForListener(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        HeldListener listener = HeldListener.in(scene);
        session.createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();

        Future<Boolean> closed =
                scene.elsewhere(
                        () -> {
                            session.close();
                            return listener.hasReturned();
                        });
        scene.never("close returns while a listener is running", closed::isDone);
        listener.letGo();

        Expect.that(scene.result("close", closed), "close returned before the listener had");
    }

    @Check(
            section = "6.2.15",
            says =
                    "A message listener that runs while its session is being closed may still"
                            + " send and commit.")
    void listenerMayCommitMeanwhile(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        MessageProducer producer = session.createProducer(replies);
        HeldListener listener =
                HeldListener.in(
                        scene,
                        () -> {
                            producer.send(session.createTextMessage("reply"));
                            session.commit();
                        });
        session.createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();

        Future<Object> closed =
                scene.elsewhere(
                        () -> {
                            session.close();
                            return null;
                        });
        scene.never("close returns while a listener is running", closed::isDone);
        listener.letGo();

        listener.awaitReturn("the work of a listener whose session is being closed");
        scene.result("close", closed);
        Session other = scene.session();
        MessageConsumer consumer = other.createConsumer(replies);
        Expect.equal("reply", Scene.text(scene.receive(consumer)), "what the listener sent");
        scene.receivesNothing(other.createConsumer(queue));
    }

    @Check(section = "6.2.15", says = "A closed session calls its message listeners no more.")
    void callsNoListenerAfterwards(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        List<Message> heard = new CopyOnWriteArrayList<>();
        session.createConsumer(queue).setMessageListener(heard::add);

        session.close();
        scene.send(queue, "a");

        MessageConsumer other = scene.session().createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(other)), "what another one receives");
        Expect.equal(0, heard.size(), "the calls of the listener");
    }

    @Check(
            section = "6.2.15",
            says =
                    "Closing a session in its own message listener throws"
                            + " IllegalStateException, or closes it.")
    void mayBeRefusedInListener(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        Trial trial = new Trial(scene, "close in its own listener", session::close);
        session.createConsumer(queue).setMessageListener(trial);
        scene.send(queue, "a");

        if (trial.passesOrIsRefused(IllegalStateException.class)) {
            Expect.refused(
                    IllegalStateException.class,
                    "createMessage after the close in a listener",
                    session::createMessage);
        }
        session.close();
        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "6.2.15",
            says = "A message listener may close another session of its connection.")
    void otherSessionMayBeClosedInListener(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session other = connection.createSession();
        Queue queue = scene.queue();
        Trial trial = new Trial(scene, "close of another session in a listener", other::close);
        connection.createSession().createConsumer(queue).setMessageListener(trial);
        scene.send(queue, "a");

        trial.passes();

        Expect.refused(
                IllegalStateException.class,
                "createMessage of the session that was closed",
                other::createMessage);
    }

    @Check(
            section = "7.3.4",
            says =
                    "Closing a session lets the asynchronous sends that are under way"
                            + " complete.",
            strength = Strength.SHOULD)
    void completesSends(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        HeldListener listener = HeldListener.in(scene);
        listener.letGo();
        int count = 20;
        for (int i = 0; i < count; i++) {
            producer.send(session.createTextMessage("" + i), listener);
        }

        session.close();

        Expect.equal(count, listener.calls(), "the completions when close returns");
        listener.awaitReturn("the asynchronous sends");
        scene.texts(scene.session().createConsumer(queue), count);
    }

    @Check(
            section = "6.2.15",
            says = "Closing a transacted session discards what it has sent and not " + "committed.")
    void discardsUncommittedSends(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        session.createProducer(queue).send(session.createTextMessage("a"));

        session.close();

        scene.receivesNothing(connection.createSession().createConsumer(queue));
    }

    @Check(
            section = "6.2.15",
            says =
                    "Closing a transacted session gives back what it has received and not"
                            + " committed, marked as redelivered.")
    void givesUncommittedReceivesBack(Scene scene) throws JMSException {
        comesAgain(scene, Session.SESSION_TRANSACTED);
    }

    @Check(
            section = "6.2",
            says =
                    "What a CLIENT_ACKNOWLEDGE session has not acknowledged when it is closed"
                            + " comes again, marked as redelivered.")
    void givesUnacknowledgedBack(Scene scene) throws JMSException {
        comesAgain(scene, Session.CLIENT_ACKNOWLEDGE);
    }

    private static void comesAgain(Scene scene, int mode) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        Session session = connection.createSession(mode);
        scene.send(queue, "a", "b", "c");
        scene.texts(session.createConsumer(queue), 2);

        session.close();

        MessageConsumer next = connection.createSession().createConsumer(queue);
        for (String text : List.of("a", "b", "c")) {
            Message message = scene.receive(next);
            Expect.equal(text, Scene.text(message), "what comes again");
            boolean seen = !text.equals("c");
            Expect.that(
                    !seen || message.getJMSRedelivered(), text + " is not marked as redelivered");
            Expect.that(
                    !seen || message.getIntProperty("JMSXDeliveryCount") == 2,
                    text + " has not been counted as delivered twice");
        }
    }

    @Check(
            section = "6.2",
            says =
                    "What a durable subscriber has not acknowledged when its session is"
                            + " closed comes again.")
    void givesBackToDurableSubscription(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        connection.setClientID(scene.name());
        connection.start();
        String name = scene.name();
        Topic topic = scene.topic();
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = session.createDurableConsumer(topic, name);
        scene.send(topic, "a");
        scene.receive(consumer);

        session.close();

        Session next = connection.createSession();
        MessageConsumer again = next.createDurableConsumer(topic, name);
        Message message = scene.receive(again);
        Expect.equal("a", Scene.text(message), "what comes again");
        Expect.that(message.getJMSRedelivered(), "it is not marked as redelivered");
        again.close();
        next.unsubscribe(name);
    }

    @Check(
            section = "6.2.15",
            says =
                    "What a closed session's consumer has never received goes to others, in"
                            + " order.")
    void givesUnseenBack(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c", "d");
        Expect.equal(
                "a", Scene.text(scene.receive(session.createConsumer(queue))), "what came first");

        session.close();

        MessageConsumer other = scene.session().createConsumer(queue);
        Expect.equal(List.of("b", "c", "d"), scene.texts(other, 3), "what another one receives");
    }

    @Check(
            section = "6.2.15",
            says = "Closing one session leaves the others of its connection open.")
    void leavesOthersOpen(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session other = connection.createSession();
        Queue queue = scene.queue();
        MessageConsumer consumer = other.createConsumer(queue);

        connection.createSession().close();

        scene.send(queue, "a");
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "6.2.15",
            says = "A session may be closed by another thread while it is sending.")
    void closesWhileSending(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(scene.queue());
        AtomicInteger sent = new AtomicInteger();
        Future<Throwable> ended =
                scene.elsewhere(
                        () -> {
                            Message message = session.createTextMessage("a");
                            try {
                                while (sent.incrementAndGet() < Integer.MAX_VALUE) {
                                    producer.send(message);
                                }
                                return null;
                            } catch (JMSException e) {
                                return e;
                            }
                        });
        scene.await("some sends", () -> sent.get() > 3);

        session.close();

        Expect.notNull(scene.result("the sender", ended), "what the next send throws");
    }
}
