// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** LIKE on UTF-8 bytes, against examples and against a regular expression on code points. */
class LikePatternTest {

    private static final int NO_ESCAPE = -1;

    private static boolean matches(String pattern, int escape, String text) {
        return matches(pattern, escape, text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean matches(String pattern, int escape, byte[] text) {
        TestMessage.Slice slice = TestMessage.Slice.of(text);
        return LikePattern.compile(pattern, escape)
                .matches(slice.bytes, slice.offset, slice.length);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "'', a, false",
        "'%', '', true",
        "'%', abc, true",
        "'%%', '', true",
        "_, '', false",
        "_, a, true",
        "_, ab, false",
        "__, ab, true",
        "'_%', '', false",
        "'_%', a, true",
        "'%_', abc, true",
        "'%_%', '', false",
        "'%_%', a, true",
        "a%c, ac, true",
        "a%c, abbc, true",
        "a%c, abcb, false",
        "a%a, a, false",
        "a%a, aa, true",
        "'%b%', abc, true",
        "'%b%', ac, false",
        "'%ab%ab%', abab, true",
        "'%ab%ab%', abxb, false",
        "'%aab', aaab, true",
        "'%aab%', aaaaabc, true",
        "'%ab_ab%', ababxab, true",
        "'a%_b', ab, false",
        "'a%_b', acb, true",
        "abc, ABC, false",
        "a.c, abc, false",
        "'a\\%', 'a\\b', true"
    })
    void patternsWithoutEscape(String pattern, String text, boolean expected) {
        assertEquals(expected, matches(pattern, NO_ESCAPE, text), pattern + " on " + text);
    }

    @ParameterizedTest
    @CsvSource({
        // takes the meaning from _ and % and itself
        "'\\_%', '\\', _foo, true", "'\\_%', '\\', bar, false", "'\\__\\%%', '\\', _a%b, true",
        "A_fo_A%f%, A, _foo%foo, true", "A%fooA_, A, %foo_, true", "A%fooA_, A, _foo%, false",
        "A_A_, A, _A, false", "AAb, A, Ab, true", "AAb, A, AAb, false",
        // stands for itself before anything else and at the end
        "'a\\bc', '\\', 'a\\bc', true", "'a\\bc', '\\', abc, false", "'abc\\', '\\', 'abc\\', true",
        // may itself be a wildcard
        "'_D7__', '_', XD7_, true", "'%D7%_', '%', XD7_, true", "'%D7%%', '%', XD7_, false",
        "'%D7%%', '%', 'XD7%', true", "'%D7%', '%', XD7abc, true"
    })
    void patternsWithEscape(String pattern, String escape, String text, boolean expected) {
        assertEquals(expected, matches(pattern, escape.codePointAt(0), text), pattern);
    }

    @Test
    void anUnderscoreIsOneCodePoint() {
        assertEquals(true, matches("_", NO_ESCAPE, "\u00e9"));
        assertEquals(true, matches("_", NO_ESCAPE, "\uD83D\uDC08"));
        assertEquals(false, matches("__", NO_ESCAPE, "\uD83D\uDC08"));
        assertEquals(true, matches("%_\u65e5", NO_ESCAPE, "x\u672c\u65e5"));
        assertEquals(true, matches("%_\u672c_%", NO_ESCAPE, "\u65e5\u672c\uD83D\uDC08x"));
        assertEquals(true, matches("\uD83D\uDC08%\uD83D\uDC08_", 0x1F408, "%_"));
        assertEquals(true, matches("\uD83D\uDC08_", 0x1F408, "_"));
    }

    @Property(tries = 20_000)
    void matchesAsARegularExpressionDoes(
            @ForAll("patterns") String pattern, @ForAll("texts") String text) {
        assertEquals(
                regex(pattern, NO_ESCAPE).matcher(text).matches(),
                matches(pattern, NO_ESCAPE, text));
    }

    @Property(tries = 20_000)
    void matchesAsARegularExpressionDoesWithAnEscape(
            @ForAll("patterns") String pattern,
            @ForAll("texts") String text,
            @ForAll("escapes") int escape) {
        assertEquals(
                regex(pattern, escape).matcher(text).matches(), matches(pattern, escape, text));
    }

    @Property(tries = 20_000)
    void anyBytesAtAllGiveAnAnswer(@ForAll("patterns") String pattern, @ForAll byte[] bytes) {
        matches(pattern, NO_ESCAPE, bytes);
    }

    @Test
    void noPatternAndTextTakeMoreThanTheyMay() {
        byte[] text = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        String[] patterns = {
            "%" + "a".repeat(30_000) + "b%",
            "%a".repeat(30_000) + "b",
            "%" + "a_".repeat(LikePattern.FLOATING_PART_CHARS_MAX / 2 - 1) + "b%",
            "%_".repeat(30_000) + "b"
        };
        for (String pattern : patterns) {
            LikePattern compiled = LikePattern.compile(pattern, NO_ESCAPE);
            assertEquals(true, compiled.isBounded());
            // milliseconds when all is well, minutes for the naive way
            assertTimeout(
                    Duration.ofSeconds(20),
                    () -> assertEquals(false, compiled.matches(text, 0, text.length)));
        }
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("a", "b", "_", "%", "\u00e9", "\uD83D\uDC08", "\\")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "_", "%", "\u00e9", "\uD83D\uDC08", "\\", "\n")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Integer> escapes() {
        return Arbitraries.of((int) '\\', (int) 'a', (int) '_', (int) '%', 0x1F408);
    }

    /** The pattern as a regular expression, which the JDK matches code point by code point. */
    private static Pattern regex(String pattern, int escape) {
        StringBuilder regex = new StringBuilder();
        int[] codePoints = pattern.codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            int c = codePoints[i];
            boolean escaping =
                    c == escape
                            && i + 1 < codePoints.length
                            && (codePoints[i + 1] == '_'
                                    || codePoints[i + 1] == '%'
                                    || codePoints[i + 1] == escape);
            if (escaping) {
                i++;
                regex.append(Pattern.quote(Character.toString(codePoints[i])));
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(Character.toString(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
