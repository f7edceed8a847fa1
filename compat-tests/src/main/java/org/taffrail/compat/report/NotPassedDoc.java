// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import org.taffrail.compat.run.Outcome;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.RunRecord;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What does not pass, and why: a Markdown page made of runs of one provider in several ways. It can
 * be read again, so that a build can tell whether it still says the truth.
 */
public final class NotPassedDoc {
    private static final Pattern ENTRY =
            Pattern.compile("^\\| `([^`]+)` \\| ([^|]+) \\| (failed|unsupported) \\| ");

    private NotPassedDoc() {}

    /**
     * Makes the page.
     *
     * @param introduction what stands before the lists
     * @param runs the runs
     * @return Markdown
     */
    public static String of(String introduction, List<RunRecord> runs) {
        StringBuilder text = new StringBuilder(introduction).append('\n');
        text.append("\n## What does not hold\n\n");
        table(text, runs, Outcome.FAILED, "Every check that could be made passes.");
        text.append("\n## What is not there, or could not be checked\n\n");
        table(text, runs, Outcome.UNSUPPORTED, "Every check could be made.");
        return text.toString();
    }

    private static void table(
            StringBuilder text, List<RunRecord> runs, Outcome outcome, String nothing) {
        Map<String, StringBuilder> rows = new LinkedHashMap<>();
        for (RunRecord run : runs) {
            for (Result result : run.results()) {
                if (result.outcome() == outcome) {
                    rows.computeIfAbsent(result.subject().id(), id -> new StringBuilder())
                            .append(row(run, result));
                }
            }
        }
        if (rows.isEmpty()) {
            text.append(nothing).append('\n');
            return;
        }
        text.append("| check | with | outcome | section | strength | statement | reason |\n");
        text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
        rows.values().forEach(text::append);
    }

    private static String row(RunRecord run, Result result) {
        return "| `"
                + result.subject().id()
                + "` | "
                + Markup.cell(run.name())
                + " | "
                + result.outcome()
                + " | "
                + Markup.cell(result.subject().section())
                + " | "
                + result.subject().strength()
                + " | "
                + Markup.cell(result.subject().says())
                + " | "
                + Markup.cell(result.reason())
                + " |\n";
    }

    /**
     * Reads what a page says.
     *
     * @param page Markdown that this class has made
     * @return an entry for each run, check and outcome on it
     */
    public static Set<String> entries(String page) {
        Set<String> entries = new TreeSet<>();
        for (String line : page.lines().toList()) {
            Matcher matcher = ENTRY.matcher(line);
            if (matcher.find()) {
                entries.add(matcher.group(2) + ": " + matcher.group(1) + " " + matcher.group(3));
            }
        }
        return entries;
    }
}
