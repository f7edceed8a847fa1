// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The header fields that the send method sets: destination, delivery mode, id and priority. */
final class SentHeaderChecks {
    private static final int MANY = 200;

    @Check(
            section = "3.4.1",
            says = "After a send, JMSDestination is the queue that the producer was made for.")
    void holdsTheProducersQueue(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        Message received = trip.of(message);

        Destinations.same(trip.queue(), message.getJMSDestination(), "JMSDestination after send");
        Destinations.same(trip.queue(), received.getJMSDestination(), "received JMSDestination");
    }

    @Check(
            section = "3.4.1",
            says = "JMSDestination is a topic where the message was sent to a topic.")
    void holdsTheTopic(Scene scene) throws JMSException {
        Session session = scene.session();
        Topic topic = scene.topic();
        MessageConsumer consumer = session.createConsumer(topic);
        Message message = session.createMessage();

        session.createProducer(topic).send(message);

        Destinations.same(topic, message.getJMSDestination(), "JMSDestination after send");
        Destinations.same(
                topic, scene.receive(consumer).getJMSDestination(), "received JMSDestination");
    }

    @Check(
            section = "3.4.1",
            says = "After a send to a named destination, JMSDestination is that one.")
    void holdsTheSendsDestination(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(null);
        Message message = session.createMessage();

        for (Destination each : List.of(scene.queue(), scene.queue(), scene.topic())) {
            producer.send(each, message);
            Destinations.same(each, message.getJMSDestination(), "JMSDestination after send");
        }
    }

    @Check(section = "3.4.1", says = "JMSDestination tells a temporary queue that was sent to.")
    void holdsATemporaryQueue(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = session.createTemporaryQueue();
        MessageConsumer consumer = session.createConsumer(queue);
        Message message = session.createMessage();

        session.createProducer(queue).send(message);

        Destinations.same(queue, message.getJMSDestination(), "JMSDestination after send");
        Destinations.same(
                queue, scene.receive(consumer).getJMSDestination(), "received JMSDestination");
    }

    @Check(section = "3.4.2", says = "JMSDeliveryMode is PERSISTENT where nothing else was said.")
    void isPersistentByDefault(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        hasDeliveryMode(DeliveryMode.PERSISTENT, trip, trip.session().createMessage());
    }

    @Check(section = "3.4.2", says = "JMSDeliveryMode is the one that the producer was set to.")
    void holdsTheProducersDeliveryMode(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        for (int mode : new int[] {DeliveryMode.NON_PERSISTENT, DeliveryMode.PERSISTENT}) {
            trip.producer().setDeliveryMode(mode);
            hasDeliveryMode(mode, trip, trip.session().createMessage());
        }
    }

    private static void hasDeliveryMode(int mode, RoundTrip trip, Message message)
            throws JMSException {
        Message received = trip.of(message);

        Expect.equal(mode, message.getJMSDeliveryMode(), "JMSDeliveryMode after send");
        Expect.equal(mode, received.getJMSDeliveryMode(), "received JMSDeliveryMode");
    }

    @Check(section = "3.4.10", says = "JMSPriority is 4 where nothing else was said.")
    void hasPriority4ByDefault(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        Message received = trip.of(message);

        Expect.equal(4, message.getJMSPriority(), "JMSPriority after send");
        Expect.equal(4, received.getJMSPriority(), "received JMSPriority");
    }

    @Check(
            section = "3.4.10",
            says = "JMSPriority is the one that the producer was set to, from 0 to 9.")
    void holdsTheProducersPriority(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        for (int priority = 0; priority <= 9; priority++) {
            Message message = trip.session().createMessage();
            trip.producer().setPriority(priority);
            Message received = trip.of(message);
            Expect.equal(priority, message.getJMSPriority(), "JMSPriority after send");
            Expect.equal(priority, received.getJMSPriority(), "received JMSPriority");
        }
    }

    @Check(
            section = "3.4.3",
            says = "After a send, JMSMessageID begins with \"ID:\", and is received as it is.")
    void assignsAMessageId(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        Message received = trip.of(message);

        isId(message.getJMSMessageID());
        Expect.equal(
                message.getJMSMessageID(), received.getJMSMessageID(), "received JMSMessageID");
    }

    private static void isId(String id) {
        Expect.notNull(id, "JMSMessageID after send");
        Expect.that(id.startsWith("ID:"), "JMSMessageID does not begin with ID: but is " + id);
    }

    @Check(
            section = "3.4.3",
            says = "No two messages have one JMSMessageID, whichever connection sends them.")
    void assignsUniqueMessageIds(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Set<String> ids = new HashSet<>();

        for (int i = 0; i < 2; i++) {
            Session session = scene.session();
            MessageProducer producer = session.createProducer(queue);
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            for (int j = 0; j < MANY; j++) {
                Message message = session.createMessage();
                producer.send(message);
                String id = message.getJMSMessageID();
                isId(id);
                Expect.that(ids.add(id), "JMSMessageID was used before: " + id);
            }
        }
    }

    @Check(
            section = "3.4.3",
            says = "A message object that is sent again gets another JMSMessageID.")
    void assignsAnotherIdWhenSentAgain(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        trip.of(message);
        String first = message.getJMSMessageID();
        Message second = trip.of(message);

        Expect.that(!first.equals(message.getJMSMessageID()), "both sends gave the id " + first);
        Expect.equal(message.getJMSMessageID(), second.getJMSMessageID(), "received JMSMessageID");
    }

    @Check(
            section = "3.4.3",
            says =
                    "Where message ids are disabled, JMSMessageID is null if the provider takes the"
                            + " hint and a usual id if not.")
    void takesOrIgnoresTheHintAgainstIds(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        trip.producer().setDisableMessageID(true);

        Message received = trip.of(message);

        if (message.getJMSMessageID() != null) {
            isId(message.getJMSMessageID());
        }
        Expect.equal(
                message.getJMSMessageID(), received.getJMSMessageID(), "received JMSMessageID");
    }

    @Check(
            section = "3.4.11",
            says = "A JMSProducer's send sets the same header fields as a MessageProducer's.")
    void isSetByTheSimplifiedApi(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Message message = context.createMessage();

        context.createProducer()
                .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                .setPriority(8)
                .setTimeToLive(60_000)
                .send(queue, message);

        Destinations.same(queue, message.getJMSDestination(), "JMSDestination");
        Expect.equal(DeliveryMode.NON_PERSISTENT, message.getJMSDeliveryMode(), "JMSDeliveryMode");
        Expect.equal(8, message.getJMSPriority(), "JMSPriority");
        isId(message.getJMSMessageID());
        Expect.equal(
                message.getJMSTimestamp() + 60_000, message.getJMSExpiration(), "JMSExpiration");
    }
}
