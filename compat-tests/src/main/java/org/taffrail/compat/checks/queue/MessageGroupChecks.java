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
import org.taffrail.compat.kit.Strength;

import java.util.HashSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Messages of one group, which stay together on their way to several consumers. */
final class MessageGroupChecks {
    @Check(
            section = "3.5.9",
            says = "Messages of one group (JMSXGroupID) go to one consumer while it is there.",
            strength = Strength.COMMON_PRACTICE)
    void keepsGroupsTogether(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        ConcurrentLinkedQueue<String> given = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 2; i++) {
            int number = i;
            scene.session()
                    .createConsumer(queue)
                    .setMessageListener(
                            message -> {
                                try {
                                    String group = message.getStringProperty("JMSXGroupID");
                                    given.add(group + " " + number);
                                } catch (JMSException e) {
                                    given.add(e.toString());
                                }
                            });
        }
        Session session = scene.session();
        try (var producer = session.createProducer(queue)) {
            for (int i = 0; i < 200; i++) {
                Message message = session.createTextMessage(Integer.toString(i));
                message.setStringProperty("JMSXGroupID", "group" + i % 3);
                producer.send(message);
            }
        }

        scene.await("all messages come", () -> given.size() == 200);
        HashSet<String> pairs = new HashSet<>(given);
        Expect.equal(3, pairs.size(), "pairs of group and consumer, " + pairs);
    }

    @Check(
            section = "3.5.9",
            says = "When a group's consumer is closed, the group goes to another consumer.",
            strength = Strength.COMMON_PRACTICE)
    void handsGroupsOver(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session();
        MessageConsumer first = session.createConsumer(queue);
        sendGrouped(session, queue, "one");
        Expect.equal("one", Scene.text(scene.receive(first)), "the first consumer's");
        MessageConsumer second = scene.session().createConsumer(queue);
        sendGrouped(session, queue, "two");
        Expect.equal("two", Scene.text(scene.receive(first)), "still the first consumer's");
        scene.receivesNothing(second);

        first.close();
        sendGrouped(session, queue, "three");

        Expect.equal("three", Scene.text(scene.receive(second)), "the second consumer's");
    }

    private static void sendGrouped(Session session, Queue queue, String text) throws JMSException {
        Message message = session.createTextMessage(text);
        message.setStringProperty("JMSXGroupID", "a group");
        try (var producer = session.createProducer(queue)) {
            producer.send(message);
        }
    }
}
