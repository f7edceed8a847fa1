// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the suites' commands as a terminal does, and keeps what they print. A command starts servers
 * and waits for their runs, which takes its time on a busy machine.
 */
@Timeout(300)
abstract class CommandIT {
    /** Whether there is time for the long forms. */
    static final boolean FULL = "full".equals(System.getProperty("taffrail.tests"));

    /** A measuring JVM that is there soon, for runs that are about what they verify. */
    static final String SMALL_JVM =
            "--java-options=-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    @TempDir Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    /** A command line with many cases. */
    final int perf(List<String> arguments, List<String> cases) {
        List<String> all = new ArrayList<>(arguments);
        cases.forEach(each -> all.add("--case=" + each));
        all.add("--out=" + folder);
        return perf(all.toArray(String[]::new));
    }

    final int perf(String... arguments) {
        CommandLine commandLine = CommandLineSetup.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
