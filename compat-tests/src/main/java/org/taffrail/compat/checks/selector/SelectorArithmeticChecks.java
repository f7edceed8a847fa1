// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

/** Arithmetic in selectors. */
final class SelectorArithmeticChecks {
    /** Begins a table whose message has the integers a = 7, b = 2 and the approximate d = 0.5. */
    private static Selection numbers(Scene scene) {
        return Selection.on(scene).message("it", SelectorArithmeticChecks::fill);
    }

    private static void fill(Message message) throws JMSException {
        message.setIntProperty("a", 7);
        message.setLongProperty("b", 2);
        message.setDoubleProperty("d", 0.5);
        message.setStringProperty("s", "7");
    }

    @Check(section = "3.8.1.1", says = "Numbers can be added, subtracted, multiplied and divided.")
    void calculates(Scene scene) throws JMSException {
        numbers(scene)
                .selectAll("a + b = 9", "a - b = 5", "a * b = 14", "a / d = 14", "b - a = -5")
                .selectNothing("a + b = 8", "a - b = 9", "a * b = 9", "a / d = 3.5")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Dividing exact numbers gives an exact number, as in Java.")
    void dividesIntegers(Scene scene) throws JMSException {
        numbers(scene)
                .selectAll("a / b = 3", "7 / 2 = 3", "-a / b = -3", "a / 2.0 = 3.5")
                .selectNothing("a / b = 3.5")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Where one number is approximate, so is the result.")
    void promotesNumbers(Scene scene) throws JMSException {
        numbers(scene)
                .selectAll("a + d = 7.5", "a * d = 3.5", "d - a = -6.5", "7 / 2. = 3.5")
                .selectNothing("a + d = 7", "a * d = 3")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Signs can stand before numbers, names and brackets.")
    void hasSigns(Scene scene) throws JMSException {
        numbers(scene)
                .selectAll("-a = -7", "+a = 7", "-(a - b) = -5", "a = -(-7)", "a + -b = 5")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Signs bind closer than * and /, and these than + and -.")
    void hasPrecedence(Scene scene) throws JMSException {
        numbers(scene)
                .selectAll(
                        "1 + a * b = 15",
                        "a - 6 / b = 4",
                        "-a + b = -5",
                        "-a * b = -14",
                        "2 * a + 3 * b = 20")
                .selectNothing("1 + a * b = 16", "-a + b = -9")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Operators of one precedence are taken from left to right.")
    void goesFromLeftToRight(Scene scene) throws JMSException {
        numbers(scene)
                .selectAll(
                        "a - b - 1 = 4", "100 / 10 / 5 = 2", "100 / 10 * 5 = 50", "a - b + 1 = 6")
                .selectNothing("a - b - 1 = 6", "100 / 10 / 5 = 50")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Brackets change the order of arithmetic.")
    void hasBrackets(Scene scene) throws JMSException {
        numbers(scene)
                .selectAll(
                        "(1 + a) * b = 16", "a - (b - 1) = 6", "100 / (10 / 5) = 50", "((a)) = 7")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Arithmetic binds closer than comparison, on both sides.")
    void isComparedAfterwards(Scene scene) throws JMSException {
        numbers(scene)
                .selectAll("a + b > b + 6", "a * 2 = b * 7", "a - 1 BETWEEN b + 3 AND b * 3")
                .selectNothing("a + b < b + 7")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Arithmetic with a text or with nothing selects nothing.")
    void ignoresTexts(Scene scene) throws JMSException {
        numbers(scene)
                .selectNothing("s + 1 = 8", "s * 1 = 7", "none + 1 = 1", "none * 0 = 0", "-s = -7")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "A division by zero selects nothing, and the next message can be selected.",
            strength = Strength.COMMON_PRACTICE)
    void survivesDivisionByZero(Scene scene) throws JMSException {
        Selection.on(scene).value("zero", 0).value("two", 2).selects("10 / it = 5", "two").verify();
    }
}
