// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.NearestName;
import org.taffrail.wire.WireException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The broker's commands. Exit status 0 for success, 1 where a command could not do its work, 2
 * where it was not typed right; each failure is one line on standard error.
 */
@Command(name = "taffrail", description = "Commands of the Taffrail broker.")
public final class Main {
    /** Status of a command that could not do its work. */
    static final int FAILED = 1;

    /** Status of a command that was not typed right. */
    static final int WRONG_USAGE = 2;

    /** How the log looks, unless the JVM is told otherwise; set before the first logger is made. */
    private static final Map<String, String> LOG_FORMAT =
            Map.of(
                    "showDateTime", "true",
                    "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                    "showThreadName", "false",
                    "showShortLogName", "true",
                    "logFile", "System.err");

    /** Makes each command, by its name. */
    private static final Map<String, Function<PasswordEntry, Object>> COMMANDS = commands();

    private Main() {}

    private static Map<String, Function<PasswordEntry, Object>> commands() {
        Map<String, Function<PasswordEntry, Object>> commands = new LinkedHashMap<>();
        commands.put("broker", passwords -> new BrokerCommand(System.getenv()));
        commands.put("config", passwords -> new ConfigCommand(System.getenv()));
        commands.put("log", passwords -> new LogCommand());
        commands.put("user", UserCommand::new);
        commands.put("queue", QueueCommand::new);
        commands.put("topic", TopicCommand::new);
        commands.put("group", GroupCommand::new);
        commands.put("dlq", DlqCommand::new);
        commands.put("connection", ConnectionCommand::new);
        commands.put("tx", TxCommand::new);
        commands.put("message", MessageCommand::new);
        commands.put("doctor", passwords -> new DoctorCommand(passwords, System.getenv()));
        commands.put("backup", passwords -> new BackupCommand());
        commands.put("restore", passwords -> new RestoreCommand());
        commands.put("completion", passwords -> new CompletionCommand());
        return commands;
    }

    /**
     * Runs a command and ends the JVM with its status.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        LOG_FORMAT.forEach(
                (key, value) -> {
                    String property = "org.slf4j.simpleLogger." + key;
                    if (System.getProperty(property) == null) {
                        System.setProperty(property, value);
                    }
                });
        PasswordEntry passwords =
                new PasswordEntry(System.console(), System.in, System.getenv("TAFFRAIL_PASSWORD"));
        System.exit(commandLine(passwords, arguments).execute(arguments));
    }

    /** Returns the command that is called, or all: to look at them takes longer than to run one. */
    static CommandLine commandLine(PasswordEntry passwords, String... arguments) {
        CommandLine commandLine = new CommandLine(new Main());
        boolean called = arguments.length > 0 && COMMANDS.containsKey(arguments[0]);
        COMMANDS.forEach(
                (name, command) -> {
                    if (!called || name.equals(arguments[0])) {
                        commandLine.addSubcommand(command.apply(passwords));
                    }
                });
        tellFailures(commandLine);
        return commandLine;
    }

    /** Makes one line of each failure, with the status that it has. */
    static void tellFailures(CommandLine commandLine) {
        commandLine.setParameterExceptionHandler(Main::wrongUsage);
        commandLine.setExecutionExceptionHandler(Main::failed);
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String message = e.getMessage();
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            List<String> known = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
            known.addAll(command.getSubcommands().keySet());
            message =
                    "unknown "
                            + (word.startsWith("-") ? "option" : "argument")
                            + " \""
                            + word
                            + '"'
                            + NearestName.hint(word, known);
        }
        if (e.getCause() instanceof NumberRange.OutOfRange range
                && e.getArgSpec() instanceof OptionSpec option) {
            message = option.longestName() + " is " + range.getMessage();
        }
        return say(command, message, WRONG_USAGE);
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        boolean typed =
                e instanceof WireException refused && refused.code() == ErrorCode.INVALID_OPTION;
        return say(
                command,
                (e.getMessage() == null ? e.toString() : e.getMessage()) + missingRight(e),
                typed ? WRONG_USAGE : FAILED);
    }

    /** Where a right is missing the JDK names the file, and nothing else. */
    private static String missingRight(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException denied) {
                return " ("
                        + System.getProperty("user.name")
                        + ", as whom this runs, has no right to "
                        + denied.getFile()
                        + ": ls -l says who has)";
            }
        }
        return "";
    }

    private static int say(CommandLine command, String message, int status) {
        command.getErr()
                .println(
                        command.getCommandSpec().qualifiedName()
                                + ": "
                                + message.lines().findFirst().orElse(""));
        return status;
    }
}
