// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class DestinationPatternTest {
    private static final String[] WORDS = {"a", "b", "*", "#", ""};

    private static DestinationPattern any(String text) {
        return DestinationPattern.of(Scope.ANY, text);
    }

    @ParameterizedTest
    @CsvSource({
        "orders,orders,true",
        "orders,orders.eu,false",
        "orders,order,false",
        "orders.*,orders.eu,true",
        "orders.*,orders,false",
        "orders.*,orders.eu.open,false",
        "orders.*,orders.,true",
        "*.eu,orders.eu,true",
        "*.eu,orders.us,false",
        "*,orders,true",
        "*,orders.eu,false",
        "orders.#,orders,true",
        "orders.#,orders.eu,true",
        "orders.#,orders.eu.open,true",
        "orders.#,ordersX,false",
        "orders.>,orders.eu.open,true",
        "orders.*.#,orders,false",
        "orders.*.#,orders.eu,true",
        "#,anything.at.all,true",
        ">,anything,true",
        "a..b,a..b,true",
        "a.*.b,a..b,true",
    })
    void matchesWordByWord(String pattern, String name, boolean matches) {
        assertEquals(matches, any(pattern).matches(DestinationKind.QUEUE, name));
    }

    @Test
    void isForTheKindsOfItsScope() {
        DestinationPattern queues = DestinationPattern.of(Scope.QUEUE, "a");
        DestinationPattern topics = DestinationPattern.of(Scope.TOPIC, "a");
        for (DestinationKind kind : DestinationKind.values()) {
            assertEquals(kind.isQueue(), queues.matches(kind, "a"), kind.toString());
            assertEquals(!kind.isQueue(), topics.matches(kind, "a"), kind.toString());
            assertTrue(any("a").matches(kind, "a"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a*", "a.b*.c", "#.a", "a.>.b", "a#", "**", "a.>>"})
    void aWildcardIsAWholeWordAtItsPlace(String text) {
        assertThrows(IllegalArgumentException.class, () -> any(text));
    }

    @Test
    void bothWaysToWriteTheRestAreTheSame() {
        assertEquals(any("a.#"), any("a.>"));
    }

    @ParameterizedTest
    @CsvSource({
        "orders.eu,orders.*",
        "orders,orders.#",
        "orders.*,orders.#",
        "orders.*.#,orders.#",
        "orders.*,*.eu",
        "orders.#,*.eu",
        "*.eu,*.*",
        "*,#",
    })
    void theFirstWordThatDiffersDecides(String specific, String vague) {
        assertTrue(any(specific).compareTo(any(vague)) < 0);
        assertTrue(any(vague).compareTo(any(specific)) > 0);
        DestinationPattern vagueForQueues = DestinationPattern.of(Scope.QUEUE, vague);
        assertTrue(any(specific).compareTo(vagueForQueues) < 0, "words count before the scope");
    }

    @Test
    void withTheSameWordsTheNarrowerScopeIsMoreSpecific() {
        assertTrue(DestinationPattern.of(Scope.QUEUE, "a.*").compareTo(any("a.*")) < 0);
        assertTrue(DestinationPattern.of(Scope.TOPIC, "a.*").compareTo(any("a.*")) < 0);
    }

    /** A total order: sorting gives the same, whatever it begins with. */
    @Test
    void sortingDoesNotDependOnTheOrderBefore() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<DestinationPattern> patterns = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                patterns.add(random(random));
            }
            List<DestinationPattern> other = new ArrayList<>(patterns);
            Collections.shuffle(other, random);
            Collections.sort(patterns);
            Collections.sort(other);
            assertEquals(patterns, other, "seed " + seed);
            for (DestinationPattern one : patterns) {
                for (DestinationPattern two : patterns) {
                    int order = one.compareTo(two);
                    assertEquals(one.equals(two), order == 0, "seed " + seed);
                    assertEquals(-Integer.signum(order), Integer.signum(two.compareTo(one)));
                }
            }
        }
    }

    /** Against a second way of matching: regular expressions. */
    @Test
    void matchesWhatTheSameRegularExpressionMatches() {
        for (long seed = 1; seed <= 20_000; seed++) {
            Random random = new Random(seed);
            DestinationPattern pattern = random(random);
            List<String> name = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                name.add(new String[] {"a", "b", "", "ab"}[random.nextInt(4)]);
            }
            String text = String.join(".", name);
            String regex =
                    pattern.toString()
                            .replace(".", "\\.")
                            .replace("*", "[^.]*")
                            .replace("\\.#", "(\\..*)?")
                            .replace("#", ".*");
            assertEquals(
                    text.matches(regex),
                    pattern.matches(DestinationKind.QUEUE, text),
                    "seed " + seed + ": " + pattern + " and '" + text + "'");
        }
    }

    private static DestinationPattern random(Random random) {
        List<String> words = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        while (words.size() < count && !words.contains("#")) {
            words.add(WORDS[random.nextInt(words.isEmpty() ? 4 : WORDS.length)]);
        }
        return any(String.join(".", words));
    }
}
