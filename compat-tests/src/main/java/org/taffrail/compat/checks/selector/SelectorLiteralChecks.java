// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;

/** Literals in selectors. */
final class SelectorLiteralChecks {
    @Check(section = "3.8.1.1", says = "A string literal stands in single quotes.")
    void hasStrings(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("plain", "plain")
                .value("empty", "")
                .value("space", " two words ")
                .selects("it = 'plain'", "plain")
                .selects("it = ''", "empty")
                .selects("it = ' two words '", "space")
                .selects("it = 'two words'")
                .selects("it = 'PLAIN'")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Two single quotes in a string literal are one of its text.")
    void doublesQuotes(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("one", "literal's")
                .value("two", "''")
                .value("quote", "'")
                .value("double", "\"")
                .selects("it = 'literal''s'", "one")
                .selects("it = ''''''", "two")
                .selects("it = ''''", "quote")
                .selects("it = '\"'", "double")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "A string literal can hold any character of Unicode.")
    void hasUnicode(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("accents", "l\u00e9gende")
                .value("chinese", "\u4ef7\u683c")
                .value("emoji", "\ud83d\ude00")
                .selects("it = 'l\u00e9gende'", "accents")
                .selects("it = '\u4ef7\u683c'", "chinese")
                .selects("it = '\ud83d\ude00'", "emoji")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "A backslash in a string literal is a character like others.")
    void doesNotEscapeByBackslash(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("backslash", "a\\nb")
                .value("newline", "a\nb")
                .selects("it = 'a\\nb'", "backslash")
                .selects("it = 'a\nb'", "newline")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Words of the language within a string literal are text.")
    void hasWordsInStrings(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("words", "x AND NOT (y) OR NULL")
                .value("comment", "a -- b /* c */")
                .selects("it = 'x AND NOT (y) OR NULL'", "words")
                .selects("it = 'a -- b /* c */'", "comment")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "An exact number is written as 57, -957 or +62.")
    void hasExactNumbers(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("57", 57)
                .value("-957", -957)
                .value("62", 62L)
                .value("0", (byte) 0)
                .selects("it = 57", "57")
                .selects("it = -957", "-957")
                .selects("it = +62", "62")
                .selects("it = 0", "0")
                .selects("it = -0", "0")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Exact numbers reach as far as Java's long.")
    void hasLongs(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("max", Long.MAX_VALUE)
                .value("below", Long.MAX_VALUE - 1)
                .value("min", Long.MIN_VALUE)
                .selects("it = 9223372036854775807", "max")
                .selects("it = 9223372036854775806", "below")
                .selects("it = -9223372036854775808", "min")
                .selects("it > 9223372036854775806", "max")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Exact numbers can be hexadecimal, as in Java.")
    void hasHexadecimals(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("255", 255)
                .selects("it = 0xFF", "255")
                .selects("it = 0Xff", "255")
                .selects("it = 0x0ff", "255")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Exact numbers that begin with 0 are octal, as in Java.")
    void hasOctals(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("8", 8)
                .value("10", 10)
                .selects("it = 010", "8")
                .selects("it = 0012", "10")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Exact numbers can end with an L, as in Java.")
    void hasLongSuffixes(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("57", 57)
                .selects("it = 57L", "57")
                .selects("it = 57l", "57")
                .selects("it = 0x39L", "57")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "An approximate number is written as 7., -95.7 or +6.2.")
    void hasDecimals(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("7", 7.0)
                .value("-95.7", -95.7)
                .value("6.2", 6.2)
                .value("0.5", 0.5)
                .selects("it = 7.", "7")
                .selects("it = 7.0", "7")
                .selects("it = -95.7", "-95.7")
                .selects("it = +6.2", "6.2")
                .selects("it = .5", "0.5")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "An approximate number can have an exponent: 7E3, -57.9E2, 5e-1.")
    void hasExponents(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("7E3", 7000.0)
                .value("-57.9E2", -5790.0)
                .value("0.5", 0.5)
                .value("big", 1.5e300)
                .selects("it = 7E3", "7E3")
                .selects("it = -57.9E2", "-57.9E2")
                .selects("it = 5e-1", "0.5")
                .selects("it = .5E+0", "0.5")
                .selects("it = 1.5e300", "big")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "Approximate numbers have Java's syntax: they can end with an F or a D.")
    void hasJavasFloats(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("1.5", 1.5)
                .value("2", 2.0)
                .selects("it = 1.5D", "1.5")
                .selects("it = 1.5d", "1.5")
                .selects("it = 1.5F", "1.5")
                .selects("it = 2f", "2")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "TRUE and FALSE are the boolean literals, in any case.")
    void hasBooleans(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("true", true)
                .value("false", false)
                .selects("it = TRUE", "true")
                .selects("it = true", "true")
                .selects("it = FALSE", "false")
                .selects("it = False", "false")
                .selects("it <> TRUE", "false")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "A boolean literal alone is a selector.")
    void standsAlone(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("any", 1)
                .selects("TRUE", "any")
                .selects("FALSE")
                .selects("NOT FALSE", "any")
                .selects("(TRUE)", "any")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Words of the language can be written in any case.")
    void takesWordsInAnyCase(Scene scene) throws JMSException {
        Selection.on(scene)
                .message(
                        "it",
                        message -> {
                            message.setStringProperty("s", "abc");
                            message.setIntProperty("n", 5);
                        })
                .selectAll(
                        "s = 'abc' and n = 5",
                        "s = 'x' or n = 5",
                        "nOt (s = 'x')",
                        "n between 1 and 9",
                        "n Not Between 6 aNd 9",
                        "s in ('abc')",
                        "s not in ('x')",
                        "s like 'a%'",
                        "s Like 'a!%' escape '!' or n = 5",
                        "x is null",
                        "s is not null",
                        "x Is Null and s iS nOT nULL")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "Spaces, tabs, form feeds and line ends separate words, and mean no more.")
    void takesAnyWhitespace(Scene scene) throws JMSException {
        Selection.on(scene)
                .message("it", message -> message.setIntProperty("n", 5))
                .selectAll(
                        "  n  =  5  ",
                        "n=5",
                        "n\t=\t5",
                        "n\n=\r\n5",
                        "n\f=\f5",
                        "n BETWEEN\n1\tAND\f9",
                        "n\rIS\rNOT\rNULL",
                        "(n=5)AND(n<6)",
                        "n+1=6")
                .verify();
    }
}
