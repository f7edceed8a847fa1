// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.receiving;

import jakarta.jms.Connection;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

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

    @Check(section = "6.2.13", says = "A session calls its listeners one at a time.")
    void callsOneListenerAtATime(Scene scene) throws JMSException {
        Session session = scene.session();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        MessageListener listener =
                message -> {
                    if (inside.incrementAndGet() > 1) {
                        overlapped.set(true);
                    }
                    Thread.yield();
                    inside.decrementAndGet();
                    calls.incrementAndGet();
                };
        List<Queue> queues = List.of(scene.queue(), scene.queue(), scene.queue());
        for (Queue queue : queues) {
            session.createConsumer(queue).setMessageListener(listener);
        }

        String[] texts = new String[30];
        java.util.Arrays.fill(texts, "one");
        for (Queue queue : queues) {
            scene.send(queue, texts);
        }

        scene.await("90 messages come", () -> calls.get() == 90);
        Expect.that(!overlapped.get(), "two listeners of a session ran at the same time");
    }

    @Check(
            section = "6.2.13",
            says =
                    "Listeners of two sessions run at the same time, so that one does not wait for"
                            + " the other.")
    void runsSessionsSideBySide(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue first = scene.queue();
        Queue second = scene.queue();
        AtomicBoolean waiting = new AtomicBoolean();
        AtomicBoolean met = new AtomicBoolean();
        connection
                .createSession()
                .createConsumer(first)
                .setMessageListener(
                        message -> {
                            waiting.set(true);
                            long until = System.nanoTime() + scene.patienceMs() * 1_000_000;
                            while (!met.get() && System.nanoTime() < until) {
                                Thread.onSpinWait();
                                Thread.yield();
                            }
                        });
        connection
                .createSession()
                .createConsumer(second)
                .setMessageListener(message -> met.set(true));

        scene.send(first, "one");
        scene.await("the first listener runs", waiting::get);
        scene.send(second, "two");

        scene.await("the second listener runs beside it", met::get);
    }

    @Check(section = "6.2.5", says = "A listener uses its own session: to send, and to receive.")
    void usesItsSession(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue in = scene.queue();
        Queue out = scene.queue();
        MessageProducer producer = session.createProducer(out);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        session.createConsumer(in)
                .setMessageListener(
                        message -> {
                            try {
                                producer.send(session.createTextMessage("reply"));
                            } catch (JMSException e) {
                                failures.add(e);
                            }
                        });

        scene.send(in, "one");

        Expect.equal(
                "reply", Scene.text(scene.receive(scene.session().createConsumer(out))), "sent");
        Expect.that(failures.isEmpty(), "the listener failed: " + failures);
    }

    @Check(
            section = "8.7",
            says = "A listener of a transacted session commits what it has received and sent.")
    void commitsInAListener(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue in = scene.queue();
        Queue out = scene.queue();
        MessageProducer producer = session.createProducer(out);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        session.createConsumer(in)
                .setMessageListener(
                        message -> {
                            try {
                                producer.send(session.createTextMessage("reply"));
                                session.commit();
                            } catch (JMSException e) {
                                failures.add(e);
                            }
                        });

        scene.send(in, "one", "two");

        MessageConsumer replies = scene.session().createConsumer(out);
        Expect.equal(List.of("reply", "reply"), scene.texts(replies, 2), "sent");
        Expect.that(failures.isEmpty(), "the listener failed: " + failures);
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
