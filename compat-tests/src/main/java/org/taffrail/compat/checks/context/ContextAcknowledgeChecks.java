// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.context;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;

import org.taffrail.compat.checks.listening.Trial;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a context acknowledges, recovers, commits and rolls back. */
final class ContextAcknowledgeChecks {
    @Check(
            section = "api:JMSContext.acknowledge",
            says = "acknowledge of a context acknowledges all that it has received.")
    void coversAll(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c");
        JMSConsumer consumer = context.createConsumer(queue);
        scene.receive(consumer);
        scene.receive(consumer);

        context.acknowledge();

        isLeft(scene, context, queue, List.of("c"));
    }

    @Check(
            section = "api:JMSContext.acknowledge",
            says = "acknowledge of a message does the same as that of its context.")
    void messageCoversAll(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c");
        JMSConsumer consumer = context.createConsumer(queue);
        Message first = scene.receive(consumer);
        scene.receive(consumer);

        first.acknowledge();

        isLeft(scene, context, queue, List.of("c"));
    }

    @Check(
            section = "api:JMSContext.acknowledge",
            says = "acknowledge covers what receiveBody has returned.")
    void coversBodies(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        JMSConsumer consumer = context.createConsumer(queue);
        Expect.equal("a", consumer.receiveBody(String.class, scene.patienceMs()), "the body");

        context.acknowledge();

        isLeft(scene, context, queue, List.of());
    }

    @Check(
            section = "api:JMSContext.acknowledge",
            says = "acknowledge covers what several consumers of the context have received.")
    void coversAllConsumers(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.CLIENT_ACKNOWLEDGE);
        Queue first = scene.queue();
        Queue second = scene.queue();
        scene.send(first, "a");
        scene.send(second, "b");
        scene.receive(context.createConsumer(first));
        scene.receive(context.createConsumer(second));

        context.acknowledge();

        isLeft(scene, context, first, List.of());
        isLeft(scene, context, second, List.of());
    }

    @Check(
            section = "api:JMSContext.acknowledge",
            says = "acknowledge of a context that has received nothing does nothing.")
    void nothingToAcknowledge(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a");

        context.acknowledge();

        isLeft(scene, context, queue, List.of("a"));
    }

    @Check(
            section = "api:JMSContext.acknowledge",
            says = "acknowledge has no effect in AUTO_ACKNOWLEDGE mode.")
    void ignoredInAutoMode(Scene scene) throws JMSException {
        ignored(scene, JMSContext.AUTO_ACKNOWLEDGE);
    }

    @Check(
            section = "api:JMSContext.acknowledge",
            says = "acknowledge has no effect in DUPS_OK_ACKNOWLEDGE mode.")
    void ignoredInDupsOkMode(Scene scene) throws JMSException {
        ignored(scene, JMSContext.DUPS_OK_ACKNOWLEDGE);
    }

    private static void ignored(Scene scene, int mode) throws JMSException {
        JMSContext context = scene.context(mode);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b");
        JMSConsumer consumer = context.createConsumer(queue);
        scene.receive(consumer);

        context.acknowledge();

        Expect.equal("b", Scene.text(scene.receive(consumer)), "what came next");
    }

    @Check(
            section = "api:JMSContext.acknowledge",
            says =
                    "acknowledge has no effect in a transacted context: rollback brings the"
                            + " message back.")
    void ignoredInTransaction(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        JMSConsumer consumer = context.createConsumer(queue);
        scene.receive(consumer);

        context.acknowledge();
        context.rollback();

        Expect.equal("a", Scene.text(scene.receive(consumer)), "what comes again");
        context.commit();
    }

    @Check(
            section = "6.2.10",
            says = "What a context has received in AUTO_ACKNOWLEDGE mode is acknowledged.")
    void receivedIsAcknowledged(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        scene.send(queue, "a", "b");
        scene.receive(context.createConsumer(queue));

        isLeft(scene, context, queue, List.of("b"));
    }

    @Check(
            section = "6.2.10",
            says =
                    "recover of a context brings back all that was not acknowledged, marked and"
                            + " counted.")
    void recovers(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b");
        JMSConsumer consumer = context.createConsumer(queue);
        scene.receive(consumer);
        scene.receive(consumer);

        context.recover();

        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            Message message = scene.receive(consumer);
            texts.add(Scene.text(message));
            Expect.that(message.getJMSRedelivered(), "it is not marked as redelivered");
            Expect.equal(2, message.getIntProperty("JMSXDeliveryCount"), "its delivery count");
        }
        Expect.equal(Set.of("a", "b"), texts, "what comes again");
    }

    @Check(
            section = "6.2.10",
            says = "recover of a context does not bring back what was acknowledged.")
    void leavesTheAcknowledged(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b");
        JMSConsumer consumer = context.createConsumer(queue);
        scene.receive(consumer);
        context.acknowledge();
        scene.receive(consumer);

        context.recover();

        Expect.equal("b", Scene.text(scene.receive(consumer)), "what comes again");
        scene.receivesNothing(consumer);
    }

    @Check(
            section = "6.2.7",
            says =
                    "commit of a context delivers what it sent and acknowledges what it"
                            + " received.")
    void commits(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        scene.send(queue, "a");
        scene.receive(context.createConsumer(queue));
        context.createProducer().send(replies, "reply");

        context.commit();

        isLeft(scene, context, queue, List.of());
        Message reply = scene.receive(scene.context().createConsumer(replies));
        Expect.equal("reply", Scene.text(reply), "what was sent");
    }

    @Check(
            section = "6.2.7",
            says =
                    "rollback of a context discards what it sent and brings back what it"
                            + " received, marked as redelivered.")
    void rollsBack(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        scene.send(queue, "a");
        JMSConsumer consumer = context.createConsumer(queue);
        scene.receive(consumer);
        context.createProducer().send(replies, "reply");

        context.rollback();

        Message message = scene.receive(consumer);
        Expect.equal("a", Scene.text(message), "what comes again");
        Expect.that(message.getJMSRedelivered(), "it is not marked as redelivered");
        context.commit();
        scene.receivesNothing(scene.context().createConsumer(replies));
    }

    @Check(section = "6.2.7", says = "A message listener may commit its context.")
    void listenerCommits(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        Trial trial = new Trial(scene, "commit in a listener", context::commit);
        context.createConsumer(queue).setMessageListener(trial);
        scene.send(queue, "a");

        trial.passes();

        isLeft(scene, context, queue, List.of());
    }

    private static void isLeft(Scene scene, JMSContext context, Queue queue, List<String> texts)
            throws JMSException {
        context.close();
        JMSConsumer next = scene.context().createConsumer(queue);
        for (String text : texts) {
            Expect.equal(text, Scene.text(scene.receive(next)), "what is left");
        }
        scene.receivesNothing(next);
    }
}
