// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.context;

import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Topic;

import org.taffrail.compat.checks.listening.HeldListener;
import org.taffrail.compat.checks.listening.Trial;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;

/** When the connection of a context delivers. */
final class ContextStartChecks {
    @Check(section = "6.1.4", says = "A context starts by itself when a consumer is created.")
    void consumerStartsIt(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "a");

        JMSConsumer consumer = scene.context().createConsumer(queue);

        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "6.1.4",
            says = "A context starts by itself when a consumer of a topic is created.")
    void topicConsumerStartsIt(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        JMSConsumer consumer = scene.context().createConsumer(topic);

        scene.send(topic, "a");

        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(section = "8.4", says = "A context starts by itself when a durable consumer is created.")
    void durableConsumerStartsIt(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        JMSContext context = scene.context();
        context.setClientID(scene.name());
        JMSConsumer consumer = context.createDurableConsumer(topic, name);

        scene.send(topic, "a");

        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
        consumer.close();
        context.unsubscribe(name);
    }

    @Check(
            section = "api:JMSContext.createSharedConsumer",
            says = "A context starts by itself when a shared consumer is created.")
    void sharedConsumerStartsIt(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        JMSConsumer consumer = scene.context().createSharedConsumer(topic, scene.name());

        scene.send(topic, "a");

        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "api:JMSContext.createSharedDurableConsumer",
            says = "A context starts by itself when a shared durable consumer is created.")
    void sharedDurableConsumerStartsIt(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String name = scene.name();
        JMSContext context = scene.context();
        JMSConsumer consumer = context.createSharedDurableConsumer(topic, name);

        scene.send(topic, "a");

        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
        consumer.close();
        context.unsubscribe(name);
    }

    @Check(
            section = "api:JMSContext.getAutoStart",
            says = "A context starts by itself unless it is told otherwise.")
    void autoStartIsDefault(Scene scene) {
        Expect.that(scene.context().getAutoStart(), "autoStart is off");
    }

    @Check(
            section = "api:JMSContext.setAutoStart",
            says = "A context tells what setAutoStart was given.")
    void autoStartIsReturned(Scene scene) {
        JMSContext context = scene.context();

        context.setAutoStart(false);

        Expect.that(!context.getAutoStart(), "autoStart is on");
    }

    @Check(
            section = "6.1.4",
            says = "A context with autoStart off delivers nothing before start is called.")
    void waitsForStart(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        context.setAutoStart(false);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        JMSConsumer consumer = context.createConsumer(queue);

        scene.receivesNothing(consumer);

        context.start();
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what came after the start");
    }

    @Check(
            section = "api:JMSContext.setAutoStart",
            says = "Turning autoStart off does not stop a context that has started.")
    void autoStartOffStopsNothing(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        JMSConsumer consumer = context.createConsumer(queue);

        context.setAutoStart(false);

        scene.send(queue, "a");
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "api:JMSContext.setAutoStart",
            says = "Turning autoStart on does not start a context that has consumers.")
    void autoStartOnStartsNothing(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        context.setAutoStart(false);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        JMSConsumer consumer = context.createConsumer(queue);

        context.setAutoStart(true);

        scene.receivesNothing(consumer);
    }

    @Check(section = "6.1.4", says = "A context sends before it has started.")
    void sendsBefore(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        context.setAutoStart(false);
        Queue queue = scene.queue();

        context.createProducer().send(queue, "a");

        Message received = scene.receive(scene.context().createConsumer(queue));
        Expect.equal("a", Scene.text(received), "what was received");
    }

    @Check(
            section = "6.1.5",
            says = "A stopped context delivers nothing until it is started again.")
    void stops(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        JMSConsumer consumer = context.createConsumer(queue);
        scene.send(queue, "a");
        scene.receive(consumer);

        context.stop();
        scene.send(queue, "b");

        scene.receivesNothing(consumer);
        context.start();
        Expect.equal("b", Scene.text(scene.receive(consumer)), "what came after the restart");
    }

    @Check(
            section = "6.1.5",
            says = "Starting a started context and stopping a stopped one do nothing.")
    void startsAndStopsTwice(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        JMSConsumer consumer = context.createConsumer(queue);

        context.stop();
        context.stop();
        context.start();
        context.start();

        scene.send(queue, "a");
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "6.1.5",
            says = "stop of a context waits until its running message listener has returned.")
    void stopWaitsForListener(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        HeldListener listener = HeldListener.in(scene);
        context.createConsumer(queue).setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();

        Future<Boolean> stopped =
                scene.elsewhere(
                        () -> {
                            context.stop();
                            return listener.hasReturned();
                        });
        scene.never("stop returns while a listener is running", stopped::isDone);
        listener.letGo();

        Expect.that(scene.result("stop", stopped), "stop returned before the listener had");
    }

    @Check(
            section = "6.1.5",
            says =
                    "Stopping a context in its own message listener throws"
                            + " IllegalStateRuntimeException, or stops it.")
    void stopMayBeRefusedInListener(Scene scene) throws JMSException {
        JMSContext context = scene.context();

        stopsOrIsRefused(scene, context, context);
    }

    @Check(
            section = "6.1.5",
            says =
                    "Stopping a context in a message listener of another one with the same"
                            + " connection throws IllegalStateRuntimeException, or stops both.")
    void stopMayBeRefusedInSiblingsListener(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        JMSContext sibling = scene.closing(context.createContext(JMSContext.AUTO_ACKNOWLEDGE));

        stopsOrIsRefused(scene, context, sibling);
    }

    private static void stopsOrIsRefused(Scene scene, JMSContext stopped, JMSContext listening)
            throws JMSException {
        Queue queue = scene.queue();
        List<Message> heard = new CopyOnWriteArrayList<>();
        Trial trial = new Trial(scene, "stop in a listener", stopped::stop);
        listening
                .createConsumer(queue)
                .setMessageListener(
                        message -> {
                            trial.onMessage(message);
                            heard.add(message);
                        });
        scene.send(queue, "a");

        boolean passed = trial.passesOrIsRefused(IllegalStateRuntimeException.class);

        scene.await("the return of the listener", () -> heard.size() == 1);
        scene.send(queue, "b");
        if (passed) {
            scene.never("a message is delivered after the stop", () -> heard.size() > 1);
            listening.start();
        }
        scene.await("the next message", () -> heard.size() == 2);
    }

    @Check(
            section = "6.2.6",
            says = "A second message listener may be set though the context has started.")
    void takesSecondListener(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue first = scene.queue();
        Queue second = scene.queue();
        List<Message> heard = new CopyOnWriteArrayList<>();
        context.createConsumer(first).setMessageListener(heard::add);

        context.createConsumer(second).setMessageListener(heard::add);

        scene.send(first, "a");
        scene.send(second, "b");
        scene.await("both messages", () -> heard.size() == 2);
    }

    @Check(section = "6.2.13", says = "A context calls its message listeners one after the other.")
    void callsListenersSerially(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue first = scene.queue();
        Queue second = scene.queue();
        HeldListener held = HeldListener.in(scene);
        context.createConsumer(first).setMessageListener(held);
        context.createConsumer(second).setMessageListener(held);
        scene.send(first, "a");
        held.awaitCall();
        scene.send(second, "b");

        scene.never("the other listener is called meanwhile", () -> held.calls() > 1);

        held.letGo();
        scene.await("the call of the other listener", () -> held.calls() == 2);
    }
}
