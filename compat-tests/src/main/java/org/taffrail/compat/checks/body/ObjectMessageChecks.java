// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.body;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.ObjectMessage;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@link ObjectMessage}. All objects are of classes that each JVM has. */
final class ObjectMessageChecks {
    @Check(section = "api:ObjectMessage.getObject", says = "The object of a new message is null.")
    void isNullByDefault(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ObjectMessage message = trip.session().createObjectMessage();

        Expect.isNull(message.getObject(), "the object of a new message");
        Expect.isNull(trip.of(ObjectMessage.class, message).getObject(), "the received object");
    }

    @Check(section = "3.12", says = "An object that was set to null is null, also when received.")
    void canBeNull(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ObjectMessage message = trip.session().createObjectMessage("x");

        message.setObject(null);

        Expect.isNull(message.getObject(), "the object");
        Expect.isNull(trip.of(ObjectMessage.class, message).getObject(), "the received object");
        Expect.isNull(trip.session().createObjectMessage(null).getObject(), "the created object");
    }

    @Check(section = "3.11.4", says = "A serializable object is received as an equal one.")
    void keepsObjects(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Map<String, Object> map = new HashMap<>();
        map.put("list", new ArrayList<>(List.of(1, 2L, "three")));
        map.put("date", new Date(42));

        for (Serializable object :
                List.<Serializable>of(
                        "text", 42, -1L, 1.5, true, new BigDecimal("1.10"), (Serializable) map)) {
            ObjectMessage message = trip.session().createObjectMessage(object);
            Expect.equal(object, message.getObject(), "the object");
            Expect.equal(
                    object,
                    trip.of(ObjectMessage.class, message).getObject(),
                    "the received object");
        }
    }

    @Check(
            section = "api:ObjectMessage.setObject",
            says = "The message keeps the object as it was when setObject was called.")
    void copiesWhenSet(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ArrayList<String> object = new ArrayList<>(List.of("before"));
        ObjectMessage message = trip.session().createObjectMessage();

        message.setObject(object);
        object.add("after");

        Expect.equal(List.of("before"), message.getObject(), "the object");
        Expect.equal(
                List.of("before"),
                trip.of(ObjectMessage.class, message).getObject(),
                "the received object");
    }

    @Check(
            section = "3.12",
            says = "The message keeps the object as it was when the message was created with it.")
    void copiesWhenCreated(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ArrayList<String> object = new ArrayList<>(List.of("before"));
        ObjectMessage message = trip.session().createObjectMessage(object);

        object.add("after");

        Expect.equal(List.of("before"), message.getObject(), "the object");
        Expect.equal(
                List.of("before"),
                trip.of(ObjectMessage.class, message).getObject(),
                "the received object");
    }

    @Check(section = "3.12", says = "getObject returns a copy: changing it changes no message.")
    void copiesWhenGot(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ObjectMessage message =
                trip.session().createObjectMessage(new ArrayList<>(List.of("before")));

        for (ObjectMessage each : List.of(trip.of(ObjectMessage.class, message), message)) {
            List<?> got = Expect.type(List.class, each.getObject(), "the object");
            got.clear();
            Expect.equal(List.of("before"), each.getObject(), "the object that is got next");
        }
    }

    @Check(
            section = "api:ObjectMessage.setObject",
            says = "setObject throws MessageFormatException if the object can't be serialized.")
    void refusesWhatCantBeSerialized(Scene scene) throws JMSException {
        ObjectMessage message = scene.session().createObjectMessage("old");
        ArrayList<Object> object = new ArrayList<>(List.of(new Object()));

        Expect.refused(
                MessageFormatException.class,
                "setObject of a list that holds an Object",
                () -> message.setObject(object));
    }

    @Check(
            section = "api:ObjectMessage.getObject",
            says = "getObject throws MessageFormatException if the object can't be deserialized.")
    void refusesWhatCantBeDeserialized(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ObjectMessage received =
                trip.of(
                        ObjectMessage.class,
                        trip.session().createObjectMessage(new UnreadableObject()));

        Expect.refused(MessageFormatException.class, "getObject", received::getObject);
    }

    @Check(
            section = "3.11.2",
            says = "Setting the object of a received message throws MessageNotWriteableException.")
    void isReadOnlyWhenReceived(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ObjectMessage received =
                trip.of(ObjectMessage.class, trip.session().createObjectMessage("old"));

        Expect.refused(
                MessageNotWriteableException.class, "setObject", () -> received.setObject("new"));
        Expect.equal("old", received.getObject(), "the object after the refusal");
    }

    @Check(section = "3.11.2", says = "After clearBody a received object is null and can be set.")
    void isWriteableOnceCleared(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ObjectMessage received =
                trip.of(ObjectMessage.class, trip.session().createObjectMessage("old"));

        received.clearBody();
        Expect.isNull(received.getObject(), "the object after clearBody");
        received.setObject("new");

        Expect.equal("new", received.getObject(), "the object");
    }

    @Check(section = "3.11.1", says = "clearBody makes the object of a message null.")
    void clears(Scene scene) throws JMSException {
        ObjectMessage message = scene.session().createObjectMessage("old");

        message.clearBody();

        Expect.isNull(message.getObject(), "the object");
    }

    @Check(section = "3.11.4", says = "A large object is received whole.")
    void keepsALargeObject(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ArrayList<String> object = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            object.add("entry " + i);
        }

        Object received =
                trip.of(ObjectMessage.class, trip.session().createObjectMessage(object))
                        .getObject();

        Expect.that(object.equals(received), "the received object is not equal");
    }
}
