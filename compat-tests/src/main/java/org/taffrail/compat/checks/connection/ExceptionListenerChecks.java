// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import jakarta.jms.Connection;
import jakarta.jms.ExceptionListener;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The exception listener of a connection. */
final class ExceptionListenerChecks {
    @Check(
            section = "6.1.7",
            says = "A connection without an exception listener returns null for it.")
    void isNullAtFirst(Scene scene) throws JMSException {
        Expect.isNull(scene.connect().getExceptionListener(), "the exception listener");
    }

    @Check(section = "6.1.7", says = "A connection returns the exception listener that was set.")
    void isReturned(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        ExceptionListener listener = failure -> {};

        connection.setExceptionListener(listener);

        Expect.that(connection.getExceptionListener() == listener, "it is another listener");
    }

    @Check(
            section = "api:Connection.setExceptionListener",
            says = "A second exception listener takes the place of the first.")
    void isReplaced(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        ExceptionListener second = failure -> {};
        connection.setExceptionListener(failure -> {});

        connection.setExceptionListener(second);

        Expect.that(connection.getExceptionListener() == second, "it is another listener");
    }

    @Check(
            section = "api:Connection.setExceptionListener",
            says = "Setting null takes the exception listener away.",
            strength = Strength.COMMON_PRACTICE)
    void isTakenAway(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        connection.setExceptionListener(failure -> {});

        connection.setExceptionListener(null);

        Expect.isNull(connection.getExceptionListener(), "the exception listener");
    }

    @Check(
            section = "6.1.7",
            says =
                    "An exception that a call throws is not given to the exception listener"
                            + " as well.")
    void doesNotHearWhatACallThrows(Scene scene) throws JMSException {
        Connection connection = scene.started();
        List<JMSException> heard = new CopyOnWriteArrayList<>();
        connection.setExceptionListener(heard::add);
        Session session = connection.createSession();
        Queue queue = scene.queue();

        Expect.refused(JMSException.class, "commit without a transaction", session::commit);
        Expect.refused(
                InvalidSelectorException.class,
                "createConsumer with a wrong selector",
                () -> session.createConsumer(queue, "= 1"));

        scene.never("the exception listener hears of it", () -> !heard.isEmpty());
    }

    @Check(
            section = "6.1.7",
            says = "Closing a connection does not call its exception listener.",
            strength = Strength.COMMON_PRACTICE)
    void doesNotHearOfClose(Scene scene) throws JMSException {
        Connection connection = scene.started();
        List<JMSException> heard = new CopyOnWriteArrayList<>();
        connection.setExceptionListener(heard::add);
        connection.createSession().createConsumer(scene.queue());

        connection.close();

        scene.never("the exception listener hears of the close", () -> !heard.isEmpty());
    }

    @Check(
            section = "6.1.7",
            says =
                    "A message listener that throws a RuntimeException leaves the connection"
                            + " usable.",
            strength = Strength.COMMON_PRACTICE)
    void connectionOutlivesFailingListener(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        AtomicInteger calls = new AtomicInteger();
        connection
                .createSession(Session.CLIENT_ACKNOWLEDGE)
                .createConsumer(queue)
                .setMessageListener(
                        message -> {
                            calls.incrementAndGet();
                            throw new UnsupportedOperationException("the check's own");
                        });
        scene.send(queue, "a");
        scene.await("the call of the listener", () -> calls.get() > 0);

        Queue other = scene.queue();
        scene.send(other, "b");
        MessageConsumer consumer = connection.createSession().createConsumer(other);
        Expect.equal("b", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "6.1.7",
            says =
                    "The exception listener of a connection hears of its loss when the"
                            + " provider is killed.",
            restarts = true,
            kills = true)
    void hearsOfCrash(Scene scene) throws JMSException {
        List<JMSException> heard = listening(scene);

        scene.crash();

        scene.await("the call of the exception listener", () -> !heard.isEmpty());
        Expect.notNull(heard.get(0), "what it was told");
    }

    @Check(
            section = "6.1.7",
            says =
                    "The exception listener of a connection hears of its loss when the"
                            + " provider stops in its own way.",
            restarts = true)
    void hearsOfStop(Scene scene) throws JMSException {
        List<JMSException> heard = listening(scene);

        scene.restart();

        scene.await("the call of the exception listener", () -> !heard.isEmpty());
        Expect.notNull(heard.get(0), "what it was told");
    }

    @Check(
            section = "6.1.7",
            says = "The exception listener of a context hears of the loss of its connection.",
            restarts = true)
    void hearsInContext(Scene scene) throws JMSException {
        List<JMSException> heard = new CopyOnWriteArrayList<>();
        JMSContext context = scene.context();
        context.setExceptionListener(heard::add);
        context.createConsumer(scene.queue());

        scene.restart();

        scene.await("the call of the exception listener", () -> !heard.isEmpty());
    }

    @Check(
            section = "6.1.7",
            says = "An exception listener may close the connection that it hears the loss " + "of.",
            restarts = true)
    void mayCloseItsConnection(Scene scene) throws JMSException {
        Connection connection = scene.started();
        AtomicBoolean closed = new AtomicBoolean();
        connection.setExceptionListener(
                failure -> {
                    try {
                        connection.close();
                    } catch (JMSException e) {
                        failure.setLinkedException(e);
                    }
                    closed.set(true);
                });
        connection.createSession().createConsumer(scene.queue());

        scene.restart();

        scene.await("the close in the exception listener", closed::get);
    }

    @Check(
            section = "6.1.7",
            says = "A connection calls its exception listener in one thread at a time.",
            restarts = true)
    void isCalledSerially(Scene scene) throws JMSException {
        Connection connection = scene.started();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        connection.setExceptionListener(
                failure -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.yield();
                    inside.decrementAndGet();
                    calls.incrementAndGet();
                });
        for (int i = 0; i < 4; i++) {
            connection.createSession().createConsumer(scene.queue()).setMessageListener(m -> {});
        }

        scene.restart();

        scene.await("the call of the exception listener", () -> calls.get() > 0);
        scene.never("two calls are made at a time", () -> most.get() > 1);
    }

    private static List<JMSException> listening(Scene scene) throws JMSException {
        Connection connection = scene.started();
        List<JMSException> heard = new CopyOnWriteArrayList<>();
        connection.setExceptionListener(heard::add);
        connection.createSession().createConsumer(scene.queue());
        return heard;
    }
}
