// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.context;

import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;

import org.taffrail.compat.checks.listening.HeldListener;
import org.taffrail.compat.checks.listening.Trial;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.concurrent.Future;

/** What {@link JMSContext#close} waits for, gives back and refuses. */
final class ContextCloseChecks {
    @Check(section = "api:JMSContext.close", says = "Closing a closed context does nothing.")
    void closesTwiceQuietly(Scene scene) {
        JMSContext context = scene.context();

        context.close();
        context.close();
    }

    @Check(
            section = "api:JMSContext.close",
            says = "Closing a context ends its blocked receive with null.")
    void wakesReceiverWithNull(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        JMSConsumer consumer = context.createConsumer(scene.queue());
        Future<Object> received = scene.elsewhere(consumer::receive);
        scene.never("a receive on an empty queue returns", received::isDone);

        context.close();

        Expect.isNull(scene.result("the receive", received), "what it returned");
    }

    @Check(
            section = "api:JMSContext.close",
            says = "Closing a context waits until its running message listener has returned.",
            strength = Strength.SHOULD)
    void waitsForListener(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        HeldListener listener = HeldListener.in(scene);
        context.createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();

        Future<Boolean> closed = closing(scene, context, listener);
        scene.never("close returns while a listener is running", closed::isDone);
        listener.letGo();

        Expect.that(scene.result("close", closed), "close returned before the listener had");
    }

    @Check(
            section = "api:JMSContext.close",
            says =
                    "A message listener that runs while its context is being closed may still"
                            + " send.")
    void listenerMaySendMeanwhile(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        JMSProducer producer = context.createProducer();
        HeldListener listener = HeldListener.in(scene, () -> producer.send(replies, "reply"));
        context.createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();

        Future<Boolean> closed = closing(scene, context, listener);
        scene.never("close returns while a listener is running", closed::isDone);
        listener.letGo();

        listener.awaitReturn("a send of a listener whose context is being closed");
        scene.result("close", closed);
        Message reply = scene.receive(scene.context().createConsumer(replies));
        Expect.equal("reply", Scene.text(reply), "what the listener sent");
    }

    @Check(
            section = "6.1.8",
            says =
                    "Closing a context in its own message listener throws"
                            + " IllegalStateRuntimeException, or closes it.")
    void mayBeRefusedInListener(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Trial trial = new Trial(scene, "close in its own listener", context::close);
        context.createConsumer(queue).setMessageListener(trial);
        scene.send(queue, "a");

        if (trial.passesOrIsRefused(IllegalStateRuntimeException.class)) {
            Expect.refused(
                    IllegalStateRuntimeException.class,
                    "createMessage after the close in a listener",
                    context::createMessage);
        }
        context.close();
        scene.receivesNothing(scene.context().createConsumer(queue));
    }

    @Check(
            section = "6.1.8",
            says = "A message listener may close another context of its connection.")
    void siblingMayBeClosedInListener(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        JMSContext sibling = scene.closing(context.createContext(JMSContext.AUTO_ACKNOWLEDGE));
        Queue queue = scene.queue();
        Trial trial = new Trial(scene, "close of another context in a listener", sibling::close);
        context.createConsumer(queue).setMessageListener(trial);
        scene.send(queue, "a");

        trial.passes();
    }

    @Check(
            section = "8.8",
            says = "A consumer of a context may be closed in its own message listener.")
    void consumerMayBeClosedInListener(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        JMSConsumer consumer = context.createConsumer(queue);
        Trial trial = new Trial(scene, "close of a consumer in its listener", consumer::close);
        consumer.setMessageListener(trial);
        scene.send(queue, "a");

        trial.passes();
    }

    @Check(
            section = "8.8",
            says =
                    "The message whose listener closes its consumer is acknowledged in a context's"
                            + " AUTO_ACKNOWLEDGE mode.")
    void listenersMessageIsAcknowledged(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        JMSConsumer consumer = context.createConsumer(queue);
        Trial trial = new Trial(scene, "close of a consumer in its listener", consumer::close);
        consumer.setMessageListener(trial);
        scene.send(queue, "a");
        trial.passes();

        context.close();

        scene.receivesNothing(scene.context().createConsumer(queue));
    }

    private static Future<Boolean> closing(Scene scene, JMSContext context, HeldListener listener) {
        return scene.elsewhere(
                () -> {
                    context.close();
                    return listener.hasReturned();
                });
    }

    @Check(
            section = "api:JMSContext.close",
            says = "Closing a transacted context discards what it has sent and not " + "committed.")
    void discardsUncommittedSends(Scene scene) {
        JMSContext context = scene.context(JMSContext.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        context.createProducer().send(queue, "a");

        context.close();

        scene.receivesNothing(scene.context().createConsumer(queue));
    }

    @Check(
            section = "api:JMSContext.close",
            says =
                    "Closing a transacted context gives back what it has received, marked as"
                            + " redelivered.")
    void givesUncommittedReceivesBack(Scene scene) throws JMSException {
        comesAgain(scene, JMSContext.SESSION_TRANSACTED);
    }

    @Check(
            section = "api:JMSContext.close",
            says =
                    "Closing a context in CLIENT_ACKNOWLEDGE mode acknowledges nothing: it"
                            + " comes again, marked as redelivered.")
    void givesUnacknowledgedBack(Scene scene) throws JMSException {
        comesAgain(scene, JMSContext.CLIENT_ACKNOWLEDGE);
    }

    private static void comesAgain(Scene scene, int mode) throws JMSException {
        JMSContext context = scene.context(mode);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        scene.receive(context.createConsumer(queue));

        context.close();

        Message message = scene.receive(scene.context().createConsumer(queue));
        Expect.equal("a", Scene.text(message), "what comes again");
        Expect.that(message.getJMSRedelivered(), "it is not marked as redelivered");
        Expect.equal(2, message.getIntProperty("JMSXDeliveryCount"), "its delivery count");
    }

    @Check(
            section = "6.1.8",
            says =
                    "What a closed context's consumer has never received goes to others, in"
                            + " order.")
    void givesUnseenBack(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c");
        scene.receive(context.createConsumer(queue));

        context.close();

        JMSConsumer other = scene.context().createConsumer(queue);
        Expect.equal("b", Scene.text(scene.receive(other)), "what comes first");
        Expect.equal("c", Scene.text(scene.receive(other)), "what comes then");
    }

    @Check(
            section = "api:JMSContext.close",
            says = "Closing the only context of a connection deletes its temporary queues.")
    void deletesTemporaryQueues(Scene scene) {
        JMSContext context = scene.context();
        TemporaryQueue queue = context.createTemporaryQueue();
        JMSContext other = scene.context();
        other.createProducer().send(queue, "a");

        context.close();

        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "a send to a temporary queue whose connection is closed",
                () -> other.createProducer().send(queue, "b"));
    }

    @Check(
            section = "api:JMSContext.close",
            says =
                    "A message received from a closed context throws IllegalStateException,"
                            + " or its runtime form, from acknowledge.")
    void messageIsNotAcknowledged(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        Message message = scene.receive(context.createConsumer(queue));

        context.close();

        try {
            message.acknowledge();
        } catch (IllegalStateException | IllegalStateRuntimeException expected) {
            return;
        }
        throw new AssertionError("acknowledge passed after the close of the context");
    }

    @Check(
            section = "6.1.8",
            says =
                    "A message that was received before its context was closed can still be"
                            + " read.")
    void receivedMessageStaysReadable(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        scene.send(queue, "a");
        Message message = scene.receive(context.createConsumer(queue));

        context.close();

        Expect.equal("a", Scene.text(message), "its text");
    }
}
