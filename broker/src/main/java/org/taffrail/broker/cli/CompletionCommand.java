// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Prints a script with which a shell completes the launcher's commands: those of this jar as they
 * declare themselves, the launcher's others by their names, or as their classes declare them where
 * these are on the class path and are named.
 */
@Command(
        name = "completion",
        description =
                "Prints what a shell needs to complete commands and options:"
                        + " source <(taffrail completion), in bash and zsh.")
final class CompletionCommand implements Callable<Integer> {
    /** What the launcher starts in other jars, or does itself. */
    static final List<String> OF_THE_LAUNCHER =
            List.of(
                    "quickstart",
                    "sample",
                    "perf",
                    "compat",
                    "compat-javax",
                    "migrate",
                    "migrate-javax",
                    "prepare",
                    "help",
                    "version");

    @Spec private CommandSpec spec;

    @Option(
            names = "--also",
            paramLabel = "COMMAND=CLASS",
            hidden = true,
            description = "A command whose class has a static method commandLine().")
    private Map<String, String> others = new LinkedHashMap<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(script(others));
        spec.commandLine().getOut().flush();
        return 0;
    }

    /**
     * Makes the script.
     *
     * @param others classes of commands in other jars, by the command's name
     */
    static String script(Map<String, String> others) {
        CommandLine all = Main.commandLine(null);
        for (String name : OF_THE_LAUNCHER) {
            if (!others.containsKey(name)) {
                all.addSubcommand(name, CommandSpec.create().name(name));
            }
        }
        others.forEach((name, type) -> all.addSubcommand(name, commandLine(type)));
        return AutoComplete.bash("taffrail", all);
    }

    private static CommandLine commandLine(String type) {
        try {
            return (CommandLine) Class.forName(type).getMethod("commandLine").invoke(null);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, type + " is no class of a command: " + e);
        }
    }
}
