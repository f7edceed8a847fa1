// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Elements;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

/** What a message says of earlier deliveries: JMSRedelivered and JMSXDeliveryCount. */
final class RedeliveryMarkChecks {
    private static final String COUNT = "JMSXDeliveryCount";

    private static void isFirst(Message message) throws JMSException {
        Expect.equal(false, message.getJMSRedelivered(), "JMSRedelivered of the first delivery");
        Expect.equal(1, message.getIntProperty(COUNT), COUNT + " of the first delivery");
    }

    /** The count need not be exact, but it never says that there was no delivery before. */
    private static void isAgain(Message message) throws JMSException {
        Expect.equal(true, message.getJMSRedelivered(), "JMSRedelivered of a later delivery");
        int count = message.getIntProperty(COUNT);
        Expect.that(count >= 2, COUNT + " of a later delivery is " + count);
    }

    @Check(
            section = "3.5.11",
            says = "JMSXDeliveryCount is 1 and JMSRedelivered false on the first delivery.")
    void countsTheFirstDelivery(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        isFirst(trip.of(trip.session().createMessage()));
    }

    @Check(
            section = "3.5.11",
            says = "JMSXDeliveryCount is 1 on the first delivery to a topic's subscriber.")
    void countsTheFirstDeliveryOfATopic(Scene scene) throws JMSException {
        Session session = scene.session();
        Topic topic = scene.topic();
        MessageConsumer consumer = session.createConsumer(topic);

        session.createProducer(topic).send(session.createMessage());

        isFirst(scene.receive(consumer));
    }

    @Check(
            section = "3.5.11",
            says = "After a rollback JMSRedelivered is set and JMSXDeliveryCount is 2 or more.")
    void countsRollbacks(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        scene.send(queue, "again");
        MessageConsumer consumer = session.createConsumer(queue);

        isFirst(scene.receive(consumer));
        session.rollback();
        isAgain(scene.receive(consumer));
        session.rollback();
        isAgain(scene.receive(consumer));
    }

    @Check(
            section = "3.5.11",
            says = "After recover() JMSRedelivered is set and JMSXDeliveryCount is 2 or more.")
    void countsRecoveries(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "again");
        MessageConsumer consumer = session.createConsumer(queue);

        isFirst(scene.receive(consumer));
        session.recover();
        isAgain(scene.receive(consumer));
        session.recover();
        isAgain(scene.receive(consumer));
    }

    @Check(
            section = "3.5.11",
            says = "While nothing fails, JMSXDeliveryCount is exact, delivery after delivery.",
            strength = Strength.COMMON_PRACTICE)
    void countsExactly(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        scene.send(queue, "again");
        MessageConsumer consumer = session.createConsumer(queue);

        for (int delivery = 1; delivery <= 5; delivery++) {
            Expect.equal(delivery, scene.receive(consumer).getIntProperty(COUNT), COUNT);
            session.rollback();
        }
    }

    @Check(
            section = "3.5.11",
            says = "While nothing fails, JMSXDeliveryCount is exact, recover() after recover().",
            strength = Strength.COMMON_PRACTICE)
    void countsRecoveriesExactly(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "again");
        MessageConsumer consumer = session.createConsumer(queue);

        for (int delivery = 1; delivery <= 5; delivery++) {
            Expect.equal(delivery, scene.receive(consumer).getIntProperty(COUNT), COUNT);
            session.recover();
        }
    }

    @Check(
            section = "3.4.7",
            says = "A message that no consumer has received is not marked as redelivered.",
            strength = Strength.COMMON_PRACTICE)
    void doesNotMarkTheUnseen(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "first", "second");
        Connection connection = scene.started();
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Message first = scene.receive(session.createConsumer(queue));
        first.acknowledge();

        connection.close();

        Message second = scene.receive(scene.session().createConsumer(queue));
        Expect.equal("second", Scene.text(second), "what is left");
        isFirst(second);
    }

    @Check(
            section = "3.5.11",
            says = "A JMSXDeliveryCount that the client has set is refused or not received.")
    void ignoresACountOfTheClient(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        try {
            message.setIntProperty(COUNT, 7);
        } catch (JMSException | JMSRuntimeException | IllegalArgumentException e) {
            Expect.equal(false, message.propertyExists(COUNT), "propertyExists once refused");
        }

        isFirst(trip.of(message));
    }

    @Check(section = "3.5.9", says = "JMSXDeliveryCount is an int.")
    void countsInAnInt(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        Message received = trip.of(trip.session().createMessage());

        Expect.type(Integer.class, received.getObjectProperty(COUNT), COUNT);
        Expect.equal(1L, received.getLongProperty(COUNT), COUNT + " as a long");
        Expect.equal("1", received.getStringProperty(COUNT), COUNT + " as a String");
    }

    @Check(
            section = "3.5.9",
            says = "A received message tells that it has the property JMSXDeliveryCount.")
    void hasACount(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        Message received = trip.of(trip.session().createMessage());

        Expect.equal(true, received.propertyExists(COUNT), "propertyExists(" + COUNT + ")");
    }

    @Check(
            section = "3.5.6",
            says = "getPropertyNames of a received message includes JMSXDeliveryCount.",
            strength = Strength.COMMON_PRACTICE)
    void listsTheCount(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        Message received = trip.of(trip.session().createMessage());

        Expect.that(
                Elements.of(received.getPropertyNames()).contains(COUNT),
                "getPropertyNames lacks " + COUNT);
    }

    @Check(
            section = "3.5.9",
            says = "The sender's message has no JMSXDeliveryCount after the send.")
    void hidesTheCountFromTheSender(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        trip.of(message);

        Expect.equal(false, message.propertyExists(COUNT), "propertyExists(" + COUNT + ")");
    }

    @Check(
            section = "3.5.11",
            says = "A received message that is sent on begins with a JMSXDeliveryCount of 1.")
    void countsAForwardedMessageAnew(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        Queue next = scene.queue();
        scene.send(queue, "on");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.receive(consumer);
        session.rollback();
        Message second = scene.receive(consumer);
        isAgain(second);

        session.createProducer(next).send(second);
        session.commit();

        isFirst(scene.receive(session.createConsumer(next)));
    }

    @Check(
            section = "3.10",
            says =
                    "A message that its consumer has changed is redelivered with the original body,"
                            + " properties and header.")
    void redeliversTheOriginal(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage message = trip.session().createTextMessage("original");
        message.setStringProperty("p", "original");
        message.setJMSType("original");
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        trip.session().createProducer(queue).send(message);
        MessageConsumer consumer = session.createConsumer(queue);

        TextMessage first = (TextMessage) scene.receive(consumer);
        first.clearBody();
        first.setText("changed");
        first.clearProperties();
        first.setStringProperty("p", "changed");
        first.setJMSType("changed");
        session.recover();

        TextMessage second = (TextMessage) scene.receive(consumer);
        Expect.equal("original", second.getText(), "the body");
        Expect.equal("original", second.getStringProperty("p"), "the property");
        Expect.equal("original", second.getJMSType(), "JMSType");
        Expect.equal(true, second.getJMSRedelivered(), "JMSRedelivered");
    }
}
