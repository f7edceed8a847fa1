// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.subscription;

import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.InvalidSelectorRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** What a context refuses of subscriptions. */
final class ContextSubscriptionChecks {
    private static JMSContext context(Scene scene) {
        JMSContext context = scene.context();
        context.setClientID(scene.name());
        return context;
    }

    @Check(
            section = "api:JMSContext.createDurableConsumer",
            says =
                    "A context's durable subscription needs a topic and a valid selector:"
                            + " InvalidDestinationRuntimeException and"
                            + " InvalidSelectorRuntimeException.")
    void durableOnesNeedTopicAndSelector(Scene scene) {
        JMSContext context = context(scene);
        Topic topic = scene.topic();
        String name = scene.name();

        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "no topic",
                () -> context.createDurableConsumer(null, name));
        Expect.refused(
                InvalidSelectorRuntimeException.class,
                "an invalid selector",
                () -> context.createDurableConsumer(topic, name, "a =", false));
    }

    @Check(
            section = "api:JMSContext.createSharedConsumer",
            says =
                    "A context's shared subscription needs a topic and a valid selector:"
                            + " InvalidDestinationRuntimeException and"
                            + " InvalidSelectorRuntimeException.")
    void sharedOnesNeedTopicAndSelector(Scene scene) {
        JMSContext context = scene.context();
        Topic topic = scene.topic();
        String name = scene.name();

        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "no topic",
                () -> context.createSharedConsumer(null, name));
        Expect.refused(
                InvalidSelectorRuntimeException.class,
                "an invalid selector",
                () -> context.createSharedConsumer(topic, name, "a ="));
    }

    @Check(
            section = "api:JMSContext.createSharedDurableConsumer",
            says =
                    "A context's shared durable subscription needs a topic and a valid selector:"
                            + " InvalidDestinationRuntimeException and"
                            + " InvalidSelectorRuntimeException.")
    void sharedDurableOnesNeedTopicAndSelector(Scene scene) {
        JMSContext context = scene.context();
        Topic topic = scene.topic();
        String name = scene.name();

        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "no topic",
                () -> context.createSharedDurableConsumer(null, name));
        Expect.refused(
                InvalidSelectorRuntimeException.class,
                "an invalid selector",
                () -> context.createSharedDurableConsumer(topic, name, "a ="));
    }

    @Check(
            section = "api:JMSContext.createSharedDurableConsumer",
            says =
                    "While a shared durable subscription is in use, a context can't use its name"
                            + " with another selector.")
    void refusesAnotherSelectorInUse(Scene scene) {
        JMSContext context = scene.context();
        Topic topic = scene.topic();
        String name = scene.name();
        try (JMSConsumer first = context.createSharedDurableConsumer(topic, name, "a = 1")) {
            Expect.refused(
                    JMSRuntimeException.class,
                    "another selector",
                    () -> context.createSharedDurableConsumer(topic, name, "a = 2"));
            Expect.equal("a = 1", first.getMessageSelector(), "the selector of the first");
        }
        context.unsubscribe(name);
    }

    @Check(
            section = "api:JMSContext.createDurableConsumer",
            says =
                    "Shared and unshared durable subscriptions of a context can't have one name:"
                            + " JMSRuntimeException.")
    void keepsSharedAndUnsharedApart(Scene scene) {
        JMSContext context = context(scene);
        Topic topic = scene.topic();
        String shared = scene.name();
        String unshared = scene.name();
        context.createSharedDurableConsumer(topic, shared).close();
        context.createDurableConsumer(topic, unshared).close();

        Expect.refused(
                JMSRuntimeException.class,
                "createDurableConsumer by the name of a shared one",
                () -> context.createDurableConsumer(topic, shared));
        Expect.refused(
                JMSRuntimeException.class,
                "createSharedDurableConsumer by the name of an unshared one",
                () -> context.createSharedDurableConsumer(topic, unshared));
        context.unsubscribe(shared);
        context.unsubscribe(unshared);
    }

    @Check(
            section = "api:JMSContext.unsubscribe",
            says = "A context can't unsubscribe from a durable subscription that has a consumer.")
    void refusesToUnsubscribeFromWhatIsInUse(Scene scene) {
        JMSContext context = context(scene);
        Topic topic = scene.topic();
        String name = scene.name();
        JMSConsumer subscriber = context.createDurableConsumer(topic, name);

        Expect.refused(JMSRuntimeException.class, "unsubscribe", () -> context.unsubscribe(name));

        subscriber.close();
        context.unsubscribe(name);
    }
}
