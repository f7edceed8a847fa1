// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.perf.load.ThroughputCase;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

class CompareCommandTest {
    private static final List<String> ALL =
            List.of("--duration=3s", "--warmup=1s", "--size=2000", "--non-persistent");

    @Test
    void whatIsTypedIsUnderstoodByCasesAndByLatencies() {
        CommandLine.Model.CommandSpec spec =
                CommandLine.Model.CommandSpec.forAnnotatedObject(new CompareOptions());
        assertEquals(ALL.size(), spec.options().size(), "each option is tried here");

        ThroughputRuns.check(ALL, List.of(ThroughputCase.parse("sync-send:1")));
        LatencyRuns.check(ALL, List.of(1_000L));
    }

    @Test
    void refusesARateBeforeAnythingIsStarted() {
        assertThrows(
                IllegalArgumentException.class, () -> LatencyRuns.check(ALL, List.of(1_000L, 0L)));
    }

    @Test
    void aBodyThatHoldsNoStampIsAWrongCommandLine() {
        StringWriter err = new StringWriter();
        CommandLine commandLine = CommandLineSetup.commandLine().setErr(new PrintWriter(err));

        assertEquals(
                ExitCode.USAGE, commandLine.execute("compare", "--start=taffrail", "--size=10"));
        assertTrue(err.toString().contains("A message has 48 to "), err::toString);
    }
}
