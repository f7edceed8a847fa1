// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
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

/** The order in which a session receives. */
final class MessageOrderChecks {
    @Check(
            section = "6.2.9.1",
            says =
                    "What one producer sends to a queue is received in the order in which it"
                            + " was sent.")
    void queueKeepsOrder(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();

        sendNumbers(session, queue, 100);

        isInOrder(scene, session.createConsumer(queue), 100);
    }

    @Check(
            section = "6.2.9.1",
            says =
                    "What one producer publishes is received in the order in which it was"
                            + " published.")
    void topicKeepsOrder(Scene scene) throws JMSException {
        Session session = scene.session();
        Topic topic = scene.topic();
        MessageConsumer consumer = session.createConsumer(topic);

        sendNumbers(session, topic, 100);

        isInOrder(scene, consumer, 100);
    }

    @Check(
            section = "6.2.9.1",
            says =
                    "What one session sends to a queue through several producers is received"
                            + " in the order in which it was sent.")
    void producersOfOneSessionKeepOrder(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer first = session.createProducer(queue);
        MessageProducer second = session.createProducer(null);

        for (int i = 0; i < 20; i += 2) {
            first.send(session.createTextMessage("" + i));
            second.send(queue, session.createTextMessage("" + (i + 1)));
        }

        isInOrder(scene, session.createConsumer(queue), 20);
    }

    @Check(
            section = "6.2.9.2",
            says =
                    "Non-persistent messages of one producer keep their order among"
                            + " themselves.")
    void nonPersistentKeepOrder(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);

        for (int i = 0; i < 50; i++) {
            producer.send(session.createTextMessage("" + i));
        }

        isInOrder(scene, session.createConsumer(queue), 50);
    }

    @Check(
            section = "6.2.9.2",
            says = "Where both delivery modes are mixed, each keeps its own order.")
    void deliveryModesKeepTheirOrder(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        for (int i = 0; i < 30; i++) {
            producer.setDeliveryMode(
                    i % 2 == 0 ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT);
            producer.send(session.createTextMessage("" + i));
        }

        int[] last = {-2, -1};
        for (String text : scene.texts(session.createConsumer(queue), 30)) {
            int number = Integer.parseInt(text);
            Expect.equal(last[number % 2] + 2, number, "the next of its delivery mode");
            last[number % 2] = number;
        }
    }

    @Check(
            section = "6.2.9.2",
            says =
                    "Messages of one priority keep their order, though others are sent"
                            + " between them.")
    void eachPriorityKeepsItsOrder(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        for (int i = 0; i < 30; i++) {
            producer.setPriority(i % 3 == 0 ? 0 : i % 3 == 1 ? 4 : 9);
            producer.send(session.createTextMessage("" + i));
        }

        int[] last = {-3, -2, -1};
        for (String text : scene.texts(session.createConsumer(queue), 30)) {
            int number = Integer.parseInt(text);
            Expect.equal(last[number % 3] + 3, number, "the next of its priority");
            last[number % 3] = number;
        }
    }

    @Check(
            section = "4.1.2",
            says =
                    "Each of several consumers of a queue receives its messages in the order"
                            + " in which they were sent.")
    void eachConsumerKeepsOrder(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Queue queue = scene.queue();
        List<List<String>> heard = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<String> texts = new CopyOnWriteArrayList<>();
            heard.add(texts);
            connection
                    .createSession()
                    .createConsumer(queue)
                    .setMessageListener(message -> Texts.add(texts, message));
        }
        sendNumbers(scene.session(), queue, 90);

        connection.start();

        scene.await("all messages", () -> heard.stream().mapToInt(List::size).sum() == 90);
        for (List<String> texts : heard) {
            int last = -1;
            for (String text : texts) {
                Expect.that(Integer.parseInt(text) > last, text + " came after " + last);
                last = Integer.parseInt(text);
            }
        }
    }

    private static void sendNumbers(Session session, Destination destination, int count)
            throws JMSException {
        MessageProducer producer = session.createProducer(destination);
        for (int i = 0; i < count; i++) {
            producer.send(session.createTextMessage("" + i));
        }
    }

    private static void isInOrder(Scene scene, MessageConsumer consumer, int count)
            throws JMSException {
        List<String> texts = scene.texts(consumer, count);
        for (int i = 0; i < count; i++) {
            Expect.equal("" + i, texts.get(i), "message " + i);
        }
    }
}
