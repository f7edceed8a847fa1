// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.run.RunRecord;

import java.util.List;

/** The figures of runs as a Markdown table: a row for each provider, a column for each strength. */
public final class FiguresTable {
    private FiguresTable() {}

    /**
     * Makes the table.
     *
     * @param runs the runs, in the order of the rows
     * @return Markdown
     */
    public static String of(List<RunRecord> runs) {
        StringBuilder text = new StringBuilder("| provider |");
        StringBuilder line = new StringBuilder("| --- |");
        for (Strength strength : Strength.values()) {
            text.append(' ').append(strength).append(" |");
            line.append(" --- |");
        }
        text.append(" failed | unsupported | time |\n").append(line).append(" --- | --- | --- |\n");
        for (RunRecord run : runs) {
            text.append("| ").append(Markup.cell(run.name() + " " + run.facts().version()));
            text.append(" |");
            for (Strength strength : Strength.values()) {
                Tally tally = Tally.of(run, strength);
                text.append(' ').append(tally.passed()).append(" of ").append(tally.all());
                text.append(" (").append(tally.percent()).append(") |");
            }
            Tally all = Tally.of(run, result -> true);
            text.append(' ').append(all.failed()).append(" | ").append(all.unsupported());
            text.append(" | ").append((run.tookMs() + 500) / 1000).append(" s |\n");
        }
        return text.toString();
    }
}
