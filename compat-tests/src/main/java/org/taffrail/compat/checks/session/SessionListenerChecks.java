// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.checks.listening.HeldListener;
import org.taffrail.compat.checks.listening.Trial;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** How a session calls its message listeners. */
final class SessionListenerChecks {
    @Check(
            section = "6.2.13",
            says = "A session calls the listener of one consumer with one message at a time.")
    void oneMessageAtATime(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        HeldListener listener = HeldListener.in(scene);
        session.createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a", "b");
        listener.awaitCall();

        scene.never("a second call during the first", () -> listener.calls() > 1);

        listener.letGo();
        scene.await("the second call", () -> listener.calls() == 2);
    }

    @Check(
            section = "6.2.13",
            says =
                    "A session calls the listeners of its consumers one after the other,"
                            + " never at the same time.")
    void oneListenerAtATime(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Session session = connection.createSession();
        Queue first = scene.queue();
        Queue second = scene.queue();
        HeldListener held = HeldListener.in(scene);
        session.createConsumer(first).setMessageListener(held);
        session.createConsumer(second).setMessageListener(held);
        scene.send(first, "a");
        scene.send(second, "b");

        connection.start();
        held.awaitCall();

        scene.never("the other listener is called meanwhile", () -> held.calls() > 1);
        held.letGo();
        scene.await("the call of the other listener", () -> held.calls() == 2);
    }

    @Check(
            section = "6.2.13",
            says =
                    "Everything that a session's listeners hear is heard one by one, under"
                            + " load.")
    void serialUnderLoad(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Session session = connection.createSession();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger heard = new AtomicInteger();
        String[] texts = new String[25];
        Arrays.fill(texts, "a");
        for (int i = 0; i < 3; i++) {
            Queue queue = scene.queue();
            session.createConsumer(queue)
                    .setMessageListener(
                            message -> {
                                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                Thread.yield();
                                inside.decrementAndGet();
                                heard.incrementAndGet();
                            });
            scene.send(queue, texts);
        }

        connection.start();

        scene.await("all messages", () -> heard.get() == 3 * texts.length);
        Expect.equal(1, most.get(), "the listeners that ran at the same time, at most");
    }

    @Check(section = "6.2.14", says = "Listeners of different sessions run at the same time.")
    void sessionsRunTogether(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        HeldListener first = HeldListener.in(scene);
        HeldListener second = HeldListener.in(scene);
        Queue other = scene.queue();
        connection.createSession().createConsumer(queue).setMessageListener(first);
        connection.createSession().createConsumer(other).setMessageListener(second);
        scene.send(queue, "a");
        first.awaitCall();

        scene.send(other, "b");

        second.awaitCall();
        Expect.that(!first.hasReturned(), "the first listener has returned");
    }

    @Check(
            section = "6.2.14",
            says = "A session receives while a listener of another session is running.")
    void receivesWhileAnotherListens(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        HeldListener listener = HeldListener.in(scene);
        connection.createSession().createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();
        Queue other = scene.queue();
        scene.send(other, "b");

        MessageConsumer consumer = connection.createSession().createConsumer(other);

        Expect.equal("b", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "6.2.13",
            says =
                    "A listener may use the session that it serves: send, create consumers,"
                            + " close them.")
    void mayUseItsSession(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        Trial trial =
                new Trial(
                        scene,
                        "the use of its session in a listener",
                        () -> {
                            MessageProducer producer = session.createProducer(replies);
                            producer.send(session.createTextMessage("reply"));
                            producer.close();
                            session.createConsumer(scene.queue()).close();
                        });
        session.createConsumer(queue).setMessageListener(trial);
        scene.send(queue, "a");

        trial.passes();

        MessageConsumer consumer = scene.session().createConsumer(replies);
        Expect.equal("reply", Scene.text(scene.receive(consumer)), "what the listener sent");
    }
}
