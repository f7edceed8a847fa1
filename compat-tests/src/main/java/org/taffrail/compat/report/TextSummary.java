// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.run.Outcome;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.RunRecord;
import org.taffrail.compat.run.Subject;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** A run for a terminal: a table of chapters, then what did not pass. */
public final class TextSummary {
    private static final String INDENT = "    ";

    private TextSummary() {}

    /**
     * Tells of a run.
     *
     * @param run the run
     * @return lines of text
     */
    public static String of(RunRecord run) {
        TextTable table = new TextTable();
        table.row("", "passed", "failed", "unsupported", "not run", "");
        Set<String> chapters = new LinkedHashSet<>();
        run.results().forEach(result -> chapters.add(result.subject().chapter()));
        for (String chapter : chapters) {
            row(
                    table,
                    chapter,
                    Tally.of(run, result -> result.subject().chapter().equals(chapter)));
        }
        for (Strength strength : Strength.values()) {
            Tally tally = Tally.of(run, strength);
            if (tally.all() > 0) {
                row(table, "in all: " + strength, tally);
            }
        }
        StringBuilder text = new StringBuilder("\n").append(table);
        list(text, run, Outcome.FAILED, "Failed");
        list(text, run, Outcome.UNSUPPORTED, "Unsupported");
        if (!run.leftThreads().isEmpty()) {
            text.append("\nThreads left after everything was closed: ");
            text.append(String.join(", ", run.leftThreads())).append('\n');
        }
        text.append(
                String.format(
                        Locale.ROOT,
                        "%n%s: %d checks in %.1f s, %s%n",
                        run.name(),
                        run.results().size(),
                        run.tookMs() / 1000.0,
                        run.holds()
                                ? "nothing that the specification demands failed"
                                : "not all that the specification demands holds"));
        return printable(text.toString());
    }

    private static void row(TextTable table, String title, Tally tally) {
        table.row(
                title,
                Long.toString(tally.passed()),
                Long.toString(tally.failed()),
                Long.toString(tally.unsupported()),
                Long.toString(tally.notRun()),
                tally.percent());
    }

    private static void list(StringBuilder text, RunRecord run, Outcome outcome, String title) {
        boolean first = true;
        for (Result result : run.results()) {
            if (result.outcome() == outcome) {
                if (first) {
                    text.append('\n').append(title).append(":\n");
                    first = false;
                }
                text.append(entry(result));
            }
        }
    }

    /**
     * Tells of one result.
     *
     * @param result a result that did not pass
     * @return lines of text: the check, the statement, the reason
     */
    public static String entry(Result result) {
        Subject subject = result.subject();
        String text =
                "  "
                        + subject.id()
                        + " ("
                        + subject.section()
                        + ", "
                        + subject.strength()
                        + ")\n"
                        + INDENT
                        + subject.says()
                        + "\n"
                        + INDENT
                        + "-> "
                        + result.reason()
                        + "\n";
        return printable(text);
    }

    /** What comes from a provider must not steer the terminal. */
    private static String printable(String text) {
        return Markup.legal(text).replaceAll("[\\p{Cntrl}&&[^\\n]]", "?");
    }
}
