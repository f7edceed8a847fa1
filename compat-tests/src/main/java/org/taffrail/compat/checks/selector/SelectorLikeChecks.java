// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;

/** LIKE in selectors. */
final class SelectorLikeChecks {
    @Check(section = "3.8.1.1", says = "In a pattern '%' stands for any text, also for none.")
    void hasPercent(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("123", "123")
                .value("12993", "12993")
                .value("1234", "1234")
                .value("12%3", "12%3")
                .selects("it LIKE '12%3'", "123", "12993", "12%3")
                .selects("it LIKE '%4'", "1234")
                .selects("it LIKE '1%'", "123", "12993", "1234", "12%3")
                .selects("it LIKE '%99%'", "12993")
                .selects("it LIKE '%%'", "123", "12993", "1234", "12%3")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "In a pattern '_' stands for any one character.")
    void hasUnderscore(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("lose", "lose")
                .value("loose", "loose")
                .value("lse", "lse")
                .value("l_se", "l_se")
                .selects("it LIKE 'l_se'", "lose", "l_se")
                .selects("it LIKE '_____'", "loose")
                .selects("it LIKE '___'", "lse")
                .selects("it LIKE '__%'", "lose", "loose", "lse", "l_se")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "NOT LIKE selects the texts that do not match.")
    void isNegated(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("123", "123")
                .value("12993", "12993")
                .value("1234", "1234")
                .selects("it NOT LIKE '12%3'", "1234")
                .selects("NOT (it LIKE '12%3')", "1234")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "ESCAPE takes the meaning from '_' and '%' in a pattern.")
    void hasEscapes(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("_foo", "_foo")
                .value("bar", "bar")
                .value("100%", "100%")
                .value("100x", "100x")
                .selects("it LIKE '\\_%' ESCAPE '\\'", "_foo")
                .selects("it LIKE '100!%' ESCAPE '!'", "100%")
                .selects("it LIKE '%!%%' ESCAPE '!'", "100%")
                .selects("it NOT LIKE '\\_%' ESCAPE '\\'", "bar", "100%", "100x")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "The escape character can stand for itself, escaped.")
    void escapesTheEscape(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("a!b", "a!b")
                .value("a!!b", "a!!b")
                .value("a_b", "a_b")
                .selects("it LIKE 'a!!b' ESCAPE '!'", "a!b")
                .selects("it LIKE 'a!_b' ESCAPE '!'", "a_b")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Without ESCAPE no character is one, not even a backslash.")
    void hasNoEscapeByDefault(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("\\foo", "\\foo")
                .value("_foo", "_foo")
                .selects("it LIKE '\\_oo'", "\\foo")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Any character can be the escape character.")
    void takesAnyEscape(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("a%b", "a%b")
                .value("axb", "axb")
                .selects("it LIKE 'a''%b' ESCAPE ''''", "a%b")
                .selects("it LIKE 'a\u20ac%b' ESCAPE '\u20ac'", "a%b")
                .selects("it LIKE 'az%b' ESCAPE 'z'", "a%b")
                .selects("it LIKE 'a.%b' ESCAPE '.'", "a%b")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "All other characters stand for themselves, also those of regular expressions.")
    void hasNoOtherWildcards(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("a.c", "a.c")
                .value("abc", "abc")
                .value("a*c", "a*c")
                .value("[a-c]", "[a-c]")
                .value("a(c", "a(c")
                .value("^a$", "^a$")
                .value("a\\c", "a\\c")
                .selects("it LIKE 'a.c'", "a.c")
                .selects("it LIKE 'a*c'", "a*c")
                .selects("it LIKE '[a-c]'", "[a-c]")
                .selects("it LIKE 'a(c'", "a(c")
                .selects("it LIKE '^a$'", "^a$")
                .selects("it LIKE 'a\\c'", "a\\c")
                .selects("it LIKE '\\Q%'")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "A pattern must match the whole text, and tells case.")
    void matchesTheWhole(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("abc", "abc")
                .value("ABC", "ABC")
                .value("xabcx", "xabcx")
                .selects("it LIKE 'abc'", "abc")
                .selects("it LIKE 'b'")
                .selects("it LIKE 'A%'", "ABC")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "An empty pattern matches an empty text only.")
    void hasAnEmptyPattern(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("empty", "")
                .value("space", " ")
                .selects("it LIKE ''", "empty")
                .selects("it LIKE '%'", "empty", "space")
                .selects("it LIKE '_'", "space")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Wildcards match line ends like other characters.")
    void matchesLineEnds(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("lines", "a\nb")
                .value("returns", "a\r\nb")
                .selects("it LIKE 'a%b'", "lines", "returns")
                .selects("it LIKE 'a_b'", "lines")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "LIKE is never true of a number or a boolean.")
    void ignoresOtherTypes(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("text", "1")
                .value("number", 1)
                .value("boolean", true)
                .selects("it LIKE '%'", "text")
                .selects("it LIKE '1'", "text")
                .verify();
    }
}
