// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.Destination;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.Queue;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Asynchronous sends of the simplified API. */
final class AsyncJmsProducerChecks {
    @Check(
            section = "7.3",
            says =
                    "A JMSProducer with a completion listener sends asynchronously, whatever is sent.")
    void completesEachKindOfSend(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Sent sent = Sent.remembering();
        JMSProducer producer = context.createProducer().setAsync(sent);

        producer.send(queue, context.createMessage());
        producer.send(queue, "text");
        producer.send(queue, new byte[] {1});
        producer.send(queue, Map.of("key", "value"));
        producer.send(queue, (java.io.Serializable) Integer.valueOf(5));

        sent.awaitCompleted(scene, 5);
        Expect.that(
                !sent.threads().contains(Thread.currentThread()),
                "a completion listener was called by the thread that sent");
    }

    @Check(
            section = "api:JMSProducer.setAsync",
            says =
                    "A JMSProducer tells its completion listener, and sends synchronously without one.")
    void tellsWhetherItIsAsynchronous(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Sent sent = Sent.remembering();
        JMSProducer producer = context.createProducer();

        Expect.isNull(producer.getAsync(), "the listener of a new producer");
        producer.setAsync(sent);
        Expect.that(producer.getAsync() == sent, "getAsync returns another listener");
        producer.setAsync(null);
        producer.send(queue, "one");

        Expect.isNull(producer.getAsync(), "the listener after setAsync(null)");
        scene.never("the completion listener is called", sent::wasCalled);
    }

    @Check(
            section = "7.3.8",
            says = "Completion listeners are called in the order of a context's sends.")
    void callsInTheOrderOfTheSends(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Sent sent = Sent.remembering();
        List<String> expected = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            expected.add(Integer.toString(i));
            context.createProducer().setAsync(sent).send(queue, Integer.toString(i));
        }

        sent.awaitCompleted(scene, 100);
        Expect.equal(expected, sent.texts(), "completed");
    }

    @Check(
            section = "7.3.2",
            says = "An asynchronous send that throws does not call the completion listener.")
    void throwsOrCallsButNotBoth(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Sent sent = Sent.remembering();
        JMSProducer producer = context.createProducer().setAsync(sent);

        Expect.refused(
                MessageFormatRuntimeException.class,
                "send of no message",
                () -> producer.send(queue, (Message) null));
        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "send to no destination",
                () -> producer.send((Destination) null, "text"));

        scene.never("the completion listener is called", sent::wasCalled);
    }

    private static void waits(Scene scene, int mode, String what, Consumer<JMSContext> ending)
            throws JMSException {
        JMSContext context = scene.context(mode);
        Sent sent = Sent.heldUp();
        context.createProducer().setAsync(sent).send(scene.queue(), "one");
        sent.awaitEntered(scene);

        Future<Integer> ended =
                scene.elsewhere(
                        () -> {
                            ending.accept(context);
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

    @Check(section = "7.3.4", says = "Closing a context waits for its completion listeners.")
    void closeWaits(Scene scene) throws JMSException {
        waits(scene, JMSContext.AUTO_ACKNOWLEDGE, "close()", JMSContext::close);
    }

    @Check(section = "7.3.4", says = "A context's commit waits for its completion listeners.")
    void commitWaits(Scene scene) throws JMSException {
        waits(scene, JMSContext.SESSION_TRANSACTED, "commit()", JMSContext::commit);
    }

    @Check(section = "7.3.4", says = "A context's rollback waits for its completion listeners.")
    void rollbackWaits(Scene scene) throws JMSException {
        waits(scene, JMSContext.SESSION_TRANSACTED, "rollback()", JMSContext::rollback);
    }

    private static void refused(Scene scene, int mode, String what, Consumer<JMSContext> ending)
            throws JMSException {
        JMSContext context = scene.context(mode);
        Sent sent = Sent.doing(() -> ending.accept(context));

        context.createProducer().setAsync(sent).send(scene.queue(), "one");

        Expect.type(
                IllegalStateRuntimeException.class,
                sent.awaitThrown(scene, what + " in a completion listener"),
                what + " in a completion listener");
    }

    @Check(
            section = "7.3.4",
            says =
                    "A completion listener that closes its context gets IllegalStateRuntimeException.")
    void isNotClosedByItsListener(Scene scene) throws JMSException {
        refused(scene, JMSContext.AUTO_ACKNOWLEDGE, "close()", JMSContext::close);
    }

    @Check(
            section = "7.3.4",
            says =
                    "A completion listener that commits its context gets IllegalStateRuntimeException.")
    void isNotCommittedByItsListener(Scene scene) throws JMSException {
        refused(scene, JMSContext.SESSION_TRANSACTED, "commit()", JMSContext::commit);
    }

    @Check(
            section = "7.3.4",
            says =
                    "A completion listener that rolls its context back gets"
                            + " IllegalStateRuntimeException.")
    void isNotRolledBackByItsListener(Scene scene) throws JMSException {
        refused(scene, JMSContext.SESSION_TRANSACTED, "rollback()", JMSContext::rollback);
    }
}
