// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;

/** Null values in selectors. */
final class SelectorNullChecks {
    private static Selection oneAndNone(Scene scene) {
        return Selection.on(scene).value("one", 1).message("none", message -> {});
    }

    @Check(
            section = "3.8.1.1",
            says = "IS NULL is true for a missing property, and false for others.")
    void tellsNull(Scene scene) throws JMSException {
        oneAndNone(scene).selects("it IS NULL", "none").selects("NOT (it IS NULL)", "one").verify();
    }

    @Check(section = "3.8.1.1", says = "IS NOT NULL is true for a property that is there.")
    void tellsNotNull(Scene scene) throws JMSException {
        oneAndNone(scene)
                .selects("it IS NOT NULL", "one")
                .selects("NOT (it IS NOT NULL)", "none")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "A property of any type is not null.")
    void tellsNotNullOfAllTypes(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("boolean", false)
                .value("int", 0)
                .value("double", 0.0)
                .value("text", "")
                .selectAll("it IS NOT NULL")
                .selectNothing("it IS NULL")
                .verify();
    }

    @Check(section = "3.5.8", says = "A property that was set to null is null in a selector.")
    void tellsNullThatWasSet(Scene scene) throws JMSException {
        Selection.on(scene)
                .message("null", message -> message.setStringProperty("it", null))
                .message("set", message -> message.setStringProperty("it", "x"))
                .selects("it IS NULL", "null")
                .selects("it IS NOT NULL", "set")
                .verify();
    }

    @Check(
            section = "3.8.1.2",
            says = "Comparison with a null value is unknown, and so its negation.")
    void comparesToUnknown(Scene scene) throws JMSException {
        oneAndNone(scene)
                .selects("it = 1", "one")
                .selects("it <> 1")
                .selects("it <> 2", "one")
                .selects("it < 2", "one")
                .selects("NOT (it = 1)")
                .selects("NOT (it = 2)", "one")
                .verify();
    }

    @Check(section = "3.8.1.2", says = "Two null values are not equal, and not unequal.")
    void comparesNullsToUnknown(Scene scene) throws JMSException {
        oneAndNone(scene)
                .selectNothing("x = y", "x <> y", "NOT (x = y)", "x = x", "it = x", "it <> x")
                .verify();
    }

    @Check(section = "3.8.1.2", says = "Arithmetic with a null value is unknown.")
    void calculatesToUnknown(Scene scene) throws JMSException {
        oneAndNone(scene)
                .selectNothing("x + 1 = 1", "x * 0 = 0", "NOT (x + 1 = 5)", "-x = 0", "it + x = 1")
                .selects("x + 1 = 1 OR it = 1", "one")
                .verify();
    }

    @Check(
            section = "3.8.1.2",
            says = "A selector that is unknown for a message does not select it.")
    void doesNotSelectTheUnknown(Scene scene) throws JMSException {
        oneAndNone(scene).selectNothing("x", "NOT x", "x AND x", "x OR x").verify();
    }

    @Check(section = "3.8.1.2", says = "BETWEEN with a null value is unknown, and so NOT BETWEEN.")
    void isUnknownBetween(Scene scene) throws JMSException {
        oneAndNone(scene)
                .selects("it BETWEEN 0 AND 2", "one")
                .selects("it NOT BETWEEN 5 AND 6", "one")
                .selectNothing("it BETWEEN x AND 2", "it BETWEEN 0 AND x", "x BETWEEN 0 AND 2")
                .selectNothing("x NOT BETWEEN 0 AND 2")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "IN and NOT IN with a null value are unknown.")
    void isUnknownIn(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("UK", "UK")
                .message("none", message -> {})
                .selects("it IN ('UK', 'US')", "UK")
                .selects("it NOT IN ('US')", "UK")
                .selectNothing("it NOT IN ('UK')", "NOT (it IN ('UK'))", "NOT (it NOT IN ('US'))")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "LIKE and NOT LIKE with a null value are unknown.")
    void isUnknownLike(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("text", "text")
                .message("none", message -> {})
                .selects("it LIKE '%'", "text")
                .selects("it NOT LIKE 'x'", "text")
                .selectNothing("it NOT LIKE '%'", "NOT (it LIKE '%')")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "BETWEEN with one null bound is what its two comparisons are together.")
    void comparesWithOneBound(Scene scene) throws JMSException {
        oneAndNone(scene)
                .selects("it NOT BETWEEN 5 AND x", "one")
                .selects("NOT (it BETWEEN x AND 0)", "one")
                .selectNothing("it NOT BETWEEN x AND 5", "NOT (it BETWEEN 0 AND x)")
                .verify();
    }
}
