// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.context;

import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidClientIDRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;

import org.taffrail.compat.checks.listening.HeldListener;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.concurrent.Future;

/** Contexts that are made of a context and share its connection. */
final class SharedConnectionChecks {
    @Check(
            section = "api:JMSContext.createContext",
            says =
                    "A context that is made of another has the session mode that was asked"
                            + " for.")
    void hasItsOwnMode(Scene scene) {
        JMSContext first = scene.context();

        JMSContext second = second(scene, first, JMSContext.CLIENT_ACKNOWLEDGE);

        Expect.equal(JMSContext.CLIENT_ACKNOWLEDGE, second.getSessionMode(), "its session mode");
        Expect.equal(JMSContext.AUTO_ACKNOWLEDGE, first.getSessionMode(), "the first one's mode");
    }

    @Check(
            section = "api:JMSContext.createContext",
            says = "A transacted context may be made of one that is not.")
    void mayBeTransacted(Scene scene) throws JMSException {
        JMSContext second = second(scene, scene.context(), JMSContext.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        second.createProducer().send(queue, "a");
        JMSConsumer consumer = scene.context().createConsumer(queue);
        scene.receivesNothing(consumer);

        second.commit();

        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "2.8.2",
            says =
                    "A context that is made of another has the same connection, and so its"
                            + " client id.")
    void sharesClientId(Scene scene) {
        JMSContext first = scene.context();
        String id = scene.name();
        first.setClientID(id);

        JMSContext second = second(scene, first, JMSContext.AUTO_ACKNOWLEDGE);

        Expect.equal(id, second.getClientID(), "its client id");
    }

    @Check(
            section = "2.8.2",
            says = "Contexts that share a connection share its exception listener.")
    void sharesExceptionListener(Scene scene) {
        JMSContext first = scene.context();
        ExceptionListener listener = failure -> {};
        first.setExceptionListener(listener);

        JMSContext second = second(scene, first, JMSContext.AUTO_ACKNOWLEDGE);

        Expect.that(second.getExceptionListener() == listener, "it is another listener");
    }

    @Check(
            section = "api:JMSContext.createContext",
            says = "Making a context of another does not start the connection.")
    void startsNothing(Scene scene) throws JMSException {
        JMSContext first = scene.context();
        first.setAutoStart(false);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        JMSConsumer consumer = first.createConsumer(queue);

        second(scene, first, JMSContext.AUTO_ACKNOWLEDGE);

        scene.receivesNothing(consumer);
    }

    @Check(
            section = "api:JMSContext.createContext",
            says = "A consumer of either context starts the connection of both.")
    void eitherStartsBoth(Scene scene) throws JMSException {
        JMSContext first = scene.context();
        first.setAutoStart(false);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        JMSConsumer consumer = first.createConsumer(queue);
        JMSContext second = second(scene, first, JMSContext.AUTO_ACKNOWLEDGE);
        second.setAutoStart(true);

        second.createConsumer(scene.queue());

        Expect.equal("a", Scene.text(scene.receive(consumer)), "what the first one receives");
    }

    @Check(
            section = "api:JMSContext.stop",
            says = "Stopping one context stops the delivery of all that share its " + "connection.")
    void stopsTogether(Scene scene) throws JMSException {
        JMSContext first = scene.context();
        JMSContext second = second(scene, first, JMSContext.AUTO_ACKNOWLEDGE);
        Queue queue = scene.queue();
        JMSConsumer consumer = second.createConsumer(queue);

        first.stop();
        scene.send(queue, "a");

        scene.receivesNothing(consumer);
        first.start();
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what came after the restart");
    }

    @Check(
            section = "6.1.8",
            says = "Closing one context leaves another one of the same connection open.")
    void secondOutlivesFirst(Scene scene) throws JMSException {
        JMSContext first = scene.context();
        JMSContext second = second(scene, first, JMSContext.AUTO_ACKNOWLEDGE);
        Queue queue = scene.queue();
        JMSConsumer consumer = second.createConsumer(queue);

        first.close();

        second.createProducer().send(queue, "a");
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "6.1.8",
            says = "Closing the context that was made of another leaves the first one open.")
    void firstOutlivesSecond(Scene scene) throws JMSException {
        JMSContext first = scene.context();
        JMSContext second = second(scene, first, JMSContext.AUTO_ACKNOWLEDGE);

        second.close();

        Queue queue = scene.queue();
        first.createProducer().send(queue, "a");
        Expect.equal(
                "a", Scene.text(scene.receive(first.createConsumer(queue))), "what was received");
    }

    @Check(
            section = "6.1.8",
            says =
                    "Closing one context closes its own consumers, though the connection"
                            + " stays open.")
    void closesItsOwnSession(Scene scene) {
        JMSContext first = scene.context();
        JMSContext second = second(scene, first, JMSContext.AUTO_ACKNOWLEDGE);
        JMSConsumer consumer = first.createConsumer(scene.queue());

        first.close();

        Expect.refused(
                IllegalStateRuntimeException.class,
                "receive of a closed context's consumer",
                consumer::receiveNoWait);
        Expect.that(second.getAutoStart(), "the second context is open");
    }

    @Check(
            section = "6.1.8",
            says =
                    "The connection is closed with the last of its contexts: its client id is"
                            + " free then, and not before.")
    void lastClosesConnection(Scene scene) {
        String id = scene.name();
        JMSContext first = scene.context();
        first.setClientID(id);
        JMSContext second = second(scene, first, JMSContext.AUTO_ACKNOWLEDGE);
        first.close();
        JMSContext early = scene.context();
        Expect.refused(
                InvalidClientIDRuntimeException.class,
                "setClientID while a context of the connection is open",
                () -> early.setClientID(id));

        second.close();

        JMSContext other = scene.context();
        other.setClientID(id);
        Expect.equal(id, other.getClientID(), "the client id");
    }

    @Check(
            section = "6.2.2",
            says =
                    "A temporary queue lives as long as the connection: it outlives the"
                            + " context that made it.")
    void temporaryQueueOutlivesContext(Scene scene) throws JMSException {
        JMSContext first = scene.context();
        JMSContext second = second(scene, first, JMSContext.AUTO_ACKNOWLEDGE);
        TemporaryQueue queue = first.createTemporaryQueue();

        first.close();

        second.createProducer().send(queue, "a");
        JMSConsumer consumer = second.createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "6.2.6",
            says = "A context may be made of one whose session is in use by another thread.")
    void mayBeMadeMeanwhile(Scene scene) throws JMSException {
        JMSContext first = scene.context();
        JMSConsumer consumer = first.createConsumer(scene.queue());
        Future<Object> received = scene.elsewhere(consumer::receive);
        scene.never("a receive on an empty queue returns", received::isDone);

        JMSContext second = second(scene, first, JMSContext.AUTO_ACKNOWLEDGE);

        Queue queue = scene.queue();
        second.createProducer().send(queue, "a");
        Expect.equal(
                "a", Scene.text(scene.receive(second.createConsumer(queue))), "what was received");
        Expect.that(!received.isDone(), "the receive of the first context has ended");
        consumer.close();
        scene.result("the receive", received);
    }

    @Check(
            section = "6.2.14",
            says =
                    "Message listeners of contexts that share a connection run at the same"
                            + " time.")
    void listenTogether(Scene scene) throws JMSException {
        JMSContext first = scene.context();
        JMSContext second = second(scene, first, JMSContext.AUTO_ACKNOWLEDGE);
        Queue queue = scene.queue();
        Queue other = scene.queue();
        HeldListener held = HeldListener.in(scene);
        HeldListener also = HeldListener.in(scene);
        first.createConsumer(queue).setMessageListener(held);
        second.createConsumer(other).setMessageListener(also);
        scene.send(queue, "a");
        held.awaitCall();

        scene.send(other, "b");

        also.awaitCall();
    }

    @Check(
            section = "6.2.7",
            says =
                    "The transaction of a context leaves another one of the same connection"
                            + " alone.")
    void transactionsAreSeparate(Scene scene) throws JMSException {
        JMSContext first = scene.context(JMSContext.SESSION_TRANSACTED);
        JMSContext second = second(scene, first, JMSContext.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        second.createProducer().send(queue, "a");

        first.rollback();
        second.commit();

        Message received = scene.receive(scene.context().createConsumer(queue));
        Expect.equal("a", Scene.text(received), "what was received");
    }

    private static JMSContext second(Scene scene, JMSContext first, int mode) {
        return scene.closing(first.createContext(mode));
    }
}
