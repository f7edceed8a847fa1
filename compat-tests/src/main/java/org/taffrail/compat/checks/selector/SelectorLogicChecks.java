// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;

/** NOT, AND and OR with true, false and unknown; their precedence. */
final class SelectorLogicChecks {
    private static final String[] OPERANDS = {"T", "F", "U"};

    /**
     * Holds one operator against its table. A condition is true if it selects, false if its
     * negation does, and unknown if neither.
     */
    private static void holds(Scene scene, String operator, String table) throws JMSException {
        Selection selection =
                Selection.on(scene)
                        .message(
                                "it",
                                message -> {
                                    message.setBooleanProperty("T", true);
                                    message.setBooleanProperty("F", false);
                                });
        String[] rows = table.split(" ");
        for (int row = 0; row < OPERANDS.length; row++) {
            for (int column = 0; column < OPERANDS.length; column++) {
                String condition = OPERANDS[row] + " " + operator + " " + OPERANDS[column];
                is(selection, condition, rows[row].charAt(column));
            }
        }
        selection.verify();
    }

    private static void is(Selection selection, String condition, char truth) {
        if (truth == 'T') {
            selection.selectAll(condition);
        } else {
            selection.selectNothing(condition);
        }
        if (truth == 'F') {
            selection.selectAll("NOT (" + condition + ")");
        } else {
            selection.selectNothing("NOT (" + condition + ")");
        }
    }

    @Check(
            section = "3.8.1.2",
            says = "AND follows the three-valued table: unknown AND false is false.")
    void followsTheTableOfAnd(Scene scene) throws JMSException {
        holds(scene, "AND", "TFU FFF UFU");
    }

    @Check(
            section = "3.8.1.2",
            says = "OR follows the three-valued table: unknown OR true is true.")
    void followsTheTableOfOr(Scene scene) throws JMSException {
        holds(scene, "OR", "TTT TFU TUU");
    }

    @Check(
            section = "3.8.1.2",
            says = "NOT follows the three-valued table: NOT unknown is unknown.")
    void followsTheTableOfNot(Scene scene) throws JMSException {
        Selection selection =
                Selection.on(scene)
                        .message(
                                "it",
                                message -> {
                                    message.setBooleanProperty("T", true);
                                    message.setBooleanProperty("F", false);
                                });
        is(selection, "NOT T", 'F');
        is(selection, "NOT F", 'T');
        is(selection, "NOT U", 'U');
        selection.verify();
    }

    @Check(
            section = "3.8.1.2",
            says = "The tables hold for comparisons as they do for boolean properties.")
    void followsTheTablesForComparisons(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("it", 1)
                .selectAll(
                        "it = 1 AND it < 2",
                        "it = 2 OR it = 1",
                        "none = 1 OR it = 1",
                        "it = 1 OR none = 1",
                        "NOT (it = 2)",
                        "NOT (none = 1 AND it = 2)",
                        "NOT (it = 2 AND none = 1)")
                .selectNothing(
                        "it = 1 AND none = 1",
                        "none = 1 AND it = 1",
                        "none = 1 OR it = 2",
                        "NOT (none = 1 OR it = 2)",
                        "NOT (none = 1)",
                        "NOT (none = 1 AND it = 1)")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "NOT binds closer than AND, and AND than OR.")
    void hasPrecedence(Scene scene) throws JMSException {
        Selection.on(scene)
                .message(
                        "it",
                        message -> {
                            message.setBooleanProperty("t", true);
                            message.setBooleanProperty("f", false);
                        })
                .selectAll(
                        "t OR t AND f", "f AND t OR t", "NOT f OR t", "NOT f AND t", "t OR f AND f")
                .selectNothing("NOT t OR f", "NOT t AND f", "f AND t OR f", "NOT (t OR f)")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Brackets change the order of logic, however deep.")
    void hasBrackets(Scene scene) throws JMSException {
        Selection.on(scene)
                .message(
                        "it",
                        message -> {
                            message.setBooleanProperty("t", true);
                            message.setBooleanProperty("f", false);
                        })
                .selectAll("NOT (t AND f)", "((((t))))", "(t OR t) AND (t OR f)", "NOT (NOT t)")
                .selectNothing("(t OR t) AND f", "f AND (t OR t)", "NOT (t OR f)", "NOT (t)")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "NOT before a comparison negates the comparison.")
    void negatesComparisons(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("1", 1)
                .value("2", 2)
                .selects("NOT it = 1", "2")
                .selects("NOT it > 1", "1")
                .selects("NOT it BETWEEN 1 AND 1", "2")
                .selects("NOT it IS NULL", "1", "2")
                .selects("NOT NOT it = 1", "1")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "NOT before an IN or a LIKE negates it.")
    void negatesTestsOfTexts(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("UK", "UK")
                .value("US", "US")
                .selects("NOT it IN ('UK')", "US")
                .selects("NOT it LIKE 'UK'", "US")
                .selects("NOT it NOT LIKE '_K'", "UK")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "A selector can have many conditions.")
    void takesManyConditions(Scene scene) throws JMSException {
        StringBuilder many = new StringBuilder("it = 0");
        for (int i = 1; i < 100; i++) {
            many.append(" OR it = ").append(i);
        }
        Selection.on(scene)
                .value("99", 99)
                .value("100", 100)
                .selects(many.toString(), "99")
                .verify();
    }
}
