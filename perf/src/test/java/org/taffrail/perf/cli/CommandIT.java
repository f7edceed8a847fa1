// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/**
 * Runs the suites' commands as a terminal does, and keeps what they print. A command starts servers
 * and waits for their runs, which takes its time on a busy machine.
 */
@Timeout(300)
abstract class CommandIT {
    @TempDir Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    final int perf(String... arguments) {
        CommandLine commandLine = CommandLineSetup.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
