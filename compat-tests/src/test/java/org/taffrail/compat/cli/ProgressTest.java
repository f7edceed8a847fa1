// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.run.Outcome;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.Subject;

import java.io.PrintWriter;
import java.io.StringWriter;

class ProgressTest {
    private static final Subject SUBJECT =
            new Subject("Close.a", "Closing", "6.1", "It closes.", Strength.MUST);

    private final StringWriter out = new StringWriter();

    @Test
    void printsLinesNowAndThenWhereThereIsNoTerminal() {
        Progress progress = new Progress(new PrintWriter(out), false);

        for (int done = 1; done <= 120; done++) {
            progress.ended(new Result(SUBJECT, Outcome.PASSED, "", "", 1), done, 120);
        }

        assertEquals(3, out.toString().lines().count(), out::toString);
        assertTrue(out.toString().contains("120 of 120 checks, 0 failed"), out::toString);
        assertTrue(out.toString().indexOf('\r') < 0, "it overwrites");
    }

    @Test
    void countsInPlaceOnATerminalAndTellsFailuresAsTheyCome() {
        Progress progress = new Progress(new PrintWriter(out), true);

        progress.ended(new Result(SUBJECT, Outcome.PASSED, "", "", 1), 1, 3);
        progress.ended(new Result(SUBJECT, Outcome.FAILED, "it was open", "", 1), 2, 3);
        progress.ended(new Result(SUBJECT, Outcome.UNSUPPORTED, "no", "", 1), 3, 3);

        assertTrue(out.toString().contains("-> it was open"), out::toString);
        assertTrue(out.toString().contains("\r"), "it does not overwrite");
        assertTrue(
                out.toString().contains("3 of 3 checks, 1 failed, 1 unsupported"), out::toString);
    }
}
