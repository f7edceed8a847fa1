// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.reliability;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.UnsupportedFacilityException;

/** Messages that fail again and again. */
final class DeadLetterChecks {
    /** More than any provider delivers a message by default before it gives up. */
    private static final int DELIVERIES_MAX = 20;

    /** How many deliveries are made before the message stops coming; 0 if it never does. */
    private static int deliveries(Scene scene, Session session, MessageConsumer consumer)
            throws JMSException {
        scene.receive(consumer);
        for (int count = 1; count <= DELIVERIES_MAX; count++) {
            session.rollback();
            // A provider may wait a while between deliveries.
            Message again = consumer.receive(Math.max(2_000, 4 * scene.quietMs()));
            if (again == null) {
                return count;
            }
            Expect.equal(count + 1, again.getIntProperty("JMSXDeliveryCount"), "its count");
        }
        return 0;
    }

    private static String deadLetterQueue(Scene scene, Queue queue) throws JMSException {
        String name =
                scene.setting("deadLetterQueue")
                        .orElseThrow(
                                () ->
                                        new UnsupportedFacilityException(
                                                "the setting deadLetterQueue does not say where"
                                                        + " dead letters go"));
        return name.replace("{name}", queue.getQueueName());
    }

    @Check(
            section = "8.7",
            says = "A message that is rolled back again and again stops coming, and others come.",
            strength = Strength.COMMON_PRACTICE)
    void givesUp(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "poison");
        Session session = scene.session(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = session.createConsumer(queue);

        int deliveries = deliveries(scene, session, consumer);

        Expect.that(deliveries > 0, "it still comes after " + DELIVERIES_MAX + " deliveries");
        scene.send(queue, "good");
        Expect.equal("good", Scene.text(scene.receive(consumer)), "the next message");
        session.commit();
    }

    @Check(
            section = "8.7",
            says = "A message that the provider gives up goes to the dead-letter queue, as it was.",
            strength = Strength.COMMON_PRACTICE)
    void keepsWhatItGivesUp(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        String deadLetters = deadLetterQueue(scene, queue);
        Session sender = scene.session();
        Message message = sender.createTextMessage("poison");
        message.setStringProperty("name", queue.getQueueName());
        sender.createProducer(queue).send(message);
        Session session = scene.session(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = session.createConsumer(queue);
        Expect.that(deliveries(scene, session, consumer) > 0, "it never stops coming");

        // Dead letters of other checks may be in the same queue.
        Session other = scene.session();
        MessageConsumer dead =
                other.createConsumer(
                        other.createQueue(deadLetters), "name = '" + queue.getQueueName() + "'");
        Message letter = scene.receive(dead);
        Expect.equal("poison", Scene.text(letter), "the dead letter");
        Expect.equal(message.getJMSMessageID(), letter.getJMSMessageID(), "its message id");
    }
}
