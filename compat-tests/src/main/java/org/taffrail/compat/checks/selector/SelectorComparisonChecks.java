// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;

import java.util.List;

/** Comparisons in selectors. */
final class SelectorComparisonChecks {
    @Check(section = "3.8.1.1", says = "Numbers are compared by =, >, >=, <, <= and <>.")
    void comparesNumbers(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("-1", -1)
                .value("0", 0)
                .value("1", 1)
                .selects("it = 0", "0")
                .selects("it > 0", "1")
                .selects("it >= 0", "0", "1")
                .selects("it < 0", "-1")
                .selects("it <= 0", "-1", "0")
                .selects("it <> 0", "-1", "1")
                .selects("0 < it", "1")
                .selects("0 = it", "0")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "Exact and approximate numbers are compared as Java compares them.")
    void comparesExactWithApproximate(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("int", 2)
                .value("double", 2.5)
                .value("float", 2.25f)
                .selects("it = 2.0", "int")
                .selects("it > 2", "double", "float")
                .selects("it < 2.3", "int", "float")
                .selects("it = 2.25", "float")
                .selects("it >= 2.5", "double")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Two properties can be compared with each other.")
    void comparesProperties(Scene scene) throws JMSException {
        Selection.on(scene)
                .message(
                        "less",
                        message -> {
                            message.setIntProperty("a", 1);
                            message.setLongProperty("b", 2);
                        })
                .message(
                        "same",
                        message -> {
                            message.setStringProperty("a", "x");
                            message.setStringProperty("b", "x");
                        })
                .selects("a < b", "less")
                .selects("a = b", "same")
                .selects("a <> b", "less")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Texts are equal only if they have the same characters.")
    void comparesTexts(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("blue", "blue")
                .value("Blue", "Blue")
                .value("blue ", "blue ")
                .selects("it = 'blue'", "blue")
                .selects("'blue' = it", "blue")
                .selects("it <> 'blue'", "Blue", "blue ")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Booleans are compared by = and <>.")
    void comparesBooleans(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("true", true)
                .value("false", false)
                .selects("it = TRUE", "true")
                .selects("it <> TRUE", "false")
                .selects("TRUE = it", "true")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "Comparing values of unlike types is false, or the selector is refused.")
    void isFalseForUnlikeTypes(Scene scene) throws JMSException {
        selectNothing(scene, "it = '5'", "it = TRUE", "it = 'true'");
    }

    @Check(
            section = "3.8.1.1",
            says = "Values of unlike types are not unequal either: <> is false, or refused.")
    void isNotUnequalForUnlikeTypes(Scene scene) throws JMSException {
        selectNothing(scene, "it <> '5'", "it <> TRUE");
    }

    private static void selectNothing(Scene scene, String... selectors) throws JMSException {
        for (String selector : selectors) {
            if (isTaken(scene, selector)) {
                Selection.on(scene).value("number", 5).selects(selector).verify();
            }
        }
    }

    @Check(
            section = "3.8.1.1",
            says = "A comparison of unlike types is false, not unknown: NOT makes it true.")
    void isNegatedForUnlikeTypes(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("number", 5)
                .value("text", "5")
                .selects("NOT (it = '5')", "number")
                .selects("NOT (it = 5)", "text")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "Texts and booleans are not ordered: > and < never select by them.")
    void doesNotOrderTexts(Scene scene) throws JMSException {
        for (String selector : List.of("it > 'a'", "it < 'z'", "it >= 'b'", "it <= TRUE")) {
            if (isTaken(scene, selector)) {
                Selection.on(scene)
                        .value("text", "b")
                        .value("boolean", true)
                        .selects(selector)
                        .verify();
            }
        }
    }

    /** A provider may check types when a selector is presented. */
    private static boolean isTaken(Scene scene, String selector) throws JMSException {
        try {
            scene.session().createConsumer(scene.topic(), selector).close();
            return true;
        } catch (InvalidSelectorException e) {
            return false;
        }
    }

    @Check(section = "3.8.1.1", says = "Large longs are compared exactly.")
    void comparesLongsExactly(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("max", Long.MAX_VALUE)
                .value("less", Long.MAX_VALUE - 1)
                .selects("it > 9223372036854775806", "max")
                .selects("it < 9223372036854775807", "less")
                .selects("it <> 9223372036854775807", "less")
                .verify();
    }
}
