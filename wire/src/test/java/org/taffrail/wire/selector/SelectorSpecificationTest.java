// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples and rules of Jakarta Messaging 3.1, section 3.8.1, in its order. */
class SelectorSpecificationTest {

    private static final Truth T = Truth.TRUE;
    private static final Truth F = Truth.FALSE;
    private static final Truth U = Truth.UNKNOWN;

    private final TestMessage message = TestMessage.empty();

    private void expect(Truth expected, String selector) {
        assertEquals(expected, TestMessage.evaluate(selector, message), selector);
    }

    @Test
    void evaluatesFromLeftToRightWithinAPrecedenceLevelUnlessParenthesized() {
        expect(T, "20 - 5 - 3 = 12");
        expect(T, "20 - (5 - 3) = 18");
        expect(T, "20 / 5 * 2 = 8");
        expect(T, "20 / (5 * 2) = 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT (a IS NULL)",
                "not (a is null)",
                "nOt (a iS nUlL)",
                "a BETWEEN 1 AND 2",
                "a between 1 and 2",
                "b IN ('x')",
                "b in ('x')",
                "b LIKE '!_%' ESCAPE '!' OR TRUE",
                "b like '!_%' escape '!' or true",
                "FALSE OR TRUE",
                "faLSe oR tRue"
            })
    void reservedWordsMayBeWrittenInAnyCase(String selector) {
        message.with("a", 1).with("b", "x");
        expect(T, selector);
    }

    @Test
    void stringLiteralsDoubleTheQuoteTheyContain() {
        message.with("a", "literal").with("b", "literal's").with("c", "").with("d", "'");
        expect(T, "a = 'literal'");
        expect(T, "b = 'literal''s'");
        expect(T, "c = ''");
        expect(T, "d = ''''");
        expect(F, "'it''s' = 'its'");
    }

    @Test
    void stringLiteralsHoldAnyCharacterOfUnicode() {
        message.with("a", "\u017cubr \u65e5\u672c \uD83D\uDC08");
        expect(T, "a = '\u017cubr \u65e5\u672c \uD83D\uDC08'");
        expect(F, "a = '\u017cubr \u65e5\u672c \uD83D\uDC09'");
    }

    @ParameterizedTest
    @CsvSource({"a = 57, 57", "a = -957, -957", "a = +62, 62"})
    void exactLiteralsOfTheSpecification(String selector, int value) {
        message.with("a", value);
        expect(T, selector);
    }

    @ParameterizedTest
    @CsvSource({
        "a = 7E3, 7000",
        "a = -57.9E2, -5790",
        "a = 7., 7",
        "a = -95.7, -95.7",
        "a = +6.2, 6.2"
    })
    void approximateLiteralsOfTheSpecification(String selector, double value) {
        message.with("a", value);
        expect(T, selector);
    }

    @Test
    void identifiersFollowTheRulesOfJavaAndAreCaseSensitive() {
        message.with("_a", 1).with("$a", 2).with("a1", 3).with("\u00e9t\u00e9", 4);
        expect(T, "_a = 1 AND $a = 2 AND a1 = 3 AND \u00e9t\u00e9 = 4");
        expect(U, "A1 = 3");
        // the letters of a name that begins like a reserved word belong to the name
        message.with("nothing", true).with("android", true).with("island", true);
        expect(T, "nothing AND android AND island");
        // a dotless i does not spell IS, nor does the Kelvin sign spell LIKE
        message.with("\u0131s", 5).with("LI\u212AE", 6);
        expect(T, "\u0131s = 5 AND LI\u212AE = 6");
    }

    @Test
    void headerFieldsAreReferredToByTheirNames() {
        message.with("JMSDeliveryMode", "PERSISTENT").with("JMSPriority", 9);
        message.with("JMSTimestamp", 1_000_000_000_000L).with("JMSType", "car");
        message.with("JMSMessageID", "ID:1").with("JMSCorrelationID", "c-1");
        message.with("JMSXGroupSeq", 3).with("JMS_taffrail_x", true);
        expect(T, "JMSDeliveryMode = 'PERSISTENT' AND JMSDeliveryMode <> 'NON_PERSISTENT'");
        expect(T, "JMSPriority > 4 AND JMSTimestamp >= 1000000000000");
        expect(T, "JMSType = 'car' AND JMSMessageID LIKE 'ID:%' AND JMSCorrelationID = 'c-1'");
        expect(T, "JMSXGroupSeq = 3 AND JMS_taffrail_x");
    }

    @Test
    void aPropertyThatIsNotThereIsNull() {
        expect(U, "missing = 1");
        expect(U, "missing");
        expect(U, "NOT missing");
        expect(T, "missing IS NULL");
    }

    @Test
    void noConversionAppliesToTheTypeAPropertyWasSetWith() {
        message.with("NumberOfOrders", "2");
        expect(F, "NumberOfOrders > 1");
        expect(F, "NumberOfOrders = 2");
        expect(T, "NumberOfOrders = '2'");
    }

    @Test
    void whitespaceIsThatOfJava() {
        message.with("a", 1).with("b", 2);
        expect(T, "\t a\n=\r1\fAND b=2 ");
        expect(T, "(a)=(1)AND(b)=(2)AND'x'='x'");
    }

    @Test
    void logicalOperatorsBindNotThenAndThenOr() {
        message.with("t", true).with("f", false).with("n", 1);
        expect(F, "NOT t AND f");
        expect(T, "t OR t AND f");
        expect(F, "(t OR t) AND f");
        expect(T, "t AND NOT f");
        expect(T, "NOT f OR t");
        expect(T, "NOT n = 2");
        expect(T, "NOT NOT t");
        expect(F, "NOT NOT NOT t");
    }

    @Test
    void exactAndApproximateNumbersCompareWithEachOther() {
        message.with("i", 5).with("d", 5.5).with("l", 5L).with("f", 5f).with("s", (short) 5);
        message.with("b", (byte) 5);
        expect(T, "i < d AND i = l AND i = f AND i = 5.0 AND s = b AND s = 5 AND b = 5L");
        expect(T, "i <> d AND d > i AND d >= 5.5 AND d <= 5.5 AND i <= l");
        expect(F, "i > d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s = 1",
                "s <> 1",
                "1 = s",
                "1 <> s",
                "s > 1",
                "s < 1",
                "s >= 1",
                "s <= 1",
                "b = 1",
                "b <> 1",
                "b < 1",
                "s = b",
                "s <> b",
                "i = 'x'",
                "i <> 'x'",
                "b = 'x'",
                "b <> 'x'",
                "'a' = 1",
                "'a' <> 1",
                "i IN ('x')",
                "i NOT IN ('x')",
                "i LIKE '%'",
                "i NOT LIKE 'x'",
                "s BETWEEN 1 AND 2",
                "s NOT BETWEEN 1 AND 2",
                "i",
                "s",
                "s = (i = 5)",
                "s <> (i = 5)",
                "5 BETWEEN s AND s",
                "5 NOT BETWEEN s AND s"
            })
    void comparingUnlikeTypesIsFalseWhateverTheOperation(String selector) {
        message.with("s", "x").with("b", true).with("i", 5);
        expect(F, selector);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s > t", "s < t", "s >= s", "s <= s", "b > c", "b >= b"})
    void stringsAndBooleansHaveNoOrder(String selector) {
        message.with("s", "x").with("t", "y").with("b", true).with("c", false);
        expect(F, selector);
    }

    @Test
    void stringsAreEqualIfTheyAreTheSameSequenceOfCharacters() {
        message.with("s", "abc");
        expect(T, "s = 'abc'");
        expect(F, "s = 'ABC'");
        expect(F, "s = 'ab'");
        expect(F, "s = 'abcd'");
        expect(T, "s <> 'abd'");
        expect(F, "s <> 'abc'");
    }

    @Test
    void booleansCompareWithBooleansAndConditions() {
        message.with("t", true).with("f", false).with("i", 5);
        expect(T, "t = TRUE AND f = FALSE AND t <> f AND t <> FALSE");
        expect(T, "(i = 5) = t");
        expect(T, "t = i > 4");
        expect(F, "(i = 5) = (i = 6)");
        expect(T, "(i = 5) <> (i = 6)");
        expect(U, "(missing = 5) = t");
        expect(T, "TRUE OR (FALSE AND FALSE)");
    }

    @Test
    void arithmeticBindsUnaryThenProductThenSum() {
        message.with("a", 1f).with("b", 2f).with("c", 3f).with("d", 4f).with("e", 4f);
        expect(T, "a+b*c-d/e = 6");
        message.with("p", 5).with("q", 5);
        expect(T, "- p + q = 0");
        expect(T, "-(p + q) = -10");
        expect(T, "2 * -p = -10");
        expect(T, "--p = 5 AND -+-p = 5 AND +p = 5");
    }

    @Test
    void betweenIsTheSameAsTwoComparisons() {
        for (int age : new int[] {14, 15, 17, 19, 20}) {
            message.with("age", age);
            expect(Truth.of(age >= 15 && age <= 19), "age BETWEEN 15 AND 19");
            expect(Truth.of(age >= 15 && age <= 19), "age >= 15 AND age <= 19");
            expect(Truth.of(age < 15 || age > 19), "age NOT BETWEEN 15 AND 19");
        }
        expect(T, "17 between 4 * 4 and 10 + 8 AND TRUE");
        expect(U, "missing BETWEEN 1 AND 10");
        expect(U, "1 BETWEEN missing AND 10");
        expect(U, "1 BETWEEN 0 AND missing");
        expect(F, "1 BETWEEN 2 AND missing");
        expect(F, "1 BETWEEN missing AND 0");
        expect(T, "1 NOT BETWEEN 2 AND missing");
        expect(U, "missing NOT BETWEEN 1 AND 10");
    }

    @Test
    void inFindsTheStringsOfItsList() {
        message.with("Country", "UK");
        expect(T, "Country IN ('UK', 'US', 'France')");
        expect(F, "Country NOT IN ('UK', 'US', 'France')");
        message.with("Country", "Peru");
        expect(F, "Country IN ('UK', 'US', 'France')");
        expect(T, "Country NOT IN ('UK', 'US', 'France')");
        expect(U, "missing IN ('UK')");
        expect(U, "missing NOT IN ('UK')");
    }

    @Test
    void likeExamplesOfTheSpecification() {
        expectLike(T, "12%3", "123");
        expectLike(T, "12%3", "12993");
        expectLike(F, "12%3", "1234");
        expectLike(T, "l_se", "lose");
        expectLike(F, "l_se", "loose");
        message.with("underscored", "_foo");
        expect(T, "underscored LIKE '\\_%' ESCAPE '\\'");
        message.with("underscored", "bar");
        expect(F, "underscored LIKE '\\_%' ESCAPE '\\'");
        expect(U, "missing LIKE 'x'");
        expect(U, "missing NOT LIKE 'x'");
    }

    private void expectLike(Truth expected, String pattern, String word) {
        message.with("word", word);
        expect(expected, "word LIKE '" + pattern + "'");
        expect(expected.not(), "word NOT LIKE '" + pattern + "'");
    }

    @Test
    void isNullIsNeverUnknown() {
        message.with("here", 0);
        expect(T, "prop_name IS NULL");
        expect(F, "prop_name IS NOT NULL");
        expect(F, "here IS NULL");
        expect(T, "here IS NOT NULL");
        expect(T, "(here) IS NOT NULL");
    }

    @Test
    void theExampleOfTheCar() {
        String selector = "JMSType = 'car' AND color = 'blue' AND weight > 2500";
        message.with("JMSType", "car").with("color", "blue").with("weight", 2501);
        expect(T, selector);
        message.with("weight", 2500);
        expect(F, selector);
        message.with("weight", null);
        expect(U, selector);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = 0",
                "n <> 0",
                "n > 0",
                "n >= 0",
                "n < 0",
                "n <= 0",
                "0 = n",
                "n = n",
                "n <> n",
                "n = 'x'",
                "n = TRUE",
                "-n = 0",
                "+n = 0",
                "n * 2 = 0",
                "2 / n = 0",
                "n + 2 = 0",
                "2 - n = 0",
                "n LIKE '%'",
                "n IN ('x')",
                "n BETWEEN 0 AND 1"
            })
    void nullMakesComparisonAndArithmeticUnknown(String selector) {
        message.with("n", null);
        expect(U, selector);
        expect(U, "NOT (" + selector + ")");
    }
}
