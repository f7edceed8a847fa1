// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.receiving;

import jakarta.jms.Connection;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Queue;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receiving through listeners. */
final class ListenerChecks {
    /** Adds each message's text to a list. */
    private static MessageListener collecting(List<String> texts) {
        return message -> {
            try {
                texts.add(Scene.text(message));
            } catch (JMSException e) {
                texts.add(e.toString());
            }
        };
    }

    @Check(section = "8.7", says = "A listener is given what comes, in order.")
    void givesWhatComes(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        List<String> texts = new CopyOnWriteArrayList<>();
        List<String> expected = new ArrayList<>();
        MessageConsumer consumer = scene.session().createConsumer(queue);
        consumer.setMessageListener(collecting(texts));
        for (int i = 0; i < 100; i++) {
            expected.add(Integer.toString(i));
        }

        scene.send(queue, expected.toArray(String[]::new));

        scene.await("100 messages come", () -> texts.size() == 100);
        Expect.equal(expected, texts, "received");
    }

    @Check(section = "8.7", says = "A listener is given what was there before it was set.")
    void givesWhatWasThere(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one", "two");
        List<String> texts = new CopyOnWriteArrayList<>();

        scene.session().createConsumer(queue).setMessageListener(collecting(texts));

        scene.await("two messages come", () -> texts.size() == 2);
        Expect.equal(List.of("one", "two"), texts, "received");
    }

    @Check(section = "8.7", says = "A listener of a topic is given what is published.")
    void listensToTopics(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        List<String> texts = new CopyOnWriteArrayList<>();
        scene.session().createConsumer(topic).setMessageListener(collecting(texts));

        scene.send(topic, "one", "two");

        scene.await("two messages come", () -> texts.size() == 2);
        Expect.equal(List.of("one", "two"), texts, "received");
    }

    @Check(section = "8.7", says = "A JMSConsumer's listener is given what comes.")
    void listensInTheSimplifiedApi(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        List<String> texts = new CopyOnWriteArrayList<>();
        JMSConsumer consumer = scene.context().createConsumer(queue);
        MessageListener listener = collecting(texts);
        consumer.setMessageListener(listener);

        scene.send(queue, "one", "two");

        scene.await("two messages come", () -> texts.size() == 2);
        Expect.that(consumer.getMessageListener() == listener, "getMessageListener");
    }

    @Check(
            section = "api:MessageConsumer.getMessageListener",
            says = "A consumer tells its listener, and null where there is none.")
    void tellsItsListener(Scene scene) throws JMSException {
        MessageConsumer consumer = scene.session().createConsumer(scene.queue());
        MessageListener listener = message -> {};

        Expect.isNull(consumer.getMessageListener(), "the listener of a new consumer");
        consumer.setMessageListener(listener);
        Expect.that(consumer.getMessageListener() == listener, "getMessageListener");
        consumer.setMessageListener(null);
        Expect.isNull(consumer.getMessageListener(), "the listener after it was unset");
    }

    @Check(
            section = "api:MessageConsumer.setMessageListener",
            says = "When the listener is unset, messages wait for a receive again.")
    void receivesAgainWithoutListener(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        List<String> texts = new CopyOnWriteArrayList<>();
        Connection connection = scene.started();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        consumer.setMessageListener(collecting(texts));
        scene.send(queue, "one");
        scene.await("a message comes", () -> texts.size() == 1);

        connection.stop();
        consumer.setMessageListener(null);
        connection.start();
        scene.send(queue, "two");

        Expect.equal("two", Scene.text(scene.receive(consumer)), "received");
        Expect.equal(List.of("one"), texts, "what the listener was given");
    }

    @Check(
            section = "8.4",
            says = "A listener set on a context of its own is called without start.")
    void startsWithTheListener(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        List<String> texts = new CopyOnWriteArrayList<>();
        context.createConsumer(queue).setMessageListener(collecting(texts));

        scene.send(queue, "one");

        scene.await("a message comes", () -> texts.size() == 1);
    }
}
