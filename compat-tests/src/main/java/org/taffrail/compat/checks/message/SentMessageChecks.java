// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;

import java.util.List;

/** What the sender may still do with a message that it has sent. */
final class SentMessageChecks {
    @Check(
            section = "3.9",
            says = "Changing the properties after the send changes no sent message.")
    void keepsSentProperties(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setStringProperty("p", "sent");
        trip.producer().send(message);

        message.setStringProperty("p", "changed");
        message.setStringProperty("q", "new");

        Message received = scene.receive(trip.consumer());
        Expect.equal("sent", received.getStringProperty("p"), "the property");
        Expect.equal(false, received.propertyExists("q"), "propertyExists of a later one");
    }

    @Check(section = "3.9", says = "Changing the header after the send changes no sent message.")
    void keepsTheSentHeader(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setJMSType("sent");
        message.setJMSCorrelationID("sent");
        message.setJMSReplyTo(trip.queue());
        trip.producer().send(message);

        message.setJMSType("changed");
        message.setJMSCorrelationID("changed");
        message.setJMSReplyTo(null);

        Message received = scene.receive(trip.consumer());
        Expect.equal("sent", received.getJMSType(), "JMSType");
        Expect.equal("sent", received.getJMSCorrelationID(), "JMSCorrelationID");
        Destinations.same(trip.queue(), received.getJMSReplyTo(), "JMSReplyTo");
    }

    @Check(section = "3.9", says = "Changing a text after the send changes no sent message.")
    void keepsASentText(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage message = trip.session().createTextMessage("sent");
        trip.producer().send(message);

        message.setText("changed");

        Expect.equal("sent", Scene.text(scene.receive(trip.consumer())), "the text");
        Expect.equal("changed", Scene.text(trip.of(message)), "the text when sent again");
    }

    @Check(section = "3.9", says = "Changing a map after the send changes no sent message.")
    void keepsASentMap(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        message.setString("key", "sent");
        trip.producer().send(message);

        message.setString("key", "changed");

        MapMessage received = Expect.type(MapMessage.class, scene.receive(trip.consumer()), "it");
        Expect.equal("sent", received.getString("key"), "the entry");
        Expect.equal(
                "changed", trip.of(MapMessage.class, message).getString("key"), "when sent again");
    }

    @Check(section = "3.9", says = "Setting another object after the send changes no sent message.")
    void keepsASentObject(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ObjectMessage message = trip.session().createObjectMessage("sent");
        trip.producer().send(message);

        message.setObject("changed");

        ObjectMessage received =
                Expect.type(ObjectMessage.class, scene.receive(trip.consumer()), "it");
        Expect.equal("sent", received.getObject(), "the object");
        Expect.equal(
                "changed", trip.of(ObjectMessage.class, message).getObject(), "when sent again");
    }

    @Check(
            section = "3.9",
            says = "Clearing and writing bytes after the send changes no sent message.")
    void keepsSentBytes(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage message = trip.session().createBytesMessage();
        message.writeUTF("sent");
        trip.producer().send(message);

        message.clearBody();
        message.writeUTF("changed");

        BytesMessage received =
                Expect.type(BytesMessage.class, scene.receive(trip.consumer()), "it");
        Expect.equal("sent", received.readUTF(), "the bytes");
        Expect.equal("changed", trip.of(BytesMessage.class, message).readUTF(), "when sent again");
    }

    @Check(
            section = "3.9",
            says = "Clearing and writing a stream after the send changes no sent message.")
    void keepsASentStream(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        message.writeString("sent");
        trip.producer().send(message);

        message.clearBody();
        message.writeString("changed");

        StreamMessage received =
                Expect.type(StreamMessage.class, scene.receive(trip.consumer()), "it");
        Expect.equal("sent", received.readString(), "the field");
        Expect.equal(
                "changed", trip.of(StreamMessage.class, message).readString(), "when sent again");
    }

    @Check(section = "3.9", says = "A message of any type can be sent again and arrives as before.")
    void canBeSentAgain(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Session session = trip.session();
        MapMessage map = session.createMapMessage();
        map.setInt("key", 42);
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeInt(42);
        StreamMessage stream = session.createStreamMessage();
        stream.writeInt(42);

        for (int i = 0; i < 3; i++) {
            Expect.equal("42", Scene.text(trip.of(session.createTextMessage("42"))), "the text");
            Expect.equal(42, trip.of(MapMessage.class, map).getInt("key"), "the entry");
            Expect.equal(42, trip.of(BytesMessage.class, bytes).readInt(), "the bytes");
            Expect.equal(42, trip.of(StreamMessage.class, stream).readInt(), "the field");
        }
    }

    @Check(section = "3.9", says = "One message object can be sent to several destinations.")
    void canBeSentToSeveral(Scene scene) throws JMSException {
        Session session = scene.session();
        List<Queue> queues = List.of(scene.queue(), scene.queue(), scene.queue());
        MessageProducer producer = session.createProducer(null);
        TextMessage message = session.createTextMessage();

        for (int i = 0; i < queues.size(); i++) {
            message.setText("for " + i);
            message.setIntProperty("p", i);
            producer.send(queues.get(i), message);
        }

        for (int i = 0; i < queues.size(); i++) {
            MessageConsumer consumer = session.createConsumer(queues.get(i));
            Message received = scene.receive(consumer);
            Expect.equal("for " + i, Scene.text(received), "the text");
            Expect.equal(i, received.getIntProperty("p"), "the property");
            Destinations.same(queues.get(i), received.getJMSDestination(), "JMSDestination");
        }
    }

    @Check(
            section = "3.9",
            says = "In a transaction each send takes the message as it is, whatever comes later.")
    void isTakenAtTheSendInATransaction(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        TextMessage message = session.createTextMessage();

        for (String text : List.of("1", "2", "3")) {
            message.setText(text);
            producer.send(message);
        }
        message.setText("later");
        session.commit();

        Expect.equal(
                List.of("1", "2", "3"),
                scene.texts(session.createConsumer(queue), 3),
                "what is received");
    }

    @Check(
            section = "3.9",
            says = "Receivers get messages of their own, not the object that was sent.")
    void isNotTheReceivedObject(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage message = trip.session().createTextMessage("text");

        Message received = trip.of(message);

        Expect.that(received != message, "the sent object was received");
    }
}
