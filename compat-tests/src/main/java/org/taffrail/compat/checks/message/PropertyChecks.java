// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.TextMessage;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Elements;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Properties: setting, iterating and clearing them, and when they are read-only. */
final class PropertyChecks {
    private static final Set<String> HEADER_FIELDS =
            Set.of(
                    "JMSDestination",
                    "JMSDeliveryMode",
                    "JMSMessageID",
                    "JMSTimestamp",
                    "JMSCorrelationID",
                    "JMSReplyTo",
                    "JMSRedelivered",
                    "JMSType",
                    "JMSExpiration",
                    "JMSPriority",
                    "JMSDeliveryTime");

    /** Returns the names that are not the provider's own. */
    private static Set<Object> names(Message message) throws JMSException {
        Set<Object> names = new HashSet<>(Elements.of(message.getPropertyNames()));
        names.removeIf(name -> isProvided((String) name));
        return names;
    }

    private static boolean isProvided(String name) {
        return name.startsWith("JMSX") || name.startsWith("JMS_");
    }

    @Check(
            section = "3.5.5",
            says = "setObjectProperty with any other class throws MessageFormatException.")
    void refusesOtherClasses(Scene scene) throws JMSException {
        Message message = scene.session().createMessage();

        for (Object value :
                new Object[] {
                    'c',
                    new byte[] {1},
                    new BigDecimal("1"),
                    new Date(0),
                    new ArrayList<>(),
                    new StringBuilder("x"),
                    new Object()
                }) {
            Expect.refused(
                    MessageFormatException.class,
                    "setObjectProperty of a " + value.getClass().getSimpleName(),
                    () -> message.setObjectProperty("p", value));
        }
        Expect.equal(false, message.propertyExists("p"), "propertyExists after the refusals");
    }

    @Check(
            section = "3.5.5",
            says = "getObjectProperty returns null where there is no such property.")
    void hasNoObjectByDefault(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        for (Message each : List.of(trip.of(message), message)) {
            Expect.isNull(each.getObjectProperty("none"), "getObjectProperty");
            Expect.isNull(each.getStringProperty("none"), "getStringProperty");
        }
    }

    @Check(
            section = "api:Message.propertyExists",
            says = "propertyExists is true for properties that were set, and for no others.")
    void tellsWhetherAPropertyExists(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setStringProperty("set", "x");

        for (Message each : List.of(trip.of(message), message)) {
            Expect.equal(true, each.propertyExists("set"), "propertyExists(\"set\")");
            Expect.equal(false, each.propertyExists("Set"), "propertyExists(\"Set\")");
            Expect.equal(false, each.propertyExists("none"), "propertyExists(\"none\")");
        }
    }

    @Check(section = "3.5.6", says = "getPropertyNames returns the names of all properties.")
    void listsNames(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        Expect.equal(Set.of(), names(message), "the names in a new message");
        Set<String> wanted = new HashSet<>();
        for (String setter : PropertySetters.ALL.keySet()) {
            PropertySetters.ALL.get(setter).set(message, setter);
            wanted.add(setter);
        }

        Expect.equal(wanted, names(message), "the names before the send");
        Message received = trip.of(message);
        Expect.equal(wanted, names(received), "the received names");
    }

    @Check(section = "3.5.6", says = "getPropertyNames does not return the names of header fields.")
    void listsNoHeaderFields(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setJMSType("type");
        message.setJMSCorrelationID("correlation");
        message.setJMSReplyTo(trip.queue());
        trip.producer().setTimeToLive(60_000);

        for (Message each : List.of(trip.of(message), message)) {
            for (Object name : names(each)) {
                Expect.that(!HEADER_FIELDS.contains(name), "getPropertyNames returned " + name);
            }
        }
    }

    @Check(
            section = "api:Message.setObjectProperty",
            says = "The value that was set last is the property's value.")
    void replacesValues(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        message.setIntProperty("p", 1);
        message.setStringProperty("p", "two");

        for (Message each : List.of(trip.of(message), message)) {
            Expect.equal("two", each.getObjectProperty("p"), "the property");
        }
    }

    @Check(
            section = "3.5.2",
            says = "A String property keeps any text: empty, long, in any script.")
    void keepsAnyText(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        List<String> texts =
                List.of("", " ", "\u0000\u0001", "l\u00e9gende \ud83d\ude00", "x".repeat(70_000));
        for (int i = 0; i < texts.size(); i++) {
            message.setStringProperty("p" + i, texts.get(i));
        }

        Message received = trip.of(message);

        for (int i = 0; i < texts.size(); i++) {
            Expect.equal(texts.get(i), received.getStringProperty("p" + i), "property " + i);
        }
    }

    @Check(
            section = "3.5.2",
            says = "A message can have many properties.",
            strength = Strength.COMMON_PRACTICE)
    void keepsManyProperties(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        int count = 2_000;
        for (int i = 0; i < count; i++) {
            message.setIntProperty("p" + i, i);
        }

        Message received = trip.of(message);

        for (int i = 0; i < count; i++) {
            Expect.equal(i, received.getObjectProperty("p" + i), "property " + i);
        }
    }

    @Check(section = "3.5.7", says = "clearProperties leaves a message without properties.")
    void clears(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setStringProperty("p", "x");

        message.clearProperties();

        Expect.equal(Set.of(), names(message), "the names");
        Expect.equal(false, message.propertyExists("p"), "propertyExists");
        Expect.isNull(message.getObjectProperty("p"), "the property");
        Expect.equal(false, trip.of(message).propertyExists("p"), "propertyExists as received");
    }

    @Check(
            section = "3.5.7",
            says = "After clearProperties new properties can be set and read, also when received.")
    void writesAfterClearing(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setStringProperty("old", "x");

        for (Message each : List.of(trip.of(message), message)) {
            each.clearProperties();
            for (String setter : PropertySetters.ALL.keySet()) {
                PropertySetters.ALL.get(setter).set(each, setter);
                Expect.notNull(each.getObjectProperty(setter), "what " + setter + " has set");
            }
            Expect.isNull(each.getStringProperty("old"), "the old property");
        }
    }

    @Check(section = "3.5.7", says = "clearProperties does not clear the body.")
    void keepsTheBody(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage message = trip.session().createTextMessage("body");
        message.setStringProperty("p", "x");

        for (TextMessage each : List.of(trip.of(TextMessage.class, message), message)) {
            each.clearProperties();
            Expect.equal("body", each.getText(), "the body");
        }
    }

    @Check(
            section = "api:Message.clearProperties",
            says = "clearProperties does not clear the header fields.")
    void keepsTheHeader(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setJMSType("type");
        message.setJMSCorrelationID("correlation");
        message.setJMSReplyTo(trip.queue());

        for (Message each : List.of(trip.of(message), message)) {
            String id = each.getJMSMessageID();
            each.clearProperties();
            Expect.equal("type", each.getJMSType(), "JMSType");
            Expect.equal("correlation", each.getJMSCorrelationID(), "JMSCorrelationID");
            Destinations.same(trip.queue(), each.getJMSReplyTo(), "JMSReplyTo");
            Destinations.same(trip.queue(), each.getJMSDestination(), "JMSDestination");
            Expect.equal(id, each.getJMSMessageID(), "JMSMessageID");
        }
    }

    @Check(section = "3.11.1", says = "clearBody does not clear the properties.")
    void surviveClearBody(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage message = trip.session().createTextMessage("body");
        message.setStringProperty("p", "x");

        for (Message each : List.of(trip.of(message), message)) {
            each.clearBody();
            Expect.equal("x", each.getStringProperty("p"), "the property");
        }
    }

    @Check(
            section = "3.5.3",
            says = "Setting a property of a received message throws MessageNotWriteableException.")
    void isReadOnlyWhenReceived(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setStringProperty("p", "old");
        Message received = trip.of(message);

        for (String name : List.of("p", "q")) {
            PropertySetters.ALL.forEach(
                    (setter, property) ->
                            Expect.refused(
                                    MessageNotWriteableException.class,
                                    setter + " on a received message",
                                    () -> property.set(received, name)));
        }

        Expect.equal("old", received.getObjectProperty("p"), "the property after the refusals");
        Expect.equal(false, received.propertyExists("q"), "propertyExists after the refusals");
    }

    @Check(
            section = "3.11.1",
            says = "After clearBody the properties of a received message are still read-only.",
            strength = Strength.COMMON_PRACTICE)
    void staysReadOnlyAfterClearBody(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message received = trip.of(trip.session().createTextMessage("x"));

        received.clearBody();

        Expect.refused(
                MessageNotWriteableException.class,
                "setStringProperty after clearBody",
                () -> received.setStringProperty("p", "x"));
    }

    @Check(
            section = "3.9",
            says = "The sender can go on setting properties of a message that it has sent.")
    void isWriteableAfterTheSend(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        for (String setter : PropertySetters.ALL.keySet()) {
            trip.of(message);
            PropertySetters.ALL.get(setter).set(message, setter);
        }

        Expect.equal(PropertySetters.ALL.keySet(), names(message), "the names after as many sends");
    }
}
