// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;

import java.util.List;

/** The setters of header fields that are not for clients: what they set does not survive a send. */
final class OverwrittenHeaderChecks {
    private static final long LONG_AGO_MS = 1_000_000;

    @Check(section = "3.4.11", says = "A send overwrites a JMSDestination that the client has set.")
    void overwritesDestination(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Queue other = scene.queue();
        Message message = trip.session().createMessage();
        message.setJMSDestination(other);

        Message received = trip.of(message);

        Destinations.same(trip.queue(), message.getJMSDestination(), "JMSDestination after send");
        Destinations.same(trip.queue(), received.getJMSDestination(), "received JMSDestination");
    }

    @Check(
            section = "3.4.11",
            says = "A send overwrites a JMSDeliveryMode that the client has set.")
    void overwritesDeliveryMode(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setJMSDeliveryMode(DeliveryMode.NON_PERSISTENT);

        for (Message each : List.of(trip.of(message), message)) {
            Expect.equal(DeliveryMode.PERSISTENT, each.getJMSDeliveryMode(), "JMSDeliveryMode");
        }
    }

    @Check(section = "3.4.11", says = "A send overwrites a JMSMessageID that the client has set.")
    void overwritesMessageId(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setJMSMessageID("ID:the-client's");

        for (Message each : List.of(trip.of(message), message)) {
            Expect.that(
                    !"ID:the-client's".equals(each.getJMSMessageID()),
                    "JMSMessageID is what the client has set");
        }
    }

    @Check(section = "3.4.11", says = "A send overwrites a JMSTimestamp that the client has set.")
    void overwritesTimestamp(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setJMSTimestamp(LONG_AGO_MS);

        for (Message each : List.of(trip.of(message), message)) {
            Expect.that(
                    each.getJMSTimestamp() != LONG_AGO_MS,
                    "JMSTimestamp is what the client has set");
        }
    }

    @Check(section = "3.4.11", says = "A send overwrites a JMSExpiration that the client has set.")
    void overwritesExpiration(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setJMSExpiration(System.currentTimeMillis() + LONG_AGO_MS);

        for (Message each : List.of(trip.of(message), message)) {
            Expect.equal(0L, each.getJMSExpiration(), "JMSExpiration");
        }
    }

    @Check(
            section = "3.4.11",
            says = "A send overwrites a JMSDeliveryTime that the client has set.")
    void overwritesDeliveryTime(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        long farOffMs = System.currentTimeMillis() + LONG_AGO_MS;
        message.setJMSDeliveryTime(farOffMs);

        for (Message each : List.of(trip.of(message), message)) {
            Expect.that(
                    each.getJMSDeliveryTime() != farOffMs,
                    "JMSDeliveryTime is what the client has set");
        }
    }

    @Check(section = "3.4.11", says = "A send overwrites a JMSPriority that the client has set.")
    void overwritesPriority(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setJMSPriority(9);

        for (Message each : List.of(trip.of(message), message)) {
            Expect.equal(4, each.getJMSPriority(), "JMSPriority");
        }
    }

    @Check(
            section = "3.4.11",
            says = "JMSRedelivered is false on the first delivery, whatever the client has set.")
    void ignoresRedelivered(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setJMSRedelivered(true);

        Message received = trip.of(message);

        Expect.equal(false, received.getJMSRedelivered(), "received JMSRedelivered");
    }

    @Check(section = "3.4.7", says = "A send leaves JMSRedelivered as it is.")
    void leavesRedeliveredAlone(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        for (boolean redelivered : new boolean[] {false, true}) {
            Message message = trip.session().createMessage();
            message.setJMSRedelivered(redelivered);
            trip.of(message);
            Expect.equal(redelivered, message.getJMSRedelivered(), "JMSRedelivered after send");
        }
    }

    @Check(
            section = "3.4.11",
            says = "The send method, not the message, says how long a message lives and waits.")
    void takesTimesFromTheProducer(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message first = trip.session().createMessage();
        trip.producer().setTimeToLive(60_000);
        trip.producer().setDeliveryDelay(5);
        Message received = trip.of(first);

        trip.producer().setTimeToLive(0);
        trip.producer().setDeliveryDelay(0);
        Message forwarded = trip.of(received);

        Expect.equal(0L, forwarded.getJMSExpiration(), "JMSExpiration of a forwarded message");
        Expect.that(
                forwarded.getJMSDeliveryTime() >= first.getJMSDeliveryTime(),
                "JMSDeliveryTime of a forwarded message is before the first one's");
    }
}
