// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** Whatever text is presented, it is a selector or refused, in bounded time and stack. */
class SelectorFuzzTest {

    /** Three quarters of what a thread has by default. */
    private static final long SMALL_STACK_BYTES = 768 * 1024;

    private static final String EVERYTHING =
            "NOT (JMSType = 'car' OR a <> -1.5e3f) AND _b NOT IN ('x', 'it''s') OR c LIKE '%_!%'"
                    + " ESCAPE '!' AND d BETWEEN 0x1F * 2 AND +017L / e OR (f IS NOT NULL) = TRUE";

    /** Parses, and evaluates and prints what could be parsed; any other exception fails. */
    private static boolean parses(String text) {
        TestMessage message = TestMessage.empty().with("a", 1).with("b", "x").with("c", true);
        try {
            Selector selector = Selector.parse(text);
            assertNotNull(selector.evaluate(message, new Evaluation()));
            if (selector.toString().length() <= Selector.TEXT_CHARS_MAX) {
                assertEquals(selector, Selector.parse(selector.toString()));
            }
            return true;
        } catch (SelectorSyntaxException e) {
            assertTrue(e.position() >= 0 && e.position() <= text.length(), e.getMessage());
            return false;
        }
    }

    @Property(tries = 20_000)
    void anyCharactersAreParsedOrRefused(@ForAll String text) {
        parses(text);
    }

    @Property(tries = 50_000)
    void anyWordsAreParsedOrRefused(@ForAll("words") String text) {
        parses(text);
    }

    @Provide
    Arbitrary<String> words() {
        List<String> words =
                List.of(
                        "NOT",
                        "AND",
                        "OR",
                        "BETWEEN",
                        "LIKE",
                        "IN",
                        "IS",
                        "ESCAPE",
                        "NULL",
                        "TRUE",
                        "FALSE",
                        "a",
                        "b",
                        "c",
                        "JMSType",
                        "JMSReplyTo",
                        "'x'",
                        "'%_'",
                        "'",
                        "1",
                        "2.5",
                        "9223372036854775808",
                        "0x",
                        "1e",
                        "08",
                        "=",
                        "<>",
                        "<",
                        "<=",
                        ">",
                        ">=",
                        "+",
                        "-",
                        "*",
                        "/",
                        "(",
                        ")",
                        ",",
                        ".",
                        "!",
                        "\uD83D");
        return Arbitraries.of(words)
                .list()
                .ofMaxSize(12)
                .flatMap(
                        list ->
                                Arbitraries.of("", " ")
                                        .map(separator -> String.join(separator, list)));
    }

    @Property(tries = 20_000)
    void aSelectorWithOneCharacterChangedIsParsedOrRefused(
            @ForAll @IntRange(max = 189) int position, @ForAll char replacement) {
        StringBuilder text = new StringBuilder(EVERYTHING);
        text.setCharAt(Math.min(position, text.length() - 1), replacement);
        parses(text.toString());
    }

    @Test
    void everyBeginningAndEndOfASelectorIsParsedOrRefused() {
        assertTrue(parses(EVERYTHING));
        for (int i = 0; i <= EVERYTHING.length(); i++) {
            parses(EVERYTHING.substring(0, i));
            parses(EVERYTHING.substring(i));
        }
    }

    @Test
    void neitherDepthNorLengthExhaustsASmallStackOrMuchTime() throws InterruptedException {
        int max = Selector.NESTING_MAX;
        int length = Selector.TEXT_CHARS_MAX;
        List<String> parsed =
                List.of(
                        "(".repeat(max) + "a" + ")".repeat(max),
                        "NOT (a OR ".repeat(max) + "a" + ")".repeat(max),
                        "(a = (b <> ".repeat(max / 2) + "a" + "))".repeat(max / 2),
                        "-(a + b * ".repeat(max) + "a" + ")".repeat(max) + " = 1",
                        "NOT ".repeat(length / 4 - 1) + "a",
                        "-".repeat(length - 6) + "a = 1",
                        "a" + " OR a".repeat(length / 5 - 1),
                        "a" + " AND a".repeat(length / 6 - 1),
                        "1" + "+1".repeat(length / 2 - 3) + "=1",
                        "1" + "*-a".repeat(length / 3 - 3) + "=1",
                        "a OR NOT a AND ".repeat(length / 15 - 1) + "a",
                        "a LIKE '" + "%_".repeat(length / 2 - 5) + "'",
                        "0".repeat(length - 3) + "=0",
                        "0." + "1".repeat(length - 5) + "=0");
        List<String> refused =
                List.of(
                        "(".repeat(length),
                        "NOT (".repeat(length / 5),
                        "a = (".repeat(length / 5),
                        "-(".repeat(length / 2),
                        "a IN (".repeat(length / 6),
                        "a BETWEEN ".repeat(length / 10),
                        "'".repeat(length - 1),
                        "9".repeat(length),
                        "a OR ".repeat(length / 5));
        Throwable[] failure = new Throwable[1];
        Thread small =
                new Thread(
                        null,
                        () ->
                                assertTimeout(
                                        Duration.ofSeconds(30),
                                        () -> {
                                            for (String text : parsed) {
                                                assertTrue(parses(text), text.substring(0, 20));
                                            }
                                            for (String text : refused) {
                                                assertTrue(!parses(text), text.substring(0, 20));
                                            }
                                        }),
                        "small stack",
                        SMALL_STACK_BYTES);
        small.setUncaughtExceptionHandler((thread, e) -> failure[0] = e);
        small.start();
        small.join();
        assertNull(failure[0], () -> String.valueOf(failure[0]));
    }
}
