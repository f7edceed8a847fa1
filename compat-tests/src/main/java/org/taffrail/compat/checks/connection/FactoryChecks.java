// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** What connection factories and destinations are, and what a factory makes. */
final class FactoryChecks {
    @Check(
            section = "5.1",
            says =
                    "A connection factory is serializable, so that it can be stored in a"
                            + " namespace.",
            strength = Strength.SHOULD)
    void factoryIsSerializable(Scene scene) {
        Serialized.expect(scene.factory(), "the connection factory");
    }

    @Check(
            section = "5.1",
            says =
                    "A connection factory is Referenceable, and its reference gives a factory"
                            + " that connects.",
            strength = Strength.SHOULD)
    void factoryIsReferenceable(Scene scene) throws JMSException {
        ConnectionFactory copy =
                Serialized.viaReference(ConnectionFactory.class, scene.factory(), "the factory");

        scene.closing(copy.createConnection()).start();
    }

    @Check(
            section = "5.1",
            says =
                    "A queue is Referenceable, and its reference gives a queue of the same"
                            + " name.",
            strength = Strength.SHOULD)
    void queueIsReferenceable(Scene scene) throws JMSException {
        Queue queue = scene.queue();

        Queue copy = Serialized.viaReference(Queue.class, queue, "a queue");

        Expect.equal(queue.getQueueName(), copy.getQueueName(), "its name");
    }

    @Check(
            section = "5.1",
            says =
                    "A topic is Referenceable, and its reference gives a topic of the same"
                            + " name.",
            strength = Strength.SHOULD)
    void topicIsReferenceable(Scene scene) throws JMSException {
        Topic topic = scene.topic();

        Topic copy = Serialized.viaReference(Topic.class, topic, "a topic");

        Expect.equal(topic.getTopicName(), copy.getTopicName(), "its name");
    }

    @Check(section = "5.3", says = "A connection factory may be used by several threads at a time.")
    void factoryServesSeveralThreads(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        ConnectionFactory factory = scene.factory();
        List<Future<Object>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(
                    scene.elsewhere(
                            () -> {
                                for (int n = 0; n < 3; n++) {
                                    try (JMSContext context = factory.createContext()) {
                                        context.createProducer().send(queue, "text");
                                    }
                                }
                                return null;
                            }));
        }

        for (Future<Object> each : all) {
            scene.result("a thread with the shared factory", each);
        }

        scene.texts(scene.session().createConsumer(queue), 12);
    }

    @Check(
            section = "api:ConnectionFactory.createConnection",
            says = "Each call makes a connection of its own.")
    void makesSeparateConnections(Scene scene) throws JMSException {
        Connection first = scene.started();
        Connection second = scene.started();
        Queue queue = scene.queue();

        first.close();

        MessageConsumer consumer = second.createSession().createConsumer(queue);
        scene.send(queue, "a");
        Expect.equal(
                "a", Scene.text(scene.receive(consumer)), "what the other connection receives");
    }

    @Check(
            section = "api:ConnectionFactory.createContext",
            says = "A context without a session mode acknowledges automatically.")
    void contextAcknowledgesAutomatically(Scene scene) {
        JMSContext context = scene.closing(scene.factory().createContext());

        Expect.equal(JMSContext.AUTO_ACKNOWLEDGE, context.getSessionMode(), "the session mode");
        Expect.that(!context.getTransacted(), "the context is transacted");
    }

    @Check(
            section = "api:ConnectionFactory.createContext",
            says = "A context may be made with AUTO_ACKNOWLEDGE.")
    void makesAutoContext(Scene scene) {
        hasMode(scene, JMSContext.AUTO_ACKNOWLEDGE, false);
    }

    @Check(
            section = "api:ConnectionFactory.createContext",
            says = "A context may be made with CLIENT_ACKNOWLEDGE.")
    void makesClientContext(Scene scene) {
        hasMode(scene, JMSContext.CLIENT_ACKNOWLEDGE, false);
    }

    @Check(
            section = "api:ConnectionFactory.createContext",
            says = "A context may be made with DUPS_OK_ACKNOWLEDGE.")
    void makesDupsOkContext(Scene scene) {
        hasMode(scene, JMSContext.DUPS_OK_ACKNOWLEDGE, false);
    }

    @Check(
            section = "api:ConnectionFactory.createContext",
            says = "A context made with SESSION_TRANSACTED is transacted.")
    void makesTransactedContext(Scene scene) {
        hasMode(scene, JMSContext.SESSION_TRANSACTED, true);
    }

    private static void hasMode(Scene scene, int mode, boolean transacted) {
        JMSContext context = scene.closing(scene.factory().createContext(mode));

        Expect.equal(mode, context.getSessionMode(), "the session mode");
        Expect.equal(transacted, context.getTransacted(), "whether it is transacted");
    }

    @Check(
            section = "api:ConnectionFactory.createContext",
            says = "A session mode that does not exist is refused with a " + "JMSRuntimeException.",
            strength = Strength.COMMON_PRACTICE)
    void refusesUnknownContextMode(Scene scene) {
        Expect.refused(
                JMSRuntimeException.class,
                "createContext with session mode 99",
                () -> scene.closing(scene.factory().createContext(99)));
    }
}
