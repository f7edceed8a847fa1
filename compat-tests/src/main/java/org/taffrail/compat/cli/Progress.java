// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.report.TextSummary;
import org.taffrail.compat.run.Outcome;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.RunListener;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells a terminal how a run goes on: failures as they come, and a line that counts. Where there is
 * no terminal, that line is printed now and then.
 */
final class Progress implements RunListener {
    private static final int PLAIN_EVERY = 50;

    private final PrintWriter out;
    private final boolean terminal;
    private final long startNs = System.nanoTime();
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private int lineLength;

    Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void ended(Result result, int done, int of) {
        counts.merge(result.outcome(), 1, Integer::sum);
        if (result.outcome() == Outcome.FAILED) {
            clearLine();
            out.print("FAILED\n" + TextSummary.entry(result));
        }
        String line = line(done, of);
        if (terminal) {
            clearLine();
            out.print(line);
            lineLength = line.length();
            if (done == of) {
                out.println();
            }
        } else if (done % PLAIN_EVERY == 0 || done == of) {
            out.println(line);
        }
        out.flush();
    }

    private void clearLine() {
        if (lineLength > 0) {
            out.print("\r" + " ".repeat(lineLength) + "\r");
            lineLength = 0;
        }
    }

    private String line(int done, int of) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs);
        return String.format(
                Locale.ROOT,
                "%d of %d checks, %d failed, %d unsupported, %d:%02d",
                done,
                of,
                counts.getOrDefault(Outcome.FAILED, 0),
                counts.getOrDefault(Outcome.UNSUPPORTED, 0),
                seconds / 60,
                seconds % 60);
    }
}
