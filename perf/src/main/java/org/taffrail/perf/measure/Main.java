// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.measure;

import org.taffrail.perf.load.RunFailedException;
import org.taffrail.perf.load.ThroughputCase;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.PrintWriter;

/** One run against one provider, in the process that was made for it. */
@Command(
        name = "measure",
        subcommands = {
            MeasureLatencyCommand.class,
            MeasureThroughputCommand.class,
            MeasureScaleCommand.class,
            MeasureStartCommand.class
        })
public final class Main {
    private Main() {}

    /**
     * Carries out a run and ends the JVM: with 0 if there is an outcome, be it good or bad.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.registerConverter(ThroughputCase.class, new CaseConverter());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler(Main::explain);
        // ends threads as well that a provider has left behind
        System.exit(commandLine.execute(arguments));
    }

    private static int explain(
            Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
        PrintWriter err = commandLine.getErr();
        boolean foreseen = failure instanceof RunFailedException;
        if (foreseen) {
            err.println(failure.getMessage());
        }
        Throwable unexplained = foreseen ? failure.getCause() : failure;
        if (unexplained != null) {
            unexplained.printStackTrace(err);
        }
        err.flush();
        return 1;
    }
}
