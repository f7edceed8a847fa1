// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;
import org.taffrail.compat.run.Outcome;
import org.taffrail.compat.run.RunRecord;

import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

class DocsTest {
    private static final Chapter CHAPTER =
            new Chapter(
                    "Closing",
                    List.of(ClosingChecks.class),
                    List.of(new Unchecked("6.2.1", Strength.SHOULD, "It frees.", "unseen")));

    static final class ClosingChecks {
        @Check(section = "6.10", says = "It closes.")
        void closes(Scene scene) {}

        @Check(section = "6.9", says = "It opens.", strength = Strength.COMMON_PRACTICE)
        void opens(Scene scene) {}
    }

    @Test
    void listsStatementsBySectionWithCheckAndChoice() {
        Properties choices = new Properties();
        choices.setProperty("Closing.opens", "at once");
        choices.setProperty("6.2.1", "soon");

        String page = ConformanceDoc.of("Title", "Words.", List.of(CHAPTER), choices);

        assertEquals(
                """
                # Title

                Words.

                ## Closing

                | section | statement | strength | check | what Taffrail does |
                | --- | --- | --- | --- | --- |
                | 6.2.1 | It frees. | should | none: unseen | soon |
                | 6.9 | It opens. | common practice | `Closing.opens` | at once |
                | 6.10 | It closes. | must | `Closing.closes` |  |
                """,
                page);
    }

    @Test
    void listsBehindTheTablesWhatBelongsToNoStatement() {
        Properties choices = new Properties();
        choices.setProperty("7.10/how-often", "twice");
        choices.setProperty("7.2/when-full", "never");
        choices.setProperty("6.9", "a section's choice is not repeated for each of its checks");

        String page = ConformanceDoc.of("Title", "Words.", List.of(CHAPTER), choices);

        assertTrue(
                page.endsWith(
                        """
                        ## Other choices

                        | section | subject | what Taffrail does |
                        | --- | --- | --- |
                        | 6.9 |  | a section's choice is not repeated for each of its checks |
                        | 7.2 | when full | never |
                        | 7.10 | how often | twice |
                        """),
                page);
    }

    @Test
    void doesNotGuessToWhichOfSeveralStatementsAChoiceBelongs() {
        Chapter chapter =
                new Chapter(
                        "Closing",
                        List.of(),
                        List.of(
                                new Unchecked("6.2.1", Strength.SHOULD, "It frees.", "unseen"),
                                new Unchecked("6.2.1", Strength.SHOULD, "It ends.", "unseen")));
        Properties choices = new Properties();
        choices.setProperty("6.2.1", "soon");

        String page = ConformanceDoc.of("Title", "Words.", List.of(chapter), choices);

        assertTrue(page.contains("| 6.2.1 | It frees. | should | none: unseen |  |\n"), page);
        assertTrue(page.endsWith("| 6.2.1 |  | soon |\n"), page);
    }

    @Test
    void refusesAChoiceThatBelongsToNothing() {
        Properties choices = new Properties();
        choices.setProperty("Closing.opened", "at once");

        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ConformanceDoc.of("T", "W", List.of(CHAPTER), choices));

        assertTrue(refused.getMessage().contains("Closing.opened"), refused.getMessage());
    }

    @Test
    void ordersSectionsByNumber() {
        List<String> sections =
                Stream.of("api:Session", "6.10", "6.2.15", "6", "6.2.9", "10.1")
                        .sorted(ConformanceDoc::compareSections)
                        .toList();

        assertEquals(List.of("6", "6.2.9", "6.2.15", "6.10", "10.1", "api:Session"), sections);
    }

    @Test
    void readsBackWhatDidNotPass() {
        RunRecord tcp =
                Runs.run(
                        "Over_TCP",
                        Runs.result("A.fails", Strength.MUST, Outcome.FAILED, "a | b"),
                        Runs.result("A.passes", Strength.MUST, Outcome.PASSED, ""));
        RunRecord embedded =
                Runs.run(
                        "Embedded",
                        Runs.result("A.fails", Strength.MUST, Outcome.FAILED, "c"),
                        Runs.result("B.lacks", Strength.MUST, Outcome.UNSUPPORTED, "d"));

        String page = NotPassedDoc.of("Words.", List.of(tcp, embedded));

        assertEquals(
                Set.of(
                        "Over\\_TCP: A.fails failed",
                        "Embedded: A.fails failed",
                        "Embedded: B.lacks unsupported"),
                NotPassedDoc.entries(page));
    }

    @Test
    void saysSoWhereEverythingPasses() {
        String page =
                NotPassedDoc.of(
                        "Words.",
                        List.of(
                                Runs.run(
                                        "One",
                                        Runs.result("A.a", Strength.MUST, Outcome.PASSED, ""))));

        assertTrue(page.contains("Every check that could be made passes."), page);
        assertTrue(NotPassedDoc.entries(page).isEmpty(), page);
    }

    @Test
    void putsFiguresOfSeveralRunsIntoATable() {
        RunRecord run =
                Runs.run(
                        "One",
                        Runs.result("A.a", Strength.MUST, Outcome.PASSED, ""),
                        Runs.result("A.b", Strength.MUST, Outcome.FAILED, "no"),
                        Runs.result("A.c", Strength.SHOULD, Outcome.UNSUPPORTED, "no"));

        assertTrue(
                FiguresTable.of(List.of(run))
                        .endsWith(
                                "| One 1.2 | 1 of 2 (50.0 %) | 0 of 1 (0.0 %) | 0 of 0 (-) | 1 | 1"
                                        + " | 1 s |\n"),
                () -> FiguresTable.of(List.of(run)));
    }

    @Test
    void summarizesForATerminalThatNothingCanSteer() {
        String text = TextSummary.of(Runs.hostile());

        assertTrue(text.contains("Failed:"), text);
        assertTrue(text.chars().noneMatch(c -> c == 0x1b || c == 0), "a control character");
    }
}
