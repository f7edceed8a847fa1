// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.cli;

import org.taffrail.migrate.provider.SideException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** {@code migrate}: carries messages from one provider to another. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Carries messages from one provider to another, one for one.",
        footer = {
            "",
            "A provider is the URL of a Taffrail broker, or a jndi.properties as an application has",
            "it; the jars of other providers come from TAFFRAIL_CLASSPATH.",
            "'migrate check' reports what an application needs of its provider.",
            "",
            "Exit codes: 0 done as asked, 1 a link could not go on, or what was verified differs,",
            "2 wrong command line, 3 a provider can't be had."
        },
        subcommands = {DrainCommand.class, MirrorCommand.class, EndCommand.class})
public final class MigrateCommand implements Runnable {
    @Spec private CommandSpec spec;

    private MigrateCommand() {}

    /**
     * Puts the command line together.
     *
     * @return the command line, ready to execute
     */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new MigrateCommand());
        commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        commandLine.setParameterExceptionHandler(MigrateCommand::correct);
        commandLine.setExecutionExceptionHandler(MigrateCommand::explain);
        return commandLine;
    }

    private static int correct(ParameterException wrong, String[] arguments) {
        PrintWriter err = wrong.getCommandLine().getErr();
        err.println("migrate: " + wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
        err.println("Try 'taffrail " + name + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    /** What was foreseen is told in a sentence; what was not, with its stack trace. */
    private static int explain(
            Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof SideException || failure instanceof IOException) {
            err.println("migrate: " + failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.NO_PROVIDER;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: drain, mirror, end or check");
    }
}
