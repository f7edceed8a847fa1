// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.InvalidSelectorException;
import jakarta.jms.InvalidSelectorRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.ArrayList;
import java.util.List;

/** Selectors that are not in the language: each method that takes one refuses it at once. */
final class InvalidSelectorChecks {
    private static final String INVALID = "color = ";

    private static void refuses(Scene scene, String... selectors) throws JMSException {
        Session session = scene.session();
        Topic topic = scene.topic();
        List<String> taken = new ArrayList<>();
        for (String selector : selectors) {
            try {
                session.createConsumer(topic, selector).close();
                taken.add(selector);
            } catch (InvalidSelectorException e) {
                Expect.notNull(e.getMessage(), "what the exception says");
            }
        }
        Expect.that(taken.isEmpty(), "taken though they are no selectors: " + taken);
    }

    @Check(section = "3.8.1.1", says = "A selector that ends too early is refused.")
    void refusesWhatIsIncomplete(Scene scene) throws JMSException {
        refuses(
                scene,
                "a =",
                "= 1",
                "a AND",
                "a OR",
                "NOT",
                "AND a",
                "a = 1 AND",
                "a BETWEEN 1",
                "a BETWEEN 1 AND",
                "a IN",
                "a LIKE",
                "a IS",
                "a IS NOT",
                "a +");
    }

    @Check(section = "3.8.1.1", says = "A selector with unbalanced brackets or quotes is refused.")
    void refusesWhatIsUnbalanced(Scene scene) throws JMSException {
        refuses(
                scene,
                "(a = 1",
                "a = 1)",
                "((a = 1)",
                "()",
                "a = 'x",
                "a = x'",
                "a = 'x''",
                "a IN ('x'",
                "a IN 'x'");
    }

    @Check(section = "3.8.1.1", says = "A selector that goes on after its end is refused.")
    void refusesWhatFollows(Scene scene) throws JMSException {
        refuses(scene, "a = 1 b = 2", "a = 1 2", "a b", "a = 1;", "a = 1 NOT", "'a' 'b'");
    }

    @Check(section = "3.8.1.1", says = "Operators that the language does not have are refused.")
    void refusesUnknownOperators(Scene scene) throws JMSException {
        refuses(
                scene,
                "a == 1",
                "a => 1",
                "a =< 1",
                "a < > 1",
                "a && b",
                "a || b",
                "a & b",
                "a = 5 % 2",
                "a = 2 ^ 2");
    }

    @Check(section = "3.8.1.1", says = "Words of the language can't be identifiers.")
    void refusesReservedWords(Scene scene) throws JMSException {
        List<String> selectors = new ArrayList<>();
        for (String word :
                List.of(
                        "NULL", "NOT", "AND", "OR", "BETWEEN", "LIKE", "IN", "IS", "ESCAPE", "null",
                        "And")) {
            selectors.add(word + " = 1");
        }
        selectors.add("TRUE = 1 AND TRUE IS NULL");
        selectors.add("FALSE IS NULL");
        refuses(scene, selectors.toArray(String[]::new));
    }

    @Check(section = "3.8.1.1", says = "What does not begin as an identifier does is refused.")
    void refusesWrongIdentifiers(Scene scene) throws JMSException {
        refuses(scene, "1a = 1", "a.b = 1", "#a = 1", "a# = 1", "@a = 1", "a? = 1", "\"a\" = 1");
    }

    @Check(section = "3.8.1.1", says = "An IN without texts, or of something else, is refused.")
    void refusesWrongLists(Scene scene) throws JMSException {
        refuses(
                scene,
                "a IN ()",
                "a IN ('x',)",
                "a IN ('x' 'y')",
                "a IN (,)",
                "a IN (1, 2)",
                "a IN (b)",
                "a IN (TRUE)",
                "'x' IN ('x')",
                "1 IN ('x')");
    }

    @Check(section = "3.8.1.1", says = "A LIKE whose pattern or escape is no literal is refused.")
    void refusesWrongPatterns(Scene scene) throws JMSException {
        refuses(
                scene,
                "a LIKE 5",
                "a LIKE b",
                "a LIKE TRUE",
                "a LIKE 'x' ESCAPE",
                "a LIKE 'x' ESCAPE 5",
                "a LIKE 'x' ESCAPE ''",
                "a LIKE 'x' ESCAPE '!!'",
                "a LIKE 'x' ESCAPE b",
                "'x' LIKE 'x'");
    }

    @Check(section = "3.8.1.1", says = "IS is followed by NULL or NOT NULL only.")
    void refusesWrongNullTests(Scene scene) throws JMSException {
        refuses(scene, "a IS 1", "a IS TRUE", "a NOT NULL", "a = NULL", "a <> NULL", "5 IS NULL");
    }

    @Check(section = "3.8.1.1", says = "A selector that is a number or a text is refused.")
    void refusesWhatIsNoCondition(Scene scene) throws JMSException {
        refuses(scene, "1", "'text'", "1 + 1", "a + 1", "-a", "'TRUE'");
    }

    @Check(section = "3.8.1.1", says = "BETWEEN without AND, or with one bound, is refused.")
    void refusesWrongBounds(Scene scene) throws JMSException {
        refuses(
                scene,
                "a BETWEEN 1, 2",
                "a BETWEEN (1 AND 2)",
                "a BETWEEN 1 OR 2",
                "BETWEEN 1 AND 2");
    }

    @Check(section = "3.8.1.3", says = "SQL comments are not supported.")
    void refusesComments(Scene scene) throws JMSException {
        refuses(scene, "a = 1 -- a comment", "a = 1 /* comment */", "/* comment */ a = 1");
    }

    @Check(
            section = "3.8.1.1",
            says = "createConsumer with an invalid selector throws InvalidSelectorException.")
    void isRefusedByConsumers(Scene scene) throws JMSException {
        Session session = scene.session();

        Expect.refused(
                InvalidSelectorException.class,
                "createConsumer for a queue",
                () -> session.createConsumer(scene.queue(), INVALID));
        Expect.refused(
                InvalidSelectorException.class,
                "createConsumer for a topic",
                () -> session.createConsumer(scene.topic(), INVALID));
        Expect.refused(
                InvalidSelectorException.class,
                "createConsumer for a topic without local messages",
                () -> session.createConsumer(scene.topic(), INVALID, true));
    }

    @Check(
            section = "3.8.1.1",
            says = "createBrowser with an invalid selector throws InvalidSelectorException.")
    void isRefusedByBrowsers(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();

        Expect.refused(
                InvalidSelectorException.class,
                "createBrowser",
                () -> session.createBrowser(queue, INVALID));
    }

    @Check(
            section = "3.8.1.1",
            says =
                    "A JMSContext's createConsumer with an invalid selector throws"
                            + " InvalidSelectorRuntimeException.")
    void isRefusedByContexts(Scene scene) {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Topic topic = scene.topic();

        Expect.refused(
                InvalidSelectorRuntimeException.class,
                "createConsumer",
                () -> context.createConsumer(queue, INVALID));
        Expect.refused(
                InvalidSelectorRuntimeException.class,
                "createConsumer for a topic",
                () -> context.createConsumer(topic, INVALID, true));
    }

    @Check(
            section = "3.8.1.1",
            says =
                    "A JMSContext's createBrowser with an invalid selector throws"
                            + " InvalidSelectorRuntimeException.")
    void isRefusedByBrowsersOfContexts(Scene scene) {
        JMSContext context = scene.context();
        Queue queue = scene.queue();

        Expect.refused(
                InvalidSelectorRuntimeException.class,
                "createBrowser",
                () -> context.createBrowser(queue, INVALID));
    }
}
