// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

class StartCommandTest {
    @Test
    void aBrokerThatRunsAlreadyIsAWrongCommandLine() {
        StringWriter err = new StringWriter();
        CommandLine commandLine = CommandLineSetup.commandLine().setErr(new PrintWriter(err));

        assertEquals(ExitCode.USAGE, commandLine.execute("start", "--jndi=jndi.properties"));
        assertTrue(err.toString().contains("Name a broker to start"), err::toString);
    }
}
