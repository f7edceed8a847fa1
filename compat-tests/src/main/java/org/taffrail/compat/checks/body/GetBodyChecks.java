// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.body;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@link Message#getBody} and {@link Message#isBodyAssignableTo}. */
final class GetBodyChecks {
    private static final List<Class<?>> OTHERS =
            List.of(Integer.class, StringBuilder.class, Runnable.class, List.class);

    /** Reads a body as each type: the sent message's and the received one's. */
    private static void readable(RoundTrip trip, Message message, Object body, Class<?>... types)
            throws JMSException {
        for (Message each : List.of(trip.of(message), message)) {
            for (Class<?> type : types) {
                Expect.equal(
                        true, each.isBodyAssignableTo(type), "isBodyAssignableTo " + named(type));
                same(body, each.getBody(type), "getBody of " + named(type));
            }
        }
    }

    private static void same(Object expected, Object actual, String what) {
        if (expected instanceof byte[] bytes && actual instanceof byte[] other) {
            Expect.that(Arrays.equals(bytes, other), what + ": the bytes differ");
        } else {
            Expect.equal(expected, actual, what);
        }
    }

    private static void unreadable(RoundTrip trip, Message message, Class<?>... types)
            throws JMSException {
        for (Message each : List.of(trip.of(message), message)) {
            for (Class<?> type : types) {
                Expect.equal(
                        false, each.isBodyAssignableTo(type), "isBodyAssignableTo " + named(type));
                Expect.refused(
                        MessageFormatException.class,
                        "getBody of " + named(type),
                        () -> each.getBody(type));
            }
        }
    }

    private static String named(Class<?> type) {
        return type.getSimpleName();
    }

    @Check(
            section = "api:Message.getBody",
            says = "The body of a text is read as String and what a String is assignable to.")
    void readsText(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        readable(
                trip,
                trip.session().createTextMessage("text"),
                "text",
                String.class,
                CharSequence.class,
                Comparable.class,
                Serializable.class,
                Object.class);
    }

    @Check(
            section = "api:Message.getBody",
            says = "getBody of a text as any other type throws MessageFormatException.")
    void refusesTextAsOthers(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        unreadable(
                trip,
                trip.session().createTextMessage("text"),
                Integer.class,
                byte[].class,
                Map.class,
                StringBuilder.class);
    }

    @Check(
            section = "api:Message.getBody",
            says = "The body of an object is read as Serializable and what it is assignable to.")
    void readsObjects(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ArrayList<String> object = new ArrayList<>(List.of("one"));

        readable(
                trip,
                trip.session().createObjectMessage(object),
                object,
                Serializable.class,
                ArrayList.class,
                Collection.class,
                Object.class);
    }

    @Check(
            section = "api:Message.getBody",
            says = "getBody of an object as any other type throws MessageFormatException.")
    void refusesObjectsAsOthers(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        unreadable(
                trip,
                trip.session().createObjectMessage(new ArrayList<>(List.of("one"))),
                String.class,
                Map.class,
                byte[].class);
    }

    @Check(
            section = "api:Message.getBody",
            says =
                    "Where an object can't be deserialized, getBody throws MessageFormatException"
                            + " and isBodyAssignableTo is false.")
    void refusesWhatCantBeDeserialized(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message received = trip.of(trip.session().createObjectMessage(new UnreadableObject()));

        for (Class<?> type : List.of(Serializable.class, Object.class, UnreadableObject.class)) {
            Expect.equal(
                    false, received.isBodyAssignableTo(type), "isBodyAssignableTo " + named(type));
            Expect.refused(MessageFormatException.class, "getBody", () -> received.getBody(type));
        }
    }

    @Check(section = "api:Message.getBody", says = "The body of a map is read as Map or Object.")
    void readsMaps(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        message.setString("text", "x");
        message.setLong("long", 42);
        message.setString("null", null);
        Map<String, Object> expected = new HashMap<>();
        expected.put("text", "x");
        expected.put("long", 42L);
        expected.put("null", null);

        readable(trip, message, expected, Map.class, Object.class);
    }

    @Check(
            section = "api:Message.getBody",
            says = "getBody of a map as any other type throws MessageFormatException.")
    void refusesMapsAsOthers(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        message.setString("text", "x");

        unreadable(trip, message, HashMap.class, String.class, byte[].class, List.class);
    }

    @Check(
            section = "api:Message.getBody",
            says = "The body of a BytesMessage is read as byte[] or Object.")
    void readsBytes(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage message = trip.session().createBytesMessage();
        message.writeBytes(new byte[] {1, 2, 3});

        readable(trip, message, new byte[] {1, 2, 3}, byte[].class, Object.class);
    }

    @Check(
            section = "api:Message.getBody",
            says = "getBody of a BytesMessage as any other type throws MessageFormatException.")
    void refusesBytesAsOthers(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage message = trip.session().createBytesMessage();
        message.writeBytes(new byte[] {1, 2, 3});

        unreadable(trip, message, String.class, Map.class, int[].class, Serializable[].class);
    }

    @Check(
            section = "api:Message.getBody",
            says = "getBody resets a BytesMessage before it reads, and afterwards.")
    void resetsBytes(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage message = trip.session().createBytesMessage();
        message.writeInt(42);
        message.writeInt(43);
        BytesMessage received = trip.of(BytesMessage.class, message);
        received.readInt();

        Expect.equal(8, received.getBody(byte[].class).length, "how many bytes the body has");
        Expect.equal(42, received.readInt(), "the first bytes after getBody");
    }

    @Check(
            section = "api:Message.getBody",
            says = "getBody of a BytesMessage that was just written makes it readable.")
    void resetsNewBytes(Scene scene) throws JMSException {
        BytesMessage message = scene.session().createBytesMessage();
        message.writeInt(42);

        Expect.equal(4, message.getBody(byte[].class).length, "how many bytes the body has");
        Expect.equal(42, message.readInt(), "the bytes after getBody");
    }

    @Check(
            section = "api:Message.getBody",
            says = "getBody of a stream throws MessageFormatException, whatever the type.")
    void refusesStreams(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        message.writeString("x");

        unreadable(trip, message, Object.class, String.class, List.class, byte[].class);
    }

    @Check(
            section = "api:Message.getBody",
            says = "getBody of a message that is of no subtype is null, whatever the type.")
    void isNullForPlainMessages(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        isNullAsAny(trip, trip.session().createMessage());
    }

    @Check(
            section = "api:Message.getBody",
            says = "getBody of a text or an object that is null is null, whatever the type.")
    void isNullWithoutABody(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Session session = trip.session();

        isNullAsAny(trip, session.createTextMessage());
        isNullAsAny(trip, session.createTextMessage(null));
        isNullAsAny(trip, session.createObjectMessage());
        isNullAsAny(trip, session.createObjectMessage(null));
    }

    private static void isNullAsAny(RoundTrip trip, Message message) throws JMSException {
        for (Message each : List.of(trip.of(message), message)) {
            for (Class<?> type : OTHERS) {
                Expect.equal(
                        true, each.isBodyAssignableTo(type), "isBodyAssignableTo " + named(type));
                Expect.isNull(each.getBody(type), "getBody of " + named(type));
            }
        }
    }

    @Check(
            section = "api:Message.getBody",
            says = "An empty map and an empty BytesMessage can be read as their own type.")
    void readsEmptyBodies(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message map = trip.of(trip.session().createMapMessage());
        Message bytes = trip.of(trip.session().createBytesMessage());

        Expect.equal(true, map.isBodyAssignableTo(Map.class), "isBodyAssignableTo Map");
        Map<?, ?> entries = map.getBody(Map.class);
        Expect.that(entries == null || entries.isEmpty(), "the empty map has " + entries);
        Expect.equal(true, bytes.isBodyAssignableTo(byte[].class), "isBodyAssignableTo byte[]");
        byte[] body = bytes.getBody(byte[].class);
        Expect.that(body == null || body.length == 0, "the empty bytes have a length");
    }

    @Check(
            section = "api:Message.isBodyAssignableTo",
            says = "After isBodyAssignableTo or a refused getBody the body can still be read.")
    void leavesTheBodyAsItWas(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage bytes = trip.session().createBytesMessage();
        bytes.writeInt(42);
        StreamMessage stream = trip.session().createStreamMessage();
        stream.writeInt(1);
        stream.writeInt(2);
        TextMessage text = trip.of(TextMessage.class, trip.session().createTextMessage("x"));
        BytesMessage receivedBytes = trip.of(BytesMessage.class, bytes);
        StreamMessage receivedStream = trip.of(StreamMessage.class, stream);
        receivedStream.readInt();

        for (Message each : List.of(text, receivedBytes, receivedStream)) {
            each.isBodyAssignableTo(Integer.class);
            Expect.refused(
                    MessageFormatException.class, "getBody", () -> each.getBody(Integer.class));
        }

        Expect.equal("x", text.getText(), "the text");
        Expect.equal(42, receivedBytes.readInt(), "the bytes");
        Expect.equal(2, receivedStream.readInt(), "the field that was next");
    }

    @Check(
            section = "3.12",
            says = "What getBody returns is a copy: changing it changes no message.")
    void returnsACopy(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage bytes = trip.session().createBytesMessage();
        bytes.writeBytes(new byte[] {1, 2});
        ObjectMessage object = trip.session().createObjectMessage(new ArrayList<>(List.of("one")));

        Message receivedBytes = trip.of(bytes);
        receivedBytes.getBody(byte[].class)[0] = 9;
        Message receivedObject = trip.of(object);
        receivedObject.getBody(ArrayList.class).clear();

        Expect.equal((byte) 1, receivedBytes.getBody(byte[].class)[0], "the first byte");
        Expect.equal(List.of("one"), receivedObject.getBody(ArrayList.class), "the object");
    }
}
