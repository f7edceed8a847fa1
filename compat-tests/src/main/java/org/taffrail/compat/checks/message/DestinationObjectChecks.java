// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;

/** Destinations as objects: names, equality, storage in JNDI; temporary ones and their end. */
final class DestinationObjectChecks {
    private static final int THREADS = 4;

    @Check(
            section = "api:Queue.getQueueName",
            says = "A queue that is created again by its queue name is the same queue.")
    void namesQueues(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();

        Queue again = session.createQueue(queue.getQueueName());
        scene.send(queue, "it");

        Expect.equal(queue.getQueueName(), again.getQueueName(), "the name");
        Expect.equal(List.of("it"), scene.texts(session.createConsumer(again), 1), "what came");
    }

    @Check(
            section = "api:Topic.getTopicName",
            says = "A topic that is created again by its topic name is the same topic.")
    void namesTopics(Scene scene) throws JMSException {
        Session session = scene.session();
        Topic topic = scene.topic();

        Topic again = session.createTopic(topic.getTopicName());
        MessageConsumer consumer = session.createConsumer(again);
        scene.send(topic, "it");

        Expect.equal(topic.getTopicName(), again.getTopicName(), "the name");
        Expect.equal(List.of("it"), scene.texts(consumer, 1), "what came");
    }

    @Check(
            section = "api:Queue.toString",
            says = "The text of a queue or a topic tells which it is: others have other texts.")
    void tellsWhichItIs(Scene scene) throws JMSException {
        Set<String> texts = new HashSet<>();
        for (Destination each :
                List.of(scene.queue(), scene.queue(), scene.topic(), scene.topic())) {
            texts.add(Expect.notNull(each.toString(), "toString()"));
        }

        Expect.equal(4, texts.size(), "how many texts four destinations have");
    }

    @Check(
            section = "api:Destination",
            says = "Destinations of one kind and name are equal, with equal hash codes.",
            strength = Strength.COMMON_PRACTICE)
    void equalsByKindAndName(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        Topic topic = scene.topic();

        equalTo(queue, session.createQueue(queue.getQueueName()));
        equalTo(topic, session.createTopic(topic.getTopicName()));
        Expect.that(!queue.equals(scene.queue()), "queues with different names are equal");
        Expect.that(!topic.equals(scene.topic()), "topics with different names are equal");
    }

    private static void equalTo(Destination one, Destination two) {
        Expect.equal(one, two, "the destination");
        Expect.equal(one.hashCode(), two.hashCode(), "its hash code");
    }

    @Check(
            section = "api:Destination",
            says = "A queue and a topic of one name are not equal, and are two destinations.",
            strength = Strength.COMMON_PRACTICE)
    void tellsKindsApart(Scene scene) throws JMSException {
        Session session = scene.session();
        String name = scene.name();
        Queue queue = session.createQueue(name);
        Topic topic = session.createTopic(name);
        MessageConsumer ofQueue = session.createConsumer(queue);
        MessageConsumer ofTopic = session.createConsumer(topic);

        session.createProducer(topic).send(session.createTextMessage("for the topic"));

        Expect.that(!queue.equals(topic), "a queue equals a topic");
        Expect.equal(List.of("for the topic"), scene.texts(ofTopic, 1), "what the topic got");
        scene.receivesNothing(ofQueue);
    }

    @Check(
            section = "api:Destination",
            says = "Queues and topics are serializable, and name the same once read again.",
            strength = Strength.SHOULD)
    void isSerializable(Scene scene) throws JMSException, IOException, ClassNotFoundException {
        for (Destination each : List.of(scene.queue(), scene.topic())) {
            Expect.type(Serializable.class, each, "the destination");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
                output.writeObject(each);
            }
            try (ObjectInputStream input =
                    new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                Destinations.same(each, (Destination) input.readObject(), "the destination read");
            }
        }
    }

    @Check(
            section = "api:Destination",
            says = "A destination that was serialized and read can be sent to.",
            strength = Strength.SHOULD)
    void isUsableOnceRead(Scene scene) throws JMSException, IOException, ClassNotFoundException {
        Session session = scene.session();
        Queue queue = scene.queue();
        Expect.type(Serializable.class, queue, "the queue");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(queue);
        }
        Queue read;
        try (ObjectInputStream input =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (Queue) input.readObject();
        }

        session.createProducer(read).send(session.createTextMessage("it"));

        Expect.equal(List.of("it"), scene.texts(session.createConsumer(queue), 1), "what came");
    }

    @Check(
            section = "api:Destination",
            says = "Several connections and threads can use one destination object at once.")
    void supportsConcurrentUse(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        List<Future<Boolean>> senders = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String text = "from " + i;
            senders.add(
                    scene.elsewhere(
                            () -> {
                                scene.send(queue, text, text);
                                return true;
                            }));
        }
        for (Future<Boolean> sender : senders) {
            scene.result("the send", sender);
        }

        Set<String> texts =
                new HashSet<>(scene.texts(scene.session().createConsumer(queue), 2 * THREADS));
        Expect.equal(THREADS, texts.size(), "how many senders' texts came");
    }
}
