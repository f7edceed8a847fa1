// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.load.ThroughputCase;
import org.taffrail.perf.measure.CaseConverter;
import org.taffrail.perf.peer.PeerException;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.PrintWriter;

/** The command line of the suite, ready to execute. */
@Command(
        name = "perf",
        mixinStandardHelpOptions = true,
        description = "Latency and throughput over plain Jakarta Messaging, for any provider.",
        subcommands = {
            LatencyCommand.class,
            ThroughputCommand.class,
            CompareCommand.class,
            ScaleCommand.class,
            StartCommand.class,
            ReportCommand.class,
            LimitsCommand.class,
            JmhCommand.class
        })
public final class CommandLineSetup {
    private CommandLineSetup() {}

    /**
     * Puts the commands together.
     *
     * @return the command line
     */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new CommandLineSetup());
        commandLine.registerConverter(ThroughputCase.class, new CaseConverter());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.getSubcommands().get("jmh").setUnmatchedOptionsArePositionalParams(true);
        commandLine.setExecutionExceptionHandler(CommandLineSetup::explain);
        return commandLine;
    }

    /** What was foreseen is told in a sentence; what was not, with its stack trace. */
    private static int explain(
            Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof PeerException) {
            err.println(failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.FAILED;
    }
}
