// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.context;

import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

/** What a context makes, and what it refuses for its mode. */
final class ContextChecks {
    @Check(
            section = "api:JMSContext.commit",
            says =
                    "commit of a context that is not transacted throws"
                            + " IllegalStateRuntimeException.")
    void commitNeedsTransaction(Scene scene) {
        JMSContext context = scene.context();

        Expect.refused(
                IllegalStateRuntimeException.class, "commit without transaction", context::commit);
    }

    @Check(
            section = "api:JMSContext.rollback",
            says =
                    "rollback of a context that is not transacted throws"
                            + " IllegalStateRuntimeException.")
    void rollbackNeedsTransaction(Scene scene) {
        JMSContext context = scene.context(JMSContext.CLIENT_ACKNOWLEDGE);

        Expect.refused(
                IllegalStateRuntimeException.class,
                "rollback without transaction",
                context::rollback);
    }

    @Check(
            section = "api:JMSContext.recover",
            says = "recover of a transacted context throws IllegalStateRuntimeException.")
    void recoverRefusesTransaction(Scene scene) {
        JMSContext context = scene.context(JMSContext.SESSION_TRANSACTED);

        Expect.refused(
                IllegalStateRuntimeException.class,
                "recover of a transacted context",
                context::recover);
    }

    @Check(
            section = "6.2.3",
            says = "A context makes queues and topics from a provider's names for them.")
    void makesDestinations(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        String name = scene.name();

        Expect.equal(name, context.createQueue(name).getQueueName(), "the queue's name");
        Expect.equal(name, context.createTopic(name).getTopicName(), "the topic's name");
    }

    @Check(
            section = "api:JMSContext.createMessage",
            says = "A context makes messages of each kind.")
    void makesMessages(Scene scene) throws JMSException {
        JMSContext context = scene.context();

        Expect.notNull(context.createMessage(), "createMessage");
        Expect.notNull(context.createBytesMessage(), "createBytesMessage");
        Expect.notNull(context.createMapMessage(), "createMapMessage");
        Expect.notNull(context.createStreamMessage(), "createStreamMessage");
        Expect.isNull(context.createObjectMessage().getObject(), "the object of a new message");
        Expect.equal("a", context.createObjectMessage("a").getObject(), "the object given");
        Expect.isNull(context.createTextMessage().getText(), "the text of a new message");
        Expect.equal("a", context.createTextMessage("a").getText(), "the text given");
    }

    @Check(
            section = "api:JMSContext.createMessage",
            says = "A message of one context may be sent through another.")
    void sendsMessageOfOtherContext(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Message message = scene.context().createTextMessage("a");

        scene.context().createProducer().send(queue, message);

        Message received = scene.receive(scene.context().createConsumer(queue));
        Expect.equal("a", Scene.text(received), "what was received");
    }

    @Check(
            section = "api:JMSContext.createConsumer",
            says =
                    "A consumer without a destination is refused with"
                            + " InvalidDestinationRuntimeException.")
    void consumerNeedsDestination(Scene scene) {
        JMSContext context = scene.context();

        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "createConsumer(null)",
                () -> context.createConsumer(null));
    }

    @Check(
            section = "api:JMSContext.createBrowser",
            says =
                    "A browser without a queue is refused with"
                            + " InvalidDestinationRuntimeException.")
    void browserNeedsQueue(Scene scene) {
        JMSContext context = scene.context();

        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "createBrowser(null)",
                () -> context.createBrowser(null));
    }

    @Check(
            section = "api:JMSContext.unsubscribe",
            says =
                    "A durable subscription that does not exist can't be removed:"
                            + " InvalidDestinationRuntimeException.")
    void unsubscribeNeedsSubscription(Scene scene) {
        JMSContext context = scene.context();
        context.setClientID(scene.name());

        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "unsubscribe of a name that does not exist",
                () -> context.unsubscribe(scene.name()));
    }

    @Check(
            section = "api:JMSContext.createDurableConsumer",
            says =
                    "An unshared durable subscription without a client id is refused with"
                            + " IllegalStateRuntimeException.")
    void unsharedDurableSubscriptionNeedsClientId(Scene scene) {
        JMSContext context = scene.context();
        Topic topic = scene.topic();

        Expect.refused(
                IllegalStateRuntimeException.class,
                "createDurableConsumer without a client id",
                () -> context.createDurableConsumer(topic, scene.name()));
    }

    @Check(
            section = "10.3",
            says =
                    "A destination that is no longer valid is refused with"
                            + " InvalidDestinationRuntimeException: a deleted temporary queue.")
    void refusesDeletedQueue(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        TemporaryQueue queue = context.createTemporaryQueue();
        queue.delete();

        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "a consumer of a deleted temporary queue",
                () -> context.createConsumer(queue));
    }

    @Check(
            section = "10.2",
            says =
                    "An unchecked exception of the provider describes the error in its"
                            + " message.")
    void describesTheError(Scene scene) {
        JMSContext context = scene.context();

        JMSRuntimeException thrown =
                Expect.refused(JMSRuntimeException.class, "commit", context::commit);

        String text = Expect.notNull(thrown.getMessage(), "getMessage");
        Expect.that(!text.isBlank(), "the message is empty");
    }

    @Check(
            section = "api:JMSContext.setClientID",
            says = "A context returns the client id that was set.")
    void returnsClientId(Scene scene) {
        JMSContext context = scene.context();
        String id = scene.name();

        context.setClientID(id);

        Expect.equal(id, context.getClientID(), "the client id");
    }

    @Check(
            section = "api:JMSContext.setClientID",
            says = "Setting a context's client id twice throws IllegalStateRuntimeException.",
            strength = Strength.SHOULD)
    void refusesSecondClientId(Scene scene) {
        JMSContext context = scene.context();
        context.setClientID(scene.name());

        refusesClientId(scene, context);
    }

    @Check(
            section = "api:JMSContext.setClientID",
            says =
                    "Setting a context's client id after its start throws"
                            + " IllegalStateRuntimeException.",
            strength = Strength.SHOULD)
    void refusesClientIdAfterStart(Scene scene) {
        JMSContext context = scene.context();
        context.start();

        refusesClientId(scene, context);
    }

    @Check(
            section = "api:JMSContext.setClientID",
            says =
                    "Setting a context's client id after a consumer was created throws"
                            + " IllegalStateRuntimeException.",
            strength = Strength.SHOULD)
    void refusesClientIdAfterConsumer(Scene scene) {
        JMSContext context = scene.context();
        context.createConsumer(scene.queue());

        refusesClientId(scene, context);
    }

    @Check(
            section = "api:JMSContext.setClientID",
            says =
                    "Setting the client id of a context after a second one was made of it"
                            + " throws IllegalStateRuntimeException.",
            strength = Strength.SHOULD)
    void refusesClientIdAfterSecondContext(Scene scene) {
        JMSContext context = scene.context();
        scene.closing(context.createContext(JMSContext.AUTO_ACKNOWLEDGE));

        refusesClientId(scene, context);
    }

    private static void refusesClientId(Scene scene, JMSContext context) {
        Expect.refused(
                IllegalStateRuntimeException.class,
                "setClientID when it is too late",
                () -> context.setClientID(scene.name()));
    }

    @Check(section = "6.1.2", says = "A context's client id is free again once it is closed.")
    void clientIdIsFreeAfterClose(Scene scene) {
        String id = scene.name();
        JMSContext first = scene.context();
        first.setClientID(id);
        first.close();
        JMSContext second = scene.context();

        second.setClientID(id);

        Expect.equal(id, second.getClientID(), "the client id");
    }

    @Check(
            section = "api:JMSContext.getExceptionListener",
            says = "A context returns the exception listener that was set, and null before.")
    void returnsExceptionListener(Scene scene) {
        JMSContext context = scene.context();
        Expect.isNull(context.getExceptionListener(), "the exception listener at first");
        ExceptionListener listener = failure -> {};

        context.setExceptionListener(listener);

        Expect.that(context.getExceptionListener() == listener, "it is another listener");
    }
}
