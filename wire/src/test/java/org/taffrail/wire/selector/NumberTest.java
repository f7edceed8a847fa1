// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numeric literals, promotion and arithmetic, which are Java's (sections 3.8.1.1, 3.8.1.3). */
class NumberTest {

    private final TestMessage message = TestMessage.empty();

    private void expect(Truth expected, String selector) {
        assertEquals(expected, TestMessage.evaluate(selector, message), selector);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0L, 0",
        "5l, 5",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "-9223372036854775808L,-9223372036854775808",
        "- 9223372036854775808, -9223372036854775808",
        "2147483648, 2147483648",
        "0x1d, 29",
        "0X1D, 29",
        "0x10L, 16",
        "-0x10, -16",
        "0xFFFFFFFF, 4294967295",
        "0xFFFFFFFFFFFFFFFF, -1",
        "0x7fff_ffff, 2147483647",
        "035, 29",
        "00, 0",
        "0_7, 7",
        "01777777777777777777777, -1",
        "0b101, 5",
        "0B1_0, 2",
        "1_000_000, 1000000",
        "1__0, 10"
    })
    void exactLiterals(String literal, long value) {
        message.with("a", value);
        expect(Truth.TRUE, "a = " + literal);
    }

    @ParameterizedTest
    @CsvSource({
        "7., 7",
        ".5, 0.5",
        ".7e4, 7000",
        "7.5e-1, 0.75",
        "1E+2, 100",
        "1.e2, 100",
        "92d, 92",
        "92D, 92",
        "1.5d, 1.5",
        "09.5, 9.5",
        "09e1, 90",
        "0x1p3, 8",
        "0x1.8p1, 3",
        "0x.8P+1d, 1",
        "4.9E-324, 4.9E-324",
        "1.7976931348623157E308, 1.7976931348623157E308",
        "0.0e9999, 0",
        "1_0.5_0, 10.5",
        "-.5, -0.5"
    })
    void approximateLiterals(String literal, double value) {
        message.with("a", value);
        expect(Truth.TRUE, "a = " + literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08",
                "0x",
                "0xg",
                "0b2",
                "0b",
                "9223372036854775808",
                "-(9223372036854775808)",
                "99999999999999999999",
                "0x1FFFFFFFFFFFFFFFF",
                "1_",
                "1_.5",
                "1._5",
                "0x_1",
                "_1.5",
                "1e400",
                "1e39f",
                "1e-400",
                "1e-50f",
                "0x1.8",
                "0x.p1",
                "0x1p",
                "0x1p+",
                "1.5L",
                "1e",
                "1e+",
                "5i",
                "1a.0",
                "0b1_"
            })
    void whatIsNoLiteralIsRefused(String literal) {
        assertThrows(SelectorSyntaxException.class, () -> Selector.parse("a = " + literal));
    }

    @Test
    void aNumberEndsWhereItCanGoNoFurther() {
        message.with("a", 5).with("b", true);
        expect(Truth.TRUE, "a=5AND b");
        expect(Truth.TRUE, "a=5.AND b");
        expect(Truth.TRUE, "a=+5OR b");
    }

    @Test
    void aFloatPropertyIsWidenedBeforeItMeetsADouble() {
        message.with("f", 0.1f).with("d", 0.1);
        expect(Truth.FALSE, "f = 0.1");
        expect(Truth.TRUE, "f > 0.1");
        expect(Truth.TRUE, "f = 0.1f");
        expect(Truth.FALSE, "f = d");
        expect(Truth.TRUE, "d = 0.1 AND f = 1/10f");
    }

    @Test
    void anIntIsPromotedToFloatAndALongToo() {
        message.with("f", 16777216f).with("d", 16777216.0);
        message.with("i", 16777217).with("l", 16777217L);
        expect(Truth.TRUE, "i = f AND l = f");
        expect(Truth.FALSE, "i = d");
        expect(Truth.FALSE, "l = d");
    }

    @Test
    void exactArithmeticWrapsInItsOwnType() {
        message.with("i", Integer.MAX_VALUE).with("l", Long.MAX_VALUE);
        message.with("m", Integer.MIN_VALUE).with("n", Long.MIN_VALUE).with("b", Byte.MAX_VALUE);
        expect(Truth.TRUE, "i + 1 = -2147483648 AND i + 1 < 0");
        expect(Truth.TRUE, "i + 1L = 2147483648");
        expect(Truth.TRUE, "l + 1 = -9223372036854775808");
        expect(Truth.TRUE, "-m = m AND -n = n AND m / -1 = m AND n / -1 = n");
        expect(Truth.TRUE, "m - 1 = 2147483647");
        expect(Truth.TRUE, "-2147483648 - 1 = 2147483647");
        expect(Truth.TRUE, "65536 * 65536 = 0 AND 65536L * 65536 = 4294967296");
        expect(Truth.TRUE, "b + 1 = 128");
    }

    @Test
    void exactDivisionTruncatesAndApproximateDoesNot() {
        expect(Truth.TRUE, "7 / 2 = 3 AND -7 / 2 = -3 AND 7 / 2.0 = 3.5 AND 7 / 2f = 3.5");
        message.with("a", -10);
        expect(Truth.TRUE, "a/2 = -5");
    }

    @Test
    void exactDivisionByZeroIsUnknown() {
        message.with("i", 0).with("l", 0L);
        for (String division : new String[] {"1 / i", "1L / i", "1 / l", "i / i", "1 / 0 * 2"}) {
            expect(Truth.UNKNOWN, division + " = 1");
            expect(Truth.UNKNOWN, division + " <> 1");
        }
    }

    @Test
    void approximateArithmeticHasInfinitiesAndNaN() {
        message.with("zero", 0.0).with("negativeZero", -0.0).with("nan", Double.NaN);
        message.with("floatNaN", Float.NaN);
        expect(Truth.TRUE, "10.0 / zero = 10.0 / zero AND 10.0 / zero > 1.7976931348623157E308");
        expect(Truth.TRUE, "10 / negativeZero < 0");
        expect(Truth.TRUE, "zero = negativeZero AND 0 = -0.0");
        expect(Truth.FALSE, "nan = nan OR nan < 1 OR nan > 1 OR nan <= nan OR nan >= nan");
        expect(Truth.TRUE, "nan <> nan AND floatNaN <> floatNaN AND 0.0 / 0 <> 1");
        expect(Truth.FALSE, "floatNaN = floatNaN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s * 2", "2 - s", "b + 1", "1 / b", "-s", "+s", "s + 1 - 1", "-b"})
    void arithmeticWithWhatIsNoNumberHasNoValue(String expression) {
        message.with("s", "2").with("b", true);
        expect(Truth.UNKNOWN, expression + " = 2");
        expect(Truth.UNKNOWN, expression + " <> 2");
    }
}
