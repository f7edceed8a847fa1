// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;

/** The header fields that are times: JMSTimestamp, JMSExpiration and JMSDeliveryTime. */
final class TimeHeaderChecks {
    private static final long MINUTE_MS = 60_000;

    /** What a send took by the clock of this JVM, which sets the times. */
    private record Span(long fromMs, long toMs) {
        void contains(long timeMs, String what) {
            Expect.that(
                    timeMs >= fromMs && timeMs <= toMs,
                    what + ": expected from " + fromMs + " to " + toMs + ", but was " + timeMs);
        }

        Span plus(long ms) {
            return new Span(fromMs + ms, toMs + ms);
        }
    }

    private static Span send(MessageProducer producer, Message message) throws JMSException {
        long fromMs = System.currentTimeMillis();
        producer.send(message);
        return new Span(fromMs, System.currentTimeMillis());
    }

    @Check(
            section = "3.4.4",
            says = "JMSTimestamp lies between the call of the send and its return.")
    void stampsTheSend(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        Span span = send(trip.producer(), message);
        Message received = scene.receive(trip.consumer());

        span.contains(message.getJMSTimestamp(), "JMSTimestamp after send");
        Expect.equal(
                message.getJMSTimestamp(), received.getJMSTimestamp(), "received JMSTimestamp");
    }

    @Check(
            section = "3.4.4",
            says = "In a transaction JMSTimestamp is when the message was sent, not the commit.")
    void stampsTheSendNotTheCommit(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        Message message = session.createMessage();

        Span span = send(session.createProducer(queue), message);
        scene.await("a later millisecond", () -> System.currentTimeMillis() > span.toMs() + 5);
        session.commit();

        Message received = scene.receive(session.createConsumer(queue));
        span.contains(received.getJMSTimestamp(), "received JMSTimestamp");
    }

    @Check(
            section = "3.4.4",
            says =
                    "Where timestamps are disabled, JMSTimestamp is zero if the provider takes the"
                            + " hint and the usual time if not.")
    void takesOrIgnoresTheHintAgainstTimestamps(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        trip.producer().setDisableMessageTimestamp(true);

        Span span = send(trip.producer(), message);
        Message received = scene.receive(trip.consumer());

        if (message.getJMSTimestamp() != 0) {
            span.contains(message.getJMSTimestamp(), "JMSTimestamp after send");
        }
        Expect.equal(
                message.getJMSTimestamp(), received.getJMSTimestamp(), "received JMSTimestamp");
    }

    @Check(section = "3.4.9", says = "JMSExpiration is zero where no time to live was given.")
    void neverExpiresByDefault(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        Message received = trip.of(message);

        Expect.equal(0L, message.getJMSExpiration(), "JMSExpiration after send");
        Expect.equal(0L, received.getJMSExpiration(), "received JMSExpiration");
    }

    @Check(
            section = "3.4.9",
            says = "JMSExpiration is the time of the send plus the producer's time to live.")
    void expiresAfterTheProducersTimeToLive(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        trip.producer().setTimeToLive(MINUTE_MS);

        Span span = send(trip.producer(), message);
        Message received = scene.receive(trip.consumer());

        span.plus(MINUTE_MS).contains(message.getJMSExpiration(), "JMSExpiration after send");
        Expect.equal(
                message.getJMSExpiration(), received.getJMSExpiration(), "received JMSExpiration");
    }

    @Check(
            section = "3.4.9",
            says =
                    "JMSExpiration is the time of the send plus the time to live that it was"
                            + " given.")
    void expiresAfterTheSendsTimeToLive(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        trip.producer().setTimeToLive(1);

        long fromMs = System.currentTimeMillis();
        trip.producer().send(message, Message.DEFAULT_DELIVERY_MODE, 4, MINUTE_MS);
        Span span = new Span(fromMs, System.currentTimeMillis());
        Message received = scene.receive(trip.consumer());

        span.plus(MINUTE_MS).contains(message.getJMSExpiration(), "JMSExpiration after send");
        Expect.equal(
                message.getJMSExpiration(), received.getJMSExpiration(), "received JMSExpiration");
    }

    @Check(
            section = "3.4.9",
            says = "In a transaction the time to live counts from the send, not from the commit.")
    void expiresByTheSendNotTheCommit(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        producer.setTimeToLive(MINUTE_MS);
        Message message = session.createMessage();

        Span span = send(producer, message);
        scene.await("a later millisecond", () -> System.currentTimeMillis() > span.toMs() + 5);
        session.commit();

        Message received = scene.receive(session.createConsumer(queue));
        span.plus(MINUTE_MS).contains(received.getJMSExpiration(), "received JMSExpiration");
    }

    @Check(
            section = "3.4.13",
            says = "JMSDeliveryTime is the time of the send where no delivery delay was given.")
    void isDeliveredFromTheSendByDefault(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        Span span = send(trip.producer(), message);
        Message received = scene.receive(trip.consumer());

        span.contains(message.getJMSDeliveryTime(), "JMSDeliveryTime after send");
        Expect.equal(
                message.getJMSDeliveryTime(),
                received.getJMSDeliveryTime(),
                "received JMSDeliveryTime");
    }

    @Check(
            section = "3.4.13",
            says = "JMSDeliveryTime is the time of the send plus the delivery delay.")
    void isDeliveredAfterTheDelay(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        trip.producer().setDeliveryDelay(scene.quietMs());

        Span span = send(trip.producer(), message);
        Message received = scene.receive(trip.consumer());

        span.plus(scene.quietMs())
                .contains(message.getJMSDeliveryTime(), "JMSDeliveryTime after send");
        Expect.equal(
                message.getJMSDeliveryTime(),
                received.getJMSDeliveryTime(),
                "received JMSDeliveryTime");
    }

    @Check(
            section = "3.4.13",
            says =
                    "In a transaction the delivery delay counts from the send, not from the"
                            + " commit.")
    void isDeliveredByTheSendNotTheCommit(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        producer.setDeliveryDelay(scene.quietMs());
        Message message = session.createMessage();

        Span span = send(producer, message);
        scene.await("a later millisecond", () -> System.currentTimeMillis() > span.toMs() + 5);
        session.commit();

        Message received = scene.receive(session.createConsumer(queue));
        span.plus(scene.quietMs())
                .contains(received.getJMSDeliveryTime(), "received JMSDeliveryTime");
    }

    @Check(
            section = "3.4.13",
            says = "JMSDeliveryTime is the time of the send also where timestamps are disabled.")
    void isDeliveredFromTheSendWithoutTimestamp(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        trip.producer().setDisableMessageTimestamp(true);

        Span span = send(trip.producer(), message);
        Message received = scene.receive(trip.consumer());

        span.contains(message.getJMSDeliveryTime(), "JMSDeliveryTime after send");
        Expect.equal(
                message.getJMSDeliveryTime(),
                received.getJMSDeliveryTime(),
                "received JMSDeliveryTime");
    }
}
