// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.ArrayList;
import java.util.List;

/** Which message comes first. */
final class PriorityChecks {
    private static void send(Session session, MessageProducer producer, int priority, String text)
            throws JMSException {
        producer.send(session.createTextMessage(text), DeliveryMode.PERSISTENT, priority, 0);
    }

    @Check(
            section = "3.4.10",
            says = "Of the messages that wait in a queue, those of higher priority come first.",
            strength = Strength.SHOULD)
    void deliversUrgentOnesFirst(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        send(session, producer, 0, "low");
        send(session, producer, 4, "normal");
        send(session, producer, 9, "high");

        Expect.equal(
                List.of("high", "normal", "low"),
                scene.texts(session.createConsumer(queue), 3),
                "received");
    }

    @Check(
            section = "3.4.10",
            says = "All ten priorities count.",
            strength = Strength.COMMON_PRACTICE)
    void tellsAllTenPrioritiesApart(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        List<String> expected = new ArrayList<>();
        for (int priority : new int[] {3, 9, 0, 5, 1, 8, 2, 7, 4, 6}) {
            send(session, producer, priority, Integer.toString(priority));
            expected.add(Integer.toString(9 - expected.size()));
        }

        Expect.equal(expected, scene.texts(session.createConsumer(queue), 10), "received");
    }

    @Check(
            section = "3.4.10",
            says =
                    "An urgent message overtakes others although a consumer is there that has received"
                            + " some of them.",
            strength = Strength.COMMON_PRACTICE)
    void overtakesWhatWasSentAhead(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        Session other = scene.session();
        MessageProducer producer = other.createProducer(queue);
        for (int i = 0; i < 20; i++) {
            send(other, producer, 4, "normal");
        }
        MessageConsumer consumer = session.createConsumer(queue);
        scene.receive(consumer);

        send(other, producer, 9, "urgent");

        // The provider may have handed one message on already; what matters is not being last.
        List<String> next = new ArrayList<>();
        scene.await(
                "the urgent message comes",
                () -> {
                    Message message = consumer.receive(scene.patienceMs());
                    next.add(Scene.text(message));
                    return next.contains("urgent") || next.size() >= 20;
                });
        Expect.that(
                next.indexOf("urgent") < 10,
                "the urgent message came after "
                        + next.indexOf("urgent")
                        + " that were sent before");
    }
}
