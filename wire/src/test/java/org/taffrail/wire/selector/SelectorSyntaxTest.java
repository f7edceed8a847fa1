// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused when it is presented, where the error points, and the limits. */
class SelectorSyntaxTest {

    private static SelectorSyntaxException refused(String text) {
        return assertThrows(SelectorSyntaxException.class, () -> Selector.parse(text), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NULL", "NOT", "AND", "OR", "BETWEEN", "LIKE", "IN", "IS", "ESCAPE", "TRUE",
                "FALSE", "null", "Escape", "true"
            })
    void reservedWordsAreNoIdentifiers(String word) {
        refused(word + " = 0");
        refused(word + " > 0");
        refused(word + " IS NULL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // the text | where it is wrong | what was expected
                "a =                  | 3  | an identifier, a literal or '('",
                "a = 'x               | 6  | expected ' to end the string of position 4",
                "'abc' = abc'         | 12 | expected ' to end the string of position 11",
                "a = = 1              | 4  | an identifier, a literal or '('",
                "a == 1               | 3  | an identifier, a literal or '('",
                "a != 1               | 2  | expected <> for not equal",
                "a AND                | 5  | an identifier, a literal or '('",
                "(a                   | 2  | an operator or ')'",
                "a)                   | 1  | an operator or the end",
                "()                   | 1  | an identifier, a literal or '('",
                "a b                  | 2  | an operator or the end",
                "a OR OR b            | 5  | an identifier, a literal or '('",
                "a = 1 AMD b = 2      | 6  | an operator or the end",
                "=TEST 'test'         | 0  | an identifier, a literal or '('",
                "a IS                 | 4  | NULL or NOT NULL after IS",
                "a IS NOT TRUE        | 9  | NULL after IS NOT",
                "a NOT = 1            | 6  | BETWEEN, IN or LIKE after NOT",
                "a IN 'x'             | 5  | '(' after IN",
                "a IN ()              | 6  | a string in the list of IN",
                "a IN ('x',)          | 10 | a string in the list of IN",
                "a IN ('x' 'y')       | 10 | ',' or ')' in the list of IN",
                "a IN (1, 2)          | 6  | a string in the list of IN",
                "a IN (b)             | 6  | a string in the list of IN",
                "a IN (NULL)          | 6  | a string in the list of IN",
                "in a ('x')           | 0  | an identifier, a literal or '('",
                "a LIKE 7             | 7  | a string after LIKE",
                "a LIKE b             | 7  | a string after LIKE",
                "a LIKE 'x' ESCAPE    | 17 | a string after ESCAPE",
                "a LIKE 'x' ESCAPE '' | 18 | a single character after ESCAPE",
                "a LIKE 'x' ESCAPE 'yz' | 18 | a single character after ESCAPE",
                "a BETWEEN 1, 3       | 11 | AND after the lower bound of BETWEEN",
                "a BETWEEN 1 AND      | 15 | an identifier, a literal or '('",
                "a BETWEEN AND 3      | 10 | an identifier, a literal or '('",
                "not between 1 and 3  | 4  | an identifier, a literal or '('",
                "NULL = 0             | 0  | NULL stands only after IS",
                "a = NULL             | 4  | NULL stands only after IS",
                "1 < 2 < 3            | 6  | an operator or the end",
                "a = b = c            | 6  | an operator or the end",
                "a = NOT b            | 4  | an identifier, a literal or '('",
                "a -- comment         | 0  | a condition",
                "a /* comment */ = 1  | 3  | an identifier, a literal or '('",
                "a = 1;               | 5  | ';' cannot stand here",
                "a % 2 = 1            | 2  | '%' cannot stand here",
                "a.b = 1              | 1  | '.' cannot stand here",
                "1uncorrect IS NULL   | 1  | an operator or the end",
                // types that cannot fit
                "'abc'                | 0  | expected a condition, found a string",
                "1.0                  | 0  | expected a condition, found a number",
                "3+5                  | 0  | expected a condition, found a number",
                "TRUE AND 3+5         | 9  | expected a condition, found a number",
                "NOT 1                | 4  | expected a condition, found a number",
                "a OR 'x'             | 5  | expected a condition, found a string",
                "-a                   | 0  | expected a condition, found a number",
                "'a' > 'b'            | 0  | expected a number or an identifier, found a string",
                "a > 'foo'            | 4  | expected a number or an identifier, found a string",
                "a <= TRUE            | 5  | expected a number or an identifier, found a condition",
                "'foo' > TRUE         | 0  | expected a number or an identifier, found a string",
                "2.0 < '3.0'          | 6  | expected a number or an identifier, found a string",
                "a BETWEEN 'x' and 'y' | 10 | expected a number or an identifier, found a string",
                "a BETWEEN false and true | 10 | expected a number or an identifier, found a con",
                "'b' between 'a' and 'c' | 0 | expected a number or an identifier, found a string",
                "a + 'x' = 1          | 4  | expected a number or an identifier, found a string",
                "-'x' = 1             | 1  | expected a number or an identifier, found a string",
                "(a = 1) + 1 = 2      | 0  | expected a number or an identifier, found a condition",
                "a * TRUE = 1         | 4  | expected a number or an identifier, found a condition",
                "TRUE = 0             | 7  | compare with a condition, found a number",
                "1.0 <> false         | 0  | compare with a condition, found a number",
                "(a = 1) = 'x'        | 10 | compare with a condition, found a string",
                "'a' IS NULL          | 0  | an identifier in front of IS NULL",
                "a + 1 IS NULL        | 0  | an identifier in front of IS NULL",
                "'a' LIKE 'a'         | 0  | an identifier in front of LIKE",
                "'a' IN ('a')         | 0  | an identifier in front of IN",
                "x AND (1) IN ('a')   | 6  | an identifier in front of IN",
                // header fields that a selector cannot see
                "JMSDestination = 'x' | 0  | not to JMSDestination",
                "a OR JMSRedelivered  | 5  | not to JMSRedelivered",
                "JMSReplyTo IS NULL   | 0  | not to JMSReplyTo",
                "JMSpriority = 1      | 0  | not to JMSpriority"
            })
    void namesThePositionAndWhatWasExpected(String text, int position, String expectation) {
        SelectorSyntaxException e = refused(text);

        assertEquals(text, e.text());
        assertEquals(position, e.position(), e.getMessage());
        assertTrue(e.problem().contains(expectation), e.getMessage());
        assertTrue(e.getMessage().contains("at position " + position + ": "), e.getMessage());
        String marked = text.substring(0, position) + "-->" + text.substring(position);
        assertTrue(
                e.getMessage()
                        .contains(marked.substring(0, Math.min(marked.length(), position + 23))),
                e.getMessage());
    }

    @Test
    void doubleQuotesQuoteNothing() {
        assertEquals(0, refused("\"abc\" = \"abc\"").position());
    }

    @Test
    void theMessageIsOneShortPrintableLine() {
        String text = "a = 'x'\n\t\u0000\u001b[31m AND ".repeat(50) + "?" + " OR b".repeat(500);

        String message = refused(text).getMessage();

        assertTrue(message.length() < 300, message);
        assertFalse(message.chars().anyMatch(Character::isISOControl), message);
        assertTrue(message.contains("...") && message.contains("-->"), message);
    }

    @Test
    void halfASurrogatePairIsRefused() {
        assertEquals(5, refused("a = '\uD83D'").position());
        assertEquals(6, refused("a = 'x\uDC08y'").position());
        assertEquals(0, refused("\uD83D = 1").position());
        assertDoesNotThrow(() -> Selector.parse("a = '\uD83D\uDC08'"));
    }

    @Test
    void textLongerThanTheLimitIsRefused() {
        String longest = "a = '" + "x".repeat(Selector.TEXT_CHARS_MAX - 6) + "'";

        assertEquals(Selector.TEXT_CHARS_MAX, longest.length());
        assertDoesNotThrow(() -> Selector.parse(longest));
        SelectorSyntaxException e = refused(longest + " ");
        assertTrue(e.problem().contains("65537"), e.problem());
        assertTrue(e.problem().contains("TEXT_CHARS_MAX"), e.problem());
        assertTrue(e.problem().contains("65536"), e.problem());
        assertEquals(Selector.TEXT_CHARS_MAX, e.text().length());
    }

    @Test
    void nestingDeeperThanTheLimitIsRefused() {
        int max = Selector.NESTING_MAX;

        assertDoesNotThrow(() -> Selector.parse("(".repeat(max) + "a" + ")".repeat(max)));
        SelectorSyntaxException e = refused("(".repeat(max + 1) + "a" + ")".repeat(max + 1));
        assertEquals(max, e.position());
        assertTrue(e.problem().contains("NESTING_MAX"), e.problem());
        assertTrue(e.problem().contains("256"), e.problem());
    }

    @Test
    void parenthesesSideBySideAreNotNested() {
        assertDoesNotThrow(() -> Selector.parse("(a)" + " OR (a)".repeat(Selector.NESTING_MAX)));
    }

    @Test
    void moreValuesInOneInThanTheLimitAreRefused() {
        String atLimit = "a IN (''" + ",''".repeat(Selector.IN_VALUES_MAX - 1);

        assertDoesNotThrow(() -> Selector.parse(atLimit + ")"));
        SelectorSyntaxException e = refused(atLimit + ",'')");
        assertTrue(e.problem().contains("IN_VALUES_MAX"), e.problem());
        assertTrue(e.problem().contains("8192"), e.problem());
    }

    @Test
    void aPatternThatCouldOnlyBeFoundByTryingIsBounded() {
        String atLimit = "_".repeat(Selector.LIKE_PART_CHARS_MAX);

        assertDoesNotThrow(() -> Selector.parse("a LIKE '%" + atLimit + "%'"));
        SelectorSyntaxException e = refused("a LIKE '%" + atLimit + "x%'");
        assertEquals(7, e.position());
        assertTrue(e.problem().contains("LIKE_PART_CHARS_MAX"), e.problem());
        // neither what is anchored nor what has no wildcard is bounded
        assertDoesNotThrow(() -> Selector.parse("a LIKE '" + atLimit + "x%x" + atLimit + "'"));
        assertDoesNotThrow(() -> Selector.parse("a LIKE '%" + "x".repeat(30_000) + "%'"));
    }
}
