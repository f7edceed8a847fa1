// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.reliability;

import jakarta.jms.BytesMessage;
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

import java.util.Arrays;
import java.util.Random;

/** Small and large messages, many properties, names and texts of any script. */
final class SizeChecks {
    private static void roundTrip(Scene scene, int bytes) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        byte[] body = new byte[bytes];
        new Random(bytes).nextBytes(body);
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(body);
        message.setStringProperty("name", "value");

        session.createProducer(queue).send(message);

        Message received = scene.receive(session.createConsumer(queue));
        Expect.equal(
                (long) bytes,
                Expect.type(BytesMessage.class, received, "the message").getBodyLength(),
                "the body's length");
        Expect.that(
                bytes == 0 || Arrays.equals(body, received.getBody(byte[].class)),
                "the body is another one");
        Expect.equal("value", received.getStringProperty("name"), "the property");
    }

    @Check(section = "3.11.4", says = "A body of no bytes arrives as such.")
    void carriesNothing(Scene scene) throws JMSException {
        roundTrip(scene, 0);
    }

    @Check(
            section = "3.11.4",
            says = "Bodies of 1 byte to 256 KiB, on either side of round numbers, arrive as sent.")
    void carriesUsualSizes(Scene scene) throws JMSException {
        for (int bytes : new int[] {1, 4_095, 4_097, 65_535, 65_537, 262_144}) {
            roundTrip(scene, bytes);
        }
    }

    @Check(
            section = "3.11.4",
            says = "A body of 1 MiB and one of 4 MiB arrive as sent.",
            strength = Strength.COMMON_PRACTICE)
    void carriesMegabytes(Scene scene) throws JMSException {
        roundTrip(scene, 1 << 20);
        roundTrip(scene, 4 << 20);
    }

    @Check(
            section = "3.11.4",
            says = "A body of 16 MiB arrives as sent.",
            strength = Strength.COMMON_PRACTICE)
    void carriesMuch(Scene scene) throws JMSException {
        roundTrip(scene, 16 << 20);
    }

    @Check(
            section = "3.11",
            says = "A large message is rolled back and comes again, whole.",
            strength = Strength.COMMON_PRACTICE)
    void rollsLargeMessagesBack(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        byte[] body = new byte[3 << 20];
        new Random(1).nextBytes(body);
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(body);
        MessageProducer producer = session.createProducer(queue);
        producer.send(message);
        session.rollback();
        producer.send(message);
        session.commit();
        MessageConsumer consumer = session.createConsumer(queue);
        scene.receive(consumer);

        session.rollback();

        Message again = scene.receive(consumer);
        Expect.that(Arrays.equals(body, again.getBody(byte[].class)), "the body is another one");
        Expect.equal(true, again.getJMSRedelivered(), "the redelivered flag");
        session.commit();
        scene.receivesNothing(consumer);
    }

    @Check(
            section = "4.1.4",
            says = "A queue's name may be of any script.",
            strength = Strength.COMMON_PRACTICE)
    void hasQueuesOfAnyScript(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = session.createQueue(scene.name() + ".\u03bf\u03c5\u03c1\u03ac.\u961f\u5217");

        scene.send(queue, "one");

        Expect.equal("one", Scene.text(scene.receive(session.createConsumer(queue))), "received");
    }
}
