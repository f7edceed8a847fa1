// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.Arrays;
import java.util.List;

/** The header fields that the client sets: JMSCorrelationID, JMSReplyTo and JMSType. */
final class ClientHeaderChecks {
    @Check(section = "3.4.5", says = "JMSCorrelationID is received as the text that was set.")
    void keepsACorrelationId(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        for (String id : List.of("order 42", "l\u00e9gende \ud83d\ude00", "x".repeat(2000))) {
            Message message = trip.session().createMessage();
            message.setJMSCorrelationID(id);
            Message received = trip.of(message);
            Expect.equal(id, message.getJMSCorrelationID(), "JMSCorrelationID after send");
            Expect.equal(id, received.getJMSCorrelationID(), "received JMSCorrelationID");
        }
    }

    @Check(section = "3.4.5", says = "A message id can be another message's JMSCorrelationID.")
    void correlatesByMessageId(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message request = trip.of(trip.session().createMessage());
        Message reply = trip.session().createMessage();

        reply.setJMSCorrelationID(request.getJMSMessageID());

        Expect.equal(
                request.getJMSMessageID(),
                trip.of(reply).getJMSCorrelationID(),
                "received JMSCorrelationID");
    }

    @Check(
            section = "3.4.5",
            says = "JMSCorrelationID is null where none was set, and can be set back to null.")
    void hasNoCorrelationIdByDefault(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        Expect.isNull(message.getJMSCorrelationID(), "JMSCorrelationID of a new message");
        Expect.isNull(trip.of(message).getJMSCorrelationID(), "received JMSCorrelationID");

        message.setJMSCorrelationID("x");
        message.setJMSCorrelationID(null);

        Expect.isNull(message.getJMSCorrelationID(), "JMSCorrelationID");
        Expect.isNull(trip.of(message).getJMSCorrelationID(), "received JMSCorrelationID");
    }

    @Check(
            section = "3.4.5",
            says =
                    "JMSCorrelationID is received as the bytes that were set, where the provider"
                            + " supports bytes.")
    void keepsACorrelationIdOfBytes(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        byte[] id = {0, 1, -1, (byte) 0xc3, 0x28};

        message.setJMSCorrelationIDAsBytes(id);
        Message received = trip.of(message);

        Expect.that(
                Arrays.equals(id, message.getJMSCorrelationIDAsBytes()),
                "the bytes after send are not those that were set");
        Expect.that(
                Arrays.equals(id, received.getJMSCorrelationIDAsBytes()),
                "the received bytes are not those that were set");
    }

    @Check(
            section = "api:Message.setJMSCorrelationIDAsBytes",
            says = "The bytes of a JMSCorrelationID are copied when they are set.")
    void copiesACorrelationIdOfBytes(Scene scene) throws JMSException {
        Message message = scene.session().createMessage();
        byte[] id = {1, 2, 3};

        message.setJMSCorrelationIDAsBytes(id);
        id[0] = 9;

        Expect.that(
                Arrays.equals(new byte[] {1, 2, 3}, message.getJMSCorrelationIDAsBytes()),
                "changing the array changed the JMSCorrelationID");
    }

    @Check(section = "3.4.6", says = "JMSReplyTo is null where none was set.")
    void hasNoReplyToByDefault(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        Expect.isNull(message.getJMSReplyTo(), "JMSReplyTo of a new message");

        Message received = trip.of(message);

        Expect.isNull(message.getJMSReplyTo(), "JMSReplyTo after send");
        Expect.isNull(received.getJMSReplyTo(), "received JMSReplyTo");
    }

    @Check(section = "3.4.6", says = "JMSReplyTo is received as the queue or topic that was set.")
    void keepsAReplyTo(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        for (Destination each : List.of(scene.queue(), scene.topic())) {
            Message message = trip.session().createMessage();
            message.setJMSReplyTo(each);
            Message received = trip.of(message);
            Destinations.same(each, message.getJMSReplyTo(), "JMSReplyTo after send");
            Destinations.same(each, received.getJMSReplyTo(), "received JMSReplyTo");
        }
    }

    @Check(
            section = "3.4.6",
            says = "JMSReplyTo can be a temporary queue or topic, to which the receiver can send.")
    void repliesToTemporaryDestinations(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Session asking = scene.session();

        for (Destination each :
                List.of(asking.createTemporaryQueue(), asking.createTemporaryTopic())) {
            MessageConsumer replies = asking.createConsumer(each);
            Message request = trip.session().createMessage();
            request.setJMSReplyTo(each);
            Destination replyTo = trip.of(request).getJMSReplyTo();
            trip.session().createProducer(replyTo).send(trip.session().createTextMessage("reply"));
            Expect.equal(List.of("reply"), scene.texts(replies, 1), "what the asking one gets");
        }
    }

    @Check(
            section = "3.4.6",
            says = "A temporary queue or topic is still a temporary one as a received JMSReplyTo.",
            strength = Strength.COMMON_PRACTICE)
    void keepsTemporaryKinds(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        message.setJMSReplyTo(trip.session().createTemporaryQueue());
        Expect.type(TemporaryQueue.class, trip.of(message).getJMSReplyTo(), "JMSReplyTo");

        message.setJMSReplyTo(trip.session().createTemporaryTopic());
        Expect.type(TemporaryTopic.class, trip.of(message).getJMSReplyTo(), "JMSReplyTo");
    }

    @Check(section = "3.4.8", says = "JMSType is received as it was set.")
    void keepsAType(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        message.setJMSType("order/\u20ac");
        Message received = trip.of(message);

        Expect.equal("order/\u20ac", message.getJMSType(), "JMSType after send");
        Expect.equal("order/\u20ac", received.getJMSType(), "received JMSType");
    }

    @Check(section = "3.4.8", says = "JMSType is null where none was set.")
    void hasNoTypeByDefault(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        Expect.isNull(message.getJMSType(), "JMSType of a new message");

        Message received = trip.of(message);

        Expect.isNull(message.getJMSType(), "JMSType after send");
        Expect.isNull(received.getJMSType(), "received JMSType");
    }

    @Check(
            section = "3.4",
            says = "Topic subscribers receive the header fields that the client set.")
    void reachesSubscribers(Scene scene) throws JMSException {
        Session session = scene.session();
        Destination topic = scene.topic();
        Destination replyTo = scene.topic();
        List<MessageConsumer> subscribers =
                List.of(session.createConsumer(topic), session.createConsumer(topic));
        Message message = session.createMessage();
        message.setJMSType("type");
        message.setJMSCorrelationID("correlation");
        message.setJMSReplyTo(replyTo);

        session.createProducer(topic).send(message);

        for (MessageConsumer subscriber : subscribers) {
            Message received = scene.receive(subscriber);
            Expect.equal("type", received.getJMSType(), "JMSType");
            Expect.equal("correlation", received.getJMSCorrelationID(), "JMSCorrelationID");
            Destinations.same(replyTo, received.getJMSReplyTo(), "JMSReplyTo");
        }
    }
}
