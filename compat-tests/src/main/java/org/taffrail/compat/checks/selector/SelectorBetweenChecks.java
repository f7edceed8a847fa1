// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;

/** BETWEEN in selectors. */
final class SelectorBetweenChecks {
    private static Selection ages(Scene scene) {
        return Selection.on(scene)
                .message("14", message -> message.setIntProperty("age", 14))
                .message("15", message -> message.setIntProperty("age", 15))
                .message("17", message -> message.setIntProperty("age", 17))
                .message("19", message -> message.setIntProperty("age", 19))
                .message("20", message -> message.setIntProperty("age", 20));
    }

    @Check(section = "3.8.1.1", says = "BETWEEN includes both bounds.")
    void includesBounds(Scene scene) throws JMSException {
        ages(scene)
                .selects("age BETWEEN 15 AND 19", "15", "17", "19")
                .selects("age BETWEEN 17 AND 17", "17")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "NOT BETWEEN selects what is below or above the bounds.")
    void isNegated(Scene scene) throws JMSException {
        ages(scene)
                .selects("age NOT BETWEEN 15 AND 19", "14", "20")
                .selects("NOT (age BETWEEN 15 AND 19)", "14", "20")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "BETWEEN with bounds the wrong way round selects nothing.")
    void doesNotSwapBounds(Scene scene) throws JMSException {
        ages(scene)
                .selects("age BETWEEN 19 AND 15")
                .selects("age NOT BETWEEN 19 AND 15", "14", "15", "17", "19", "20")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "The bounds of BETWEEN can be arithmetic and properties.")
    void takesExpressions(Scene scene) throws JMSException {
        ages(scene)
                .selects("age BETWEEN 3 * 5 AND 20 - 1", "15", "17", "19")
                .selects("age + 1 BETWEEN 15 AND 16", "14", "15")
                .selects("17 BETWEEN age AND age + 2", "15", "17")
                .selects("age BETWEEN 14.5 AND 17.5", "15", "17")
                .selects("-age BETWEEN -15 AND -14", "14", "15")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "The AND of BETWEEN is not the logical AND.")
    void bindsItsAnd(Scene scene) throws JMSException {
        ages(scene)
                .selects("age BETWEEN 15 AND 19 AND age <> 17", "15", "19")
                .selects("age = 14 OR age BETWEEN 19 AND 20", "14", "19", "20")
                .selects("age > 15 AND age BETWEEN 14 AND 17", "17")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "BETWEEN is never true of a text.")
    void ignoresTexts(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("text", "15")
                .value("number", 15)
                .selects("it BETWEEN 1 AND 20", "number")
                .verify();
    }
}
