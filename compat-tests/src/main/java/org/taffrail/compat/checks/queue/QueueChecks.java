// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Queues with one consumer and with several. */
final class QueueChecks {
    @Check(section = "4.1.2", says = "Each message of a queue goes to one of its consumers.")
    void givesEachMessageToOneConsumer(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
        int count = 300;
        for (int i = 0; i < 3; i++) {
            scene.session()
                    .createConsumer(queue)
                    .setMessageListener(
                            message -> {
                                try {
                                    texts.add(Scene.text(message));
                                } catch (JMSException e) {
                                    texts.add(e.toString());
                                }
                            });
        }
        String[] sent = new String[count];
        for (int i = 0; i < count; i++) {
            sent[i] = Integer.toString(i);
        }

        scene.send(queue, sent);

        scene.await("all messages come", () -> texts.size() >= count);
        scene.never("more come", () -> texts.size() > count);
        Expect.equal(count, new HashSet<>(texts).size(), "different messages");
    }

    @Check(
            section = "4.1.8",
            says = "A queue keeps messages while nobody is there to receive them.")
    void keepsMessagesForLater(Scene scene) throws JMSException {
        Queue queue = scene.queue();

        scene.send(queue, "one", "two");

        MessageConsumer consumer = scene.session().createConsumer(queue);
        Expect.equal(List.of("one", "two"), scene.texts(consumer, 2), "received");
    }

    @Check(
            section = "4.1.2",
            says = "Consumers with different selectors each get what matches theirs.")
    void selectsForEachConsumer(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session();
        MessageConsumer red = session.createConsumer(queue, "colour = 'red'");
        MessageConsumer blue = session.createConsumer(queue, "colour = 'blue'");
        for (String colour : List.of("red", "blue", "green", "blue", "red")) {
            Message message = session.createTextMessage(colour);
            message.setStringProperty("colour", colour);
            session.createProducer(queue).send(message);
        }

        Expect.equal(List.of("red", "red"), scene.texts(red, 2), "the first consumer's");
        Expect.equal(List.of("blue", "blue"), scene.texts(blue, 2), "the second consumer's");
        scene.receivesNothing(red);
        scene.receivesNothing(blue);
        Expect.equal("green", Scene.text(scene.receive(session.createConsumer(queue))), "the rest");
    }
}
