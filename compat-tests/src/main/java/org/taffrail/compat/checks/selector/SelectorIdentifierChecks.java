// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;

import java.util.List;

/** Identifiers in selectors: names of properties. */
final class SelectorIdentifierChecks {
    private static void named(Scene scene, List<String> names) throws JMSException {
        Selection selection = Selection.on(scene);
        for (String name : names) {
            selection
                    .message(name, message -> message.setStringProperty(name, "yes"))
                    .selects(name + " = 'yes'", name);
        }
        selection.verify();
    }

    @Check(section = "3.8.1.1", says = "An identifier begins with a letter, '_' or '$'.")
    void beginsAsInJava(Scene scene) throws JMSException {
        named(scene, List.of("a", "Z", "_", "$", "_9", "$9", "\u00e9t\u00e9", "\u4ef7\u683c"));
    }

    @Check(section = "3.8.1.1", says = "An identifier goes on with letters, digits, '_' and '$'.")
    void goesOnAsInJava(Scene scene) throws JMSException {
        named(scene, List.of("a1", "a_b", "a$b", "p\u0661", "stra\u00dfe"));
    }

    @Check(section = "3.8.1.1", says = "An identifier can be of any length.")
    void isOfAnyLength(Scene scene) throws JMSException {
        named(scene, List.of("p".repeat(300), "q".repeat(1000)));
    }

    @Check(section = "3.8.1.1", says = "An identifier can begin with a word of the language.")
    void beginsWithAWord(Scene scene) throws JMSException {
        named(
                scene,
                List.of(
                        "NULLable",
                        "TRUEish",
                        "order",
                        "android",
                        "notable",
                        "INside",
                        "isNull",
                        "likely",
                        "betweenIt",
                        "escaped",
                        "E5",
                        "L"));
    }

    @Check(section = "3.8.1.1", says = "Identifiers are case sensitive.")
    void tellsCase(Scene scene) throws JMSException {
        Selection.on(scene)
                .message("lower", message -> message.setStringProperty("price", "yes"))
                .message("upper", message -> message.setStringProperty("PRICE", "yes"))
                .selects("price = 'yes'", "lower")
                .selects("PRICE = 'yes'", "upper")
                .selects("Price = 'yes'")
                .selects("Price IS NULL", "lower", "upper")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "A String property is not converted: it never equals or exceeds a number.")
    void doesNotConvertTexts(Scene scene) throws JMSException {
        Selection.on(scene)
                .message("text", message -> message.setStringProperty("NumberOfOrders", "2"))
                .message("number", message -> message.setIntProperty("NumberOfOrders", 2))
                .selects("NumberOfOrders > 1", "number")
                .selects("NumberOfOrders = 2", "number")
                .selects("NumberOfOrders = '2'", "text")
                .selects("NumberOfOrders BETWEEN 1 AND 3", "number")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "A property's type in a selector is the type that it was set with.")
    void keepsTypes(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("boolean", true)
                .value("text", "true")
                .value("number", 1)
                .selects("it = TRUE", "boolean")
                .selects("it = 'true'", "text")
                .selects("it = 1", "number")
                .selects("it", "boolean")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "A boolean property alone is a condition.")
    void isACondition(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("true", true)
                .value("false", false)
                .message("none", message -> {})
                .selects("it", "true")
                .selects("NOT it", "false")
                .selects("(it)", "true")
                .selects("it AND it", "true")
                .selects("it OR NOT it", "true", "false")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Properties of all numeric types can be compared.")
    void comparesAllNumbers(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("byte", (byte) 5)
                .value("short", (short) 5)
                .value("int", 5)
                .value("long", 5L)
                .value("float", 5f)
                .value("double", 5.0)
                .selectAll("it = 5", "it = 5.0", "it > 4", "it < 5.5", "it <> 6", "it >= 5")
                .verify();
    }

    @Check(
            section = "3.5.9",
            says = "JMSX properties can be named in selectors, whether they are supported or not.")
    void namesDefinedProperties(Scene scene) throws JMSException {
        Selection.on(scene)
                .message(
                        "grouped",
                        message -> {
                            message.setStringProperty("JMSXGroupID", "g");
                            message.setIntProperty("JMSXGroupSeq", 2);
                        })
                .message("plain", message -> {})
                .selects("JMSXGroupID = 'g'", "grouped")
                .selects("JMSXGroupID IS NULL", "plain")
                .selects("JMSXGroupSeq > 1", "grouped")
                .selects("JMSXState IS NULL", "grouped", "plain")
                .selects("JMSXProducerTXID = 'x'")
                .selects("JMSXUserID = 'nobody of this name'")
                .selects("JMSXAppID = 'nothing of this name'")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says =
                    "Names that begin with JMS_ can be named in selectors, and are null if not"
                            + " set.")
    void namesVendorProperties(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("plain", 1)
                .selects("JMS_nobody_property IS NULL", "plain")
                .selects("JMS_nobody_property = 1")
                .verify();
    }

    @Check(section = "3.8.1", says = "A selector does not see values in the body.")
    void doesNotSeeBodies(Scene scene) throws JMSException {
        var session = scene.session();
        var topic = scene.topic();
        var absent = session.createConsumer(topic, "color IS NULL");
        var map = session.createMapMessage();
        map.setString("color", "blue");

        session.createProducer(topic).send(map);

        scene.receive(absent);
    }

    @Check(
            section = "3.8.1",
            says = "A selector sees the properties as they were when the message was sent.")
    void seesWhatWasSent(Scene scene) throws JMSException {
        var session = scene.session();
        var queue = scene.queue();
        var message = session.createTextMessage("it");
        message.setStringProperty("color", "blue");
        session.createProducer(queue).send(message);

        message.setStringProperty("color", "red");

        scene.texts(session.createConsumer(queue, "color = 'blue'"), 1);
    }
}
