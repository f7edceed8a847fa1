// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.MessageNotWriteableRuntimeException;
import jakarta.jms.Queue;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.Iterator;
import java.util.Set;

/** The properties that are set on a producer of the simplified API. */
final class JmsProducerPropertyChecks {
    /** Something that is set or asked under a name. */
    @FunctionalInterface
    private interface Named {
        void call(JMSProducer producer, String name);
    }

    @Check(
            section = "7.5",
            says = "Properties of each type set on a JMSProducer are on what it sends.")
    void sendsItsProperties(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();

        context.createProducer()
                .setProperty("aBoolean", true)
                .setProperty("aByte", (byte) 1)
                .setProperty("aShort", (short) 2)
                .setProperty("anInt", 3)
                .setProperty("aLong", 4L)
                .setProperty("aFloat", 5.5f)
                .setProperty("aDouble", 6.5d)
                .setProperty("aString", "seven")
                .setProperty("anObject", (Object) Integer.valueOf(8))
                .send(queue, "one");

        Message received = scene.receive(context.createConsumer(queue));
        Expect.equal(true, received.getObjectProperty("aBoolean"), "the boolean");
        Expect.equal((byte) 1, received.getObjectProperty("aByte"), "the byte");
        Expect.equal((short) 2, received.getObjectProperty("aShort"), "the short");
        Expect.equal(3, received.getObjectProperty("anInt"), "the int");
        Expect.equal(4L, received.getObjectProperty("aLong"), "the long");
        Expect.equal(5.5f, received.getObjectProperty("aFloat"), "the float");
        Expect.equal(6.5d, received.getObjectProperty("aDouble"), "the double");
        Expect.equal("seven", received.getObjectProperty("aString"), "the string");
        Expect.equal(8, received.getObjectProperty("anObject"), "the object");
    }

    @Check(section = "7.5", says = "Properties of a JMSProducer override those of the message.")
    void overridesTheMessages(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Message message = context.createMessage();
        message.setStringProperty("both", "the message's");
        message.setStringProperty("own", "the message's");

        context.createProducer().setProperty("both", "the producer's").send(queue, message);

        Message received = scene.receive(context.createConsumer(queue));
        Expect.equal("the producer's", received.getStringProperty("both"), "the one of both");
        Expect.equal("the message's", received.getStringProperty("own"), "the message's own");
    }

    @Check(
            section = "api:JMSProducer.send",
            says =
                    "A JMSProducer with properties refuses a message whose properties are read-only, with"
                            + " MessageNotWriteableRuntimeException.")
    void refusesMessagesItCannotWriteTo(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        context.createProducer().send(queue, "one");
        Message received = scene.receive(context.createConsumer(queue));
        JMSProducer producer = context.createProducer().setProperty("name", "value");

        Expect.refused(
                MessageNotWriteableRuntimeException.class,
                "send of a received message",
                () -> producer.send(queue, received));
    }

    @Check(
            section = "api:JMSProducer.clearProperties",
            says = "Cleared properties are no longer on what a JMSProducer sends.")
    void sendsNoClearedProperties(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();

        context.createProducer().setProperty("name", "value").clearProperties().send(queue, "one");

        Message received = scene.receive(context.createConsumer(queue));
        Expect.that(!received.propertyExists("name"), "the property is there");
    }

    @Check(
            section = "api:JMSProducer.propertyExists",
            says = "A JMSProducer tells which properties are set on it.")
    void tellsItsProperties(Scene scene) throws JMSException {
        JMSProducer producer = scene.context().createProducer();

        producer.setProperty("one", 1).setProperty("two", 2);

        Expect.equal(Set.of("one", "two"), producer.getPropertyNames(), "the names");
        Expect.that(producer.propertyExists("one"), "one is not there");
        Expect.that(!producer.propertyExists("three"), "three is there");
        Expect.isNull(producer.getObjectProperty("three"), "the one that is not set");
    }

    @Check(
            section = "api:JMSProducer.getPropertyNames",
            says = "The set of property names can't be modified.")
    void protectsTheSetOfNames(Scene scene) throws JMSException {
        JMSProducer producer = scene.context().createProducer().setProperty("one", 1);
        Set<String> names = producer.getPropertyNames();
        Iterator<String> each = names.iterator();
        each.next();

        Expect.refused(
                UnsupportedOperationException.class, "add to the set", () -> names.add("two"));
        Expect.refused(UnsupportedOperationException.class, "clear the set", names::clear);
        Expect.refused(UnsupportedOperationException.class, "remove by its iterator", each::remove);
        Expect.that(producer.propertyExists("one"), "the property is gone");
    }

    @Check(
            section = "api:JMSProducer.getPropertyNames",
            says = "The set of property names shows what is set later.")
    void keepsTheSetOfNamesUpToDate(Scene scene) throws JMSException {
        JMSProducer producer = scene.context().createProducer().setProperty("one", 1);
        Set<String> names = producer.getPropertyNames();

        producer.setProperty("two", 2);

        Expect.equal(Set.of("one", "two"), names, "the names");
    }

    @Check(
            section = "api:JMSProducer.getIntProperty",
            says = "A JMSProducer converts its properties as a message does.")
    void convertsItsProperties(Scene scene) throws JMSException {
        JMSProducer producer =
                scene.context()
                        .createProducer()
                        .setProperty("aBoolean", true)
                        .setProperty("aByte", (byte) 1)
                        .setProperty("anInt", 3)
                        .setProperty("aFloat", 5.5f)
                        .setProperty("aNumber", "42");

        Expect.equal("true", producer.getStringProperty("aBoolean"), "a boolean as text");
        Expect.equal((short) 1, producer.getShortProperty("aByte"), "a byte as short");
        Expect.equal(1, producer.getIntProperty("aByte"), "a byte as int");
        Expect.equal(3L, producer.getLongProperty("anInt"), "an int as long");
        Expect.equal(5.5d, producer.getDoubleProperty("aFloat"), "a float as double");
        Expect.equal((byte) 42, producer.getByteProperty("aNumber"), "a text as byte");
        Expect.equal(42L, producer.getLongProperty("aNumber"), "a text as long");
        Expect.equal(42f, producer.getFloatProperty("aNumber"), "a text as float");
    }

    @Check(
            section = "api:JMSProducer.getByteProperty",
            says =
                    "A conversion that loses something is refused with MessageFormatRuntimeException.")
    void refusesImpossibleConversions(Scene scene) throws JMSException {
        JMSProducer producer =
                scene.context()
                        .createProducer()
                        .setProperty("aBoolean", true)
                        .setProperty("anInt", 3)
                        .setProperty("aDouble", 6.5d);

        Expect.refused(
                MessageFormatRuntimeException.class,
                "an int as byte",
                () -> producer.getByteProperty("anInt"));
        Expect.refused(
                MessageFormatRuntimeException.class,
                "a boolean as int",
                () -> producer.getIntProperty("aBoolean"));
        Expect.refused(
                MessageFormatRuntimeException.class,
                "a double as float",
                () -> producer.getFloatProperty("aDouble"));
        Expect.refused(
                MessageFormatRuntimeException.class,
                "an int as boolean",
                () -> producer.getBooleanProperty("anInt"));
    }

    @Check(
            section = "api:JMSProducer.setProperty",
            says =
                    "A property needs a name: null and the empty string are IllegalArgumentExceptions.")
    void refusesNoName(Scene scene) throws JMSException {
        JMSProducer producer = scene.context().createProducer();
        Named[] setters = {
            (p, name) -> p.setProperty(name, true),
            (p, name) -> p.setProperty(name, (byte) 1),
            (p, name) -> p.setProperty(name, (short) 1),
            (p, name) -> p.setProperty(name, 1),
            (p, name) -> p.setProperty(name, 1L),
            (p, name) -> p.setProperty(name, 1f),
            (p, name) -> p.setProperty(name, 1d),
            (p, name) -> p.setProperty(name, "value"),
            (p, name) -> p.setProperty(name, (Object) "value")
        };

        for (int i = 0; i < setters.length; i++) {
            Named setter = setters[i];
            Expect.refused(
                    IllegalArgumentException.class,
                    "setter " + i + " with null",
                    () -> setter.call(producer, null));
            Expect.refused(
                    IllegalArgumentException.class,
                    "setter " + i + " with an empty name",
                    () -> setter.call(producer, ""));
        }
    }

    @Check(
            section = "3.5.1",
            says =
                    "A property's name is an identifier of the selector language; others are refused.",
            strength = Strength.COMMON_PRACTICE)
    void refusesImpossibleNames(Scene scene) throws JMSException {
        JMSProducer producer = scene.context().createProducer();

        for (String name : new String[] {"1st", "a-b", "a b", "NULL", "true", "LIKE"}) {
            // Providers differ in the exception, and in whether the setter or the send says so.
            Expect.refused(
                    RuntimeException.class,
                    "a property called " + name,
                    () -> producer.setProperty(name, 1).send(scene.queue(), "one"));
            producer.clearProperties();
        }
    }

    @Check(
            section = "api:JMSProducer.setProperty",
            says =
                    "An object that no property can hold is refused with MessageFormatRuntimeException.")
    void refusesImpossibleObjects(Scene scene) throws JMSException {
        JMSProducer producer = scene.context().createProducer();

        Expect.refused(
                MessageFormatRuntimeException.class,
                "setProperty of an Object",
                () -> producer.setProperty("name", new Object()));
        Expect.refused(
                JMSRuntimeException.class,
                "setProperty of bytes",
                () -> producer.setProperty("name", (Object) new byte[1]));
    }
}
