// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;

/** What the receiver may do with a message, and that messages keep their type on the way. */
final class ReceivedMessageChecks {
    @Check(section = "3.10", says = "All header fields of a received message can be changed.")
    void hasAWriteableHeader(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message received = trip.of(trip.session().createMessage());
        Queue other = scene.queue();

        received.setJMSDestination(other);
        received.setJMSReplyTo(other);
        received.setJMSDeliveryMode(DeliveryMode.NON_PERSISTENT);
        received.setJMSMessageID("ID:other");
        received.setJMSTimestamp(1);
        received.setJMSCorrelationID("other");
        received.setJMSRedelivered(true);
        received.setJMSType("other");
        received.setJMSExpiration(2);
        received.setJMSDeliveryTime(3);
        received.setJMSPriority(9);

        Destinations.same(other, received.getJMSDestination(), "JMSDestination");
        Destinations.same(other, received.getJMSReplyTo(), "JMSReplyTo");
        Expect.equal(DeliveryMode.NON_PERSISTENT, received.getJMSDeliveryMode(), "JMSDeliveryMode");
        Expect.equal("ID:other", received.getJMSMessageID(), "JMSMessageID");
        Expect.equal(1L, received.getJMSTimestamp(), "JMSTimestamp");
        Expect.equal("other", received.getJMSCorrelationID(), "JMSCorrelationID");
        Expect.equal(true, received.getJMSRedelivered(), "JMSRedelivered");
        Expect.equal("other", received.getJMSType(), "JMSType");
        Expect.equal(2L, received.getJMSExpiration(), "JMSExpiration");
        Expect.equal(3L, received.getJMSDeliveryTime(), "JMSDeliveryTime");
        Expect.equal(9, received.getJMSPriority(), "JMSPriority");
    }

    @Check(section = "3.11.4", says = "A message without a body arrives as a plain Message.")
    void keepsAPlainMessage(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        Message received = trip.of(trip.session().createMessage());

        Expect.that(
                !(received instanceof TextMessage)
                        && !(received instanceof BytesMessage)
                        && !(received instanceof MapMessage)
                        && !(received instanceof StreamMessage)
                        && !(received instanceof ObjectMessage),
                "a plain message arrived as " + received.getClass());
    }

    @Check(
            section = "3.11.4",
            says = "A message arrives as the type as which it was sent, also with an empty body.")
    void keepsTypesOfEmptyMessages(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Session session = trip.session();

        trip.of(TextMessage.class, session.createTextMessage());
        trip.of(BytesMessage.class, session.createBytesMessage());
        trip.of(MapMessage.class, session.createMapMessage());
        trip.of(StreamMessage.class, session.createStreamMessage());
        trip.of(ObjectMessage.class, session.createObjectMessage());
    }

    @Check(section = "3.10", says = "A received text can be sent on as it is.")
    void forwardsText(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage message = trip.session().createTextMessage("text");
        message.setJMSType("type");
        message.setJMSCorrelationID("correlation");
        message.setJMSReplyTo(trip.queue());
        message.setIntProperty("p", 1);

        Message second = trip.of(trip.of(message));

        Expect.equal("text", Scene.text(second), "the text");
        Expect.equal("type", second.getJMSType(), "JMSType");
        Expect.equal("correlation", second.getJMSCorrelationID(), "JMSCorrelationID");
        Destinations.same(trip.queue(), second.getJMSReplyTo(), "JMSReplyTo");
        Expect.equal(1, second.getObjectProperty("p"), "the property");
    }

    @Check(section = "3.10", says = "Received bytes can be sent on whole, after some were read.")
    void forwardsBytes(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage message = trip.session().createBytesMessage();
        message.writeInt(1);
        message.writeInt(2);
        BytesMessage first = trip.of(BytesMessage.class, message);
        first.readInt();

        BytesMessage second = trip.of(BytesMessage.class, first);

        Expect.equal(8L, second.getBodyLength(), "the length");
        Expect.equal(1, second.readInt(), "the first bytes");
        Expect.equal(2, second.readInt(), "the bytes after those that were read");
    }

    @Check(section = "3.10", says = "A received stream can be sent on whole, after some was read.")
    void forwardsAStream(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        message.writeInt(1);
        message.writeString("two");
        StreamMessage first = trip.of(StreamMessage.class, message);
        first.readInt();

        StreamMessage second = trip.of(StreamMessage.class, first);

        Expect.equal(1, second.readInt(), "the first field");
        Expect.equal("two", second.readString(), "the field after the one that was read");
    }

    @Check(section = "3.10", says = "Received maps and objects can be sent on as they are.")
    void forwardsMapsAndObjects(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage map = trip.session().createMapMessage();
        map.setLong("key", 42);

        Message secondMap = trip.of(trip.of(map));
        Message secondObject = trip.of(trip.of(trip.session().createObjectMessage("object")));

        Expect.equal(
                42L, Expect.type(MapMessage.class, secondMap, "it").getObject("key"), "the entry");
        Expect.equal(
                "object",
                Expect.type(ObjectMessage.class, secondObject, "it").getObject(),
                "the object");
    }

    @Check(section = "3.10", says = "A received message can be cleared, written anew and sent on.")
    void forwardsWhatItHasChanged(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage message = trip.session().createTextMessage("old");
        message.setStringProperty("old", "x");
        TextMessage first = trip.of(TextMessage.class, message);

        first.clearBody();
        first.setText("new");
        first.clearProperties();
        first.setStringProperty("new", "x");
        Message second = trip.of(first);

        Expect.equal("new", Scene.text(second), "the text");
        Expect.equal("x", second.getObjectProperty("new"), "the new property");
        Expect.equal(false, second.propertyExists("old"), "propertyExists of the old one");
    }

    @Check(
            section = "3.10",
            says = "What one subscriber does to its message, the next does not see.",
            strength = Strength.COMMON_PRACTICE)
    void isNotSharedBySubscribers(Scene scene) throws JMSException {
        Session session = scene.session();
        Topic topic = scene.topic();
        MessageConsumer one = session.createConsumer(topic);
        MessageConsumer two = session.createConsumer(topic);
        TextMessage message = session.createTextMessage("original");
        message.setStringProperty("p", "original");
        session.createProducer(topic).send(message);

        TextMessage ofOne = (TextMessage) scene.receive(one);
        ofOne.setJMSType("changed");
        ofOne.clearBody();
        ofOne.setText("changed");
        ofOne.clearProperties();

        TextMessage ofTwo = (TextMessage) scene.receive(two);
        Expect.equal("original", ofTwo.getText(), "the text");
        Expect.equal("original", ofTwo.getStringProperty("p"), "the property");
        Expect.isNull(ofTwo.getJMSType(), "JMSType");
    }

    @Check(
            section = "3.4",
            says = "The complete header reaches the consumers of a queue and of a topic.")
    void hasTheCompleteHeader(Scene scene) throws JMSException {
        Session session = scene.session();
        for (var destination : List.of(scene.queue(), scene.topic())) {
            MessageConsumer consumer = session.createConsumer(destination);
            Message sent = session.createMessage();
            sent.setJMSType("type");
            sent.setJMSCorrelationID("correlation");
            sent.setJMSReplyTo(destination);
            session.createProducer(destination).send(sent, DeliveryMode.NON_PERSISTENT, 6, 60_000);
            Message received = scene.receive(consumer);

            Destinations.same(destination, received.getJMSDestination(), "JMSDestination");
            Destinations.same(destination, received.getJMSReplyTo(), "JMSReplyTo");
            Expect.equal(
                    DeliveryMode.NON_PERSISTENT, received.getJMSDeliveryMode(), "JMSDeliveryMode");
            Expect.equal(sent.getJMSMessageID(), received.getJMSMessageID(), "JMSMessageID");
            Expect.equal(sent.getJMSTimestamp(), received.getJMSTimestamp(), "JMSTimestamp");
            Expect.equal("correlation", received.getJMSCorrelationID(), "JMSCorrelationID");
            Expect.equal(false, received.getJMSRedelivered(), "JMSRedelivered");
            Expect.equal("type", received.getJMSType(), "JMSType");
            Expect.equal(sent.getJMSExpiration(), received.getJMSExpiration(), "JMSExpiration");
            Expect.equal(
                    sent.getJMSDeliveryTime(), received.getJMSDeliveryTime(), "JMSDeliveryTime");
            Expect.equal(6, received.getJMSPriority(), "JMSPriority");
        }
    }
}
