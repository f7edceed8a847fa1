// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;
import java.util.Map;

/** Producers of the classic API and their synchronous sends. */
final class ProducerChecks {
    @Check(section = "7.1", says = "A producer of a destination sends to that destination.")
    void sendsToItsDestination(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();

        session.createProducer(queue).send(session.createTextMessage("one"));

        Expect.equal("one", textIn(scene, session, queue), "the message in the queue");
    }

    @Check(
            section = "7.1",
            says = "A producer made without a destination sends where each send says.")
    void sendsWhereEachSendSays(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue first = scene.queue();
        Queue second = scene.queue();
        MessageProducer producer = session.createProducer(null);

        producer.send(first, session.createTextMessage("one"));
        producer.send(second, session.createTextMessage("two"), DeliveryMode.NON_PERSISTENT, 5, 0);

        Expect.equal("one", textIn(scene, session, first), "the message in the first queue");
        Expect.equal("two", textIn(scene, session, second), "the message in the second queue");
    }

    private static String textIn(Scene scene, Session session, Queue queue) throws JMSException {
        return Scene.text(scene.receive(session.createConsumer(queue)));
    }

    @Check(
            section = "api:MessageProducer.send",
            says =
                    "A send without a destination is refused with UnsupportedOperationException by a"
                            + " producer that was made without one.")
    void refusesToSendNowhere(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(null);
        Message message = session.createMessage();

        Expect.refused(UnsupportedOperationException.class, "send", () -> producer.send(message));
        Expect.refused(
                UnsupportedOperationException.class,
                "send with options",
                () -> producer.send(message, DeliveryMode.PERSISTENT, 4, 0));
    }

    @Check(
            section = "api:MessageProducer.send",
            says =
                    "A send to a destination is refused with UnsupportedOperationException by a producer"
                            + " that was made with one.")
    void refusesToSendElsewhere(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        Message message = session.createMessage();

        Expect.refused(
                UnsupportedOperationException.class,
                "send to a destination",
                () -> producer.send(queue, message));
        Expect.refused(
                UnsupportedOperationException.class,
                "send to a destination with options",
                () -> producer.send(queue, message, DeliveryMode.PERSISTENT, 4, 0));
    }

    @Check(
            section = "api:MessageProducer.send",
            says = "Sending no message at all is refused with MessageFormatException.")
    void refusesNoMessage(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        MessageProducer unidentified = session.createProducer(null);

        Expect.refused(
                MessageFormatException.class, "send(null)", () -> producer.send((Message) null));
        Expect.refused(
                MessageFormatException.class,
                "send(null, ...)",
                () -> producer.send(null, DeliveryMode.PERSISTENT, 4, 0));
        Expect.refused(
                MessageFormatException.class,
                "send(destination, null)",
                () -> unidentified.send(queue, (Message) null));
    }

    @Check(
            section = "api:MessageProducer.send",
            says = "Sending to no destination (null) is refused with InvalidDestinationException.")
    void refusesNullDestination(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(null);
        Message message = session.createMessage();

        Expect.refused(
                InvalidDestinationException.class,
                "send(null, message)",
                () -> producer.send((Destination) null, message));
        Expect.refused(
                InvalidDestinationException.class,
                "send(null, message, ...)",
                () -> producer.send(null, message, DeliveryMode.PERSISTENT, 4, 0));
    }

    @Check(
            section = "api:Session.createProducer",
            says =
                    "A producer of a destination that is of no provider's is refused with"
                            + " InvalidDestinationException.")
    void refusesAStrangersDestination(Scene scene) throws JMSException {
        Session session = scene.session();

        Expect.refused(
                InvalidDestinationException.class,
                "createProducer of an unknown kind of destination",
                () -> session.createProducer(new Destination() {}));
    }

    @Check(
            section = "api:MessageProducer.getDestination",
            says = "A producer tells the destination it was made with, and none if there is none.")
    void tellsItsDestination(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();

        Expect.equal(queue, session.createProducer(queue).getDestination(), "the destination");
        Expect.isNull(
                session.createProducer(null).getDestination(), "the destination of one without");
    }

    @Check(
            section = "api:MessageProducer",
            says =
                    "A new producer sends persistent messages of priority 4 that live for ever and are"
                            + " delivered at once, with ids and timestamps.")
    void hasTheDefaultsOfTheSpecification(Scene scene) throws JMSException {
        MessageProducer producer = scene.session().createProducer(scene.queue());

        Expect.equal(DeliveryMode.PERSISTENT, producer.getDeliveryMode(), "the delivery mode");
        Expect.equal(4, producer.getPriority(), "the priority");
        Expect.equal(0L, producer.getTimeToLive(), "the time to live");
        Expect.equal(0L, producer.getDeliveryDelay(), "the delivery delay");
        Expect.equal(false, producer.getDisableMessageID(), "whether ids are disabled");
        Expect.equal(
                false, producer.getDisableMessageTimestamp(), "whether timestamps are disabled");
    }

    @Check(section = "7.4", says = "What is set on a producer can be read back from it.")
    void keepsItsOptions(Scene scene) throws JMSException {
        MessageProducer producer = scene.session().createProducer(scene.queue());

        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.setPriority(7);
        producer.setTimeToLive(12_345);
        producer.setDeliveryDelay(678);
        producer.setDisableMessageID(true);
        producer.setDisableMessageTimestamp(true);

        Expect.equal(DeliveryMode.NON_PERSISTENT, producer.getDeliveryMode(), "the delivery mode");
        Expect.equal(7, producer.getPriority(), "the priority");
        Expect.equal(12_345L, producer.getTimeToLive(), "the time to live");
        Expect.equal(678L, producer.getDeliveryDelay(), "the delivery delay");
        Expect.equal(true, producer.getDisableMessageID(), "whether ids are disabled");
        Expect.equal(
                true, producer.getDisableMessageTimestamp(), "whether timestamps are disabled");
    }

    @Check(
            section = "7.4",
            says =
                    "Delivery mode, priority and time to live given with a send override the producer's.")
    void prefersTheOptionsOfASend(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        producer.setPriority(1);
        producer.setTimeToLive(0);

        Message message = session.createMessage();
        producer.send(message, DeliveryMode.NON_PERSISTENT, 9, 600_000);

        Message received = scene.receive(session.createConsumer(queue));
        for (Message each : List.of(message, received)) {
            Expect.equal(
                    DeliveryMode.NON_PERSISTENT, each.getJMSDeliveryMode(), "the delivery mode");
            Expect.equal(9, each.getJMSPriority(), "the priority");
            Expect.that(each.getJMSExpiration() > 0, "the message has no expiration");
        }
        Expect.equal(1, producer.getPriority(), "the producer's own priority");
    }

    @Check(
            section = "api:MessageProducer.setPriority",
            says = "A priority outside 0 to 9 is refused with a JMSException.",
            strength = Strength.COMMON_PRACTICE)
    void refusesImpossiblePriorities(Scene scene) throws JMSException {
        MessageProducer producer = scene.session().createProducer(scene.queue());

        for (int priority : List.of(-1, 10, Integer.MAX_VALUE)) {
            Expect.refused(
                    JMSException.class,
                    "setPriority(" + priority + ")",
                    () -> producer.setPriority(priority));
        }
    }

    @Check(
            section = "api:MessageProducer.setDeliveryMode",
            says = "A delivery mode other than the two is refused with a JMSException.",
            strength = Strength.COMMON_PRACTICE)
    void refusesImpossibleDeliveryModes(Scene scene) throws JMSException {
        MessageProducer producer = scene.session().createProducer(scene.queue());

        for (int mode : List.of(-1, 0, 3)) {
            Expect.refused(
                    JMSException.class,
                    "setDeliveryMode(" + mode + ")",
                    () -> producer.setDeliveryMode(mode));
        }
    }

    @Check(
            section = "api:MessageProducer.close",
            says = "A closed producer refuses to send, and closing it again does nothing.",
            strength = Strength.COMMON_PRACTICE)
    void isOfNoUseWhenClosed(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(scene.queue());
        Message message = session.createMessage();

        producer.close();
        producer.close();

        Expect.refused(
                IllegalStateException.class,
                "send of a closed producer",
                () -> producer.send(message));
    }

    @Check(
            section = "7.2",
            says = "When a send returns, the message is there for a consumer that comes later.")
    void hasSentWhenTheCallReturns(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session sender = scene.session();

        sender.createProducer(queue).send(sender.createTextMessage("sent"));

        Session receiver = scene.session();
        Expect.equal("sent", textIn(scene, receiver, queue), "the message");
    }

    @Check(
            section = "api:MessageProducer.close",
            says = "A closed producer refuses to tell or take its options, and its destination.",
            strength = Strength.COMMON_PRACTICE)
    void answersNothingWhenClosed(Scene scene) throws JMSException {
        MessageProducer producer = scene.session().createProducer(scene.queue());
        Map<String, Expect.Action> calls =
                Map.of(
                        "getDestination", producer::getDestination,
                        "getDeliveryMode", producer::getDeliveryMode,
                        "setDeliveryMode", () -> producer.setDeliveryMode(DeliveryMode.PERSISTENT),
                        "getPriority", producer::getPriority,
                        "setPriority", () -> producer.setPriority(4),
                        "getTimeToLive", producer::getTimeToLive,
                        "setTimeToLive", () -> producer.setTimeToLive(0),
                        "getDeliveryDelay", producer::getDeliveryDelay,
                        "setDisableMessageID", () -> producer.setDisableMessageID(false));

        producer.close();

        for (Map.Entry<String, Expect.Action> call : calls.entrySet()) {
            Expect.refused(IllegalStateException.class, call.getKey(), call.getValue());
        }
    }
}
