// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Elements;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.UnsupportedFacilityException;

import java.util.List;
import java.util.Set;

/** The properties that begin with JMSX, and those that begin with JMS_. */
final class DefinedPropertyChecks {
    private static final Set<String> DEFINED =
            Set.of(
                    "JMSXUserID",
                    "JMSXAppID",
                    "JMSXDeliveryCount",
                    "JMSXGroupID",
                    "JMSXGroupSeq",
                    "JMSXProducerTXID",
                    "JMSXConsumerTXID",
                    "JMSXRcvTimestamp",
                    "JMSXState");

    /** Asks for what a provider sets only on request; a check begins with it. */
    private static void ask(Scene scene) {
        scene.useFactory("definedPropertiesFactory");
    }

    private static List<?> supported(Scene scene) throws JMSException {
        return Elements.of(scene.connect().getMetaData().getJMSXPropertyNames());
    }

    @Check(
            section = "3.5.9",
            says =
                    "The connection names JMSXDeliveryCount, JMSXGroupID and JMSXGroupSeq as"
                            + " supported.")
    void supportsTheMandatory(Scene scene) throws JMSException {
        List<?> supported = supported(scene);

        for (String name : List.of("JMSXDeliveryCount", "JMSXGroupID", "JMSXGroupSeq")) {
            Expect.that(supported.contains(name), "getJMSXPropertyNames lacks " + name);
        }
    }

    @Check(
            section = "3.5.9",
            says = "The JMSX names that a connection supports are written as the table has them.")
    void spellsNamesAsDefined(Scene scene) throws JMSException {
        ask(scene);
        for (Object name : supported(scene)) {
            boolean other =
                    DEFINED.stream().anyMatch(each -> each.equalsIgnoreCase((String) name))
                            && !DEFINED.contains(name);
            Expect.that(!other, "getJMSXPropertyNames has another case: " + name);
        }
    }

    @Check(section = "3.5.9", says = "A client can set JMSXGroupID, and the receiver sees it.")
    void carriesTheGroup(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setStringProperty("JMSXGroupID", "group \u20ac");

        for (Message each : List.of(trip.of(message), message)) {
            Expect.equal("group \u20ac", each.getObjectProperty("JMSXGroupID"), "JMSXGroupID");
            Expect.equal(true, each.propertyExists("JMSXGroupID"), "propertyExists");
            Expect.that(
                    Elements.of(each.getPropertyNames()).contains("JMSXGroupID"),
                    "getPropertyNames lacks JMSXGroupID");
        }
    }

    @Check(section = "3.5.9", says = "A client can set JMSXGroupSeq, and the receiver sees an int.")
    void carriesThePlaceInTheGroup(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        message.setStringProperty("JMSXGroupID", "group");
        message.setIntProperty("JMSXGroupSeq", 3);

        for (Message each : List.of(trip.of(message), message)) {
            Expect.equal(3, each.getObjectProperty("JMSXGroupSeq"), "JMSXGroupSeq");
            Expect.equal(3, each.getIntProperty("JMSXGroupSeq"), "JMSXGroupSeq");
        }
    }

    @Check(
            section = "3.5.9",
            says =
                    "Where JMSXRcvTimestamp is supported, it is set when a message is received: a long.")
    void receivesATimestamp(Scene scene) throws JMSException {
        onlyWhere("JMSXRcvTimestamp", scene);
        RoundTrip trip = RoundTrip.on(scene);

        Message received = trip.of(trip.session().createMessage());

        Expect.type(Long.class, received.getObjectProperty("JMSXRcvTimestamp"), "JMSXRcvTimestamp");
    }

    @Check(
            section = "3.5.9",
            says =
                    "Where JMSXUserID is set on send, the sender and the consumer see the same"
                            + " text.")
    void showsTheUserToBoth(Scene scene) throws JMSException {
        showsToBoth("JMSXUserID", scene);
    }

    @Check(
            section = "3.5.9",
            says =
                    "Where JMSXAppID is set on send, the sender and the consumer see the same"
                            + " text.")
    void showsTheApplicationToBoth(Scene scene) throws JMSException {
        showsToBoth("JMSXAppID", scene);
    }

    private static void showsToBoth(String name, Scene scene) throws JMSException {
        onlyWhere(name, scene);
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();

        Message received = trip.of(message);

        if (received.propertyExists(name)) {
            Expect.type(String.class, received.getObjectProperty(name), name);
            Expect.equal(
                    received.getStringProperty(name),
                    message.getStringProperty(name),
                    name + " after send");
        }
    }

    private static void onlyWhere(String name, Scene scene) throws JMSException {
        ask(scene);
        if (!supported(scene).contains(name)) {
            throw new UnsupportedFacilityException("the connection does not support " + name);
        }
    }
}
