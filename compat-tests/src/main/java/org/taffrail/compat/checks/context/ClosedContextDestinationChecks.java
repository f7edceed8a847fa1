// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.context;

import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** What the methods of a closed context answer that make consumers, browsers and destinations. */
final class ClosedContextDestinationChecks {
    /** What a call may need. */
    private record Destinations(Queue queue, Topic topic) {}

    /** A call of a context. */
    private interface Call {
        void on(JMSContext context, Destinations destinations) throws JMSException;
    }

    private static void refused(Scene scene, int mode, String method, Call call) {
        JMSContext context = scene.context(mode);
        Destinations destinations = new Destinations(scene.queue(), scene.topic());

        context.close();

        Expect.refused(
                IllegalStateRuntimeException.class,
                method + " of a closed context",
                () -> call.on(context, destinations));
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from " + "createConsumer.")
    void createConsumer(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createConsumer",
                (context, destinations) -> context.createConsumer(destinations.queue()));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from createConsumer"
                            + " with a selector.")
    void createConsumerWithSelector(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createConsumer with a selector",
                (context, destinations) -> context.createConsumer(destinations.queue(), "a = 1"));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from createConsumer"
                            + " with noLocal.")
    void createConsumerWithNoLocal(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createConsumer with noLocal",
                (context, destinations) ->
                        context.createConsumer(destinations.topic(), null, true));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createDurableConsumer.")
    void createDurableConsumer(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createDurableConsumer",
                (context, destinations) ->
                        context.createDurableConsumer(destinations.topic(), "name"));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createDurableConsumer with a selector.")
    void createDurableConsumerWithSelector(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createDurableConsumer with a selector",
                (context, destinations) ->
                        context.createDurableConsumer(
                                destinations.topic(), "name", "a = 1", false));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createSharedConsumer.")
    void createSharedConsumer(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createSharedConsumer",
                (context, destinations) ->
                        context.createSharedConsumer(destinations.topic(), "name"));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createSharedConsumer with a selector.")
    void createSharedConsumerWithSelector(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createSharedConsumer with a selector",
                (context, destinations) ->
                        context.createSharedConsumer(destinations.topic(), "name", "a = 1"));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createSharedDurableConsumer.")
    void createSharedDurableConsumer(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createSharedDurableConsumer",
                (context, destinations) ->
                        context.createSharedDurableConsumer(destinations.topic(), "name"));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createSharedDurableConsumer with a selector.")
    void createSharedDurableConsumerWithSelector(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createSharedDurableConsumer with a selector",
                (context, destinations) ->
                        context.createSharedDurableConsumer(destinations.topic(), "name", "a = 1"));
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from createBrowser.")
    void createBrowser(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createBrowser",
                (context, destinations) -> context.createBrowser(destinations.queue()));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from createBrowser"
                            + " with a selector.")
    void createBrowserWithSelector(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createBrowser with a selector",
                (context, destinations) -> context.createBrowser(destinations.queue(), "a = 1"));
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from createQueue.")
    void createQueue(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createQueue",
                (context, destinations) -> context.createQueue("name"));
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from createTopic.")
    void createTopic(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createTopic",
                (context, destinations) -> context.createTopic("name"));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createTemporaryQueue.")
    void createTemporaryQueue(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createTemporaryQueue",
                (context, destinations) -> context.createTemporaryQueue());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createTemporaryTopic.")
    void createTemporaryTopic(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createTemporaryTopic",
                (context, destinations) -> context.createTemporaryTopic());
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from unsubscribe.")
    void unsubscribe(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "unsubscribe",
                (context, destinations) -> context.unsubscribe("name"));
    }
}
