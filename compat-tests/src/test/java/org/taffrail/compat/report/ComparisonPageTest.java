// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.run.Outcome;

import java.util.List;
import java.util.regex.Pattern;

class ComparisonPageTest {
    private static final String PAGE =
            ComparisonPage.of(
                    List.of(
                            Runs.run(
                                    "One",
                                    Runs.result("A.same", Strength.MUST, Outcome.PASSED, ""),
                                    Runs.result("A.differs", Strength.MUST, Outcome.PASSED, ""),
                                    Runs.result(
                                            "A.lacks", Strength.MUST, Outcome.UNSUPPORTED, "no")),
                            Runs.run(
                                    "Two",
                                    Runs.result("A.same", Strength.MUST, Outcome.PASSED, ""),
                                    Runs.result(
                                            "A.differs", Strength.MUST, Outcome.FAILED, "it was 2"),
                                    Runs.result("B.more", Strength.SHOULD, Outcome.PASSED, ""))));

    @Test
    void showsEveryCheckOfEveryRunOnce() {
        for (String id : List.of("A.same", "A.differs", "A.lacks", "B.more")) {
            assertEquals(2, PAGE.split("id=\"" + id + "\"", -1).length, id);
        }
    }

    @Test
    void marksWhereProvidersDifferAndWhatFailed() {
        assertTrue(PAGE.contains("<tr class=\"check\" id=\"A.same\">"), "same");
        assertTrue(PAGE.contains("<tr class=\"check differs fails\" id=\"A.differs\">"), "differs");
        assertTrue(PAGE.contains("<tr class=\"check differs\" id=\"B.more\">"), "not run by one");
    }

    @Test
    void countsByStrengthAndNeverRoundsUpToAll() {
        assertTrue(PAGE.contains("66.6 %"), "two of three");
        assertTrue(PAGE.contains("50.0 %"), "one of two");
        assertTrue(PAGE.contains("100 %"), "one of one");
        assertEquals("99.9 %", new Tally(99_999, 1, 0, 0).percent());
        assertEquals("100 %", new Tally(7, 0, 0, 0).percent());
        assertEquals("-", new Tally(0, 0, 0, 0).percent());
    }

    @Test
    void saysReasonsOutcomesInWordsAndVersions() {
        assertTrue(PAGE.contains("it was 2"), "reason");
        assertTrue(PAGE.contains("\u2717 failed"), "word beside the symbol");
        assertTrue(PAGE.contains("Product 1.2"), "version");
        assertTrue(PAGE.contains("2 x worker-#"), "threads that are left");
        assertTrue(PAGE.contains("2026-01-02 03:04 UTC"), "time");
    }

    @Test
    void needsNothingElse() {
        assertFalse(
                Pattern.compile("(src|href)=\"(?!#)|url\\(|@import|https?://").matcher(PAGE).find(),
                "something from elsewhere");
    }

    @Test
    void escapesAllThatComesFromARun() {
        String page = ComparisonPage.of(List.of(Runs.hostile()));

        assertFalse(page.contains("<script>alert"), "a script got in");
        assertFalse(page.contains("onload='x'"), "an attribute got in");
        assertFalse(page.contains("\u0000"), "a control character got in");
        assertTrue(page.contains("&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)"), "not shown");
    }

    @Test
    void showsThatARunHasNoCheckOfAStrength() {
        String page =
                ComparisonPage.of(
                        List.of(
                                Runs.run(
                                        "One",
                                        Runs.result("A.a", Strength.MUST, Outcome.PASSED, ""))));

        assertTrue(page.contains("<td><span class=\"none\">none</span></td>"), page);
    }
}
