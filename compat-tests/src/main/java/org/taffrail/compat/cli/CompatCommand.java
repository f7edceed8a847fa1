// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.checks.Catalogue;
import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.peer.Installation;
import org.taffrail.compat.peer.Peer;
import org.taffrail.compat.peer.PeerException;
import org.taffrail.compat.peer.PeerServer;
import org.taffrail.compat.provider.ProviderException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code compat}: holds a provider against Jakarta Messaging. */
@Command(
        name = "compat",
        mixinStandardHelpOptions = true,
        versionProvider = CompatCommand.Version.class,
        description = "Holds providers against the Jakarta Messaging specification.",
        footer = {
            "",
            "Exit codes: 0 nothing that the specification demands failed, 1 something did,",
            "2 wrong command line, 3 the provider can't be had."
        },
        subcommands = {
            PageCommand.class,
            FiguresCommand.class,
            ConformanceCommand.class,
            NotPassedCommand.class
        })
public final class CompatCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ProviderOptions provider;
    @Mixin private RunOptions options;

    @Option(names = "--list", description = "show the checks, run none")
    private boolean list;

    @Option(names = "--terminal", hidden = true, description = "progress in place")
    private boolean terminal;

    private CompatCommand() {}

    /** The version of the kit's jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = CompatCommand.class.getPackage().getImplementationVersion();
            return new String[] {"compat " + (version == null ? "(no jar)" : version)};
        }
    }

    /**
     * Puts the command line together.
     *
     * @return the command line, ready to execute
     */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new CompatCommand());
        commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        commandLine.setParameterExceptionHandler(CompatCommand::correct);
        commandLine.setExecutionExceptionHandler(CompatCommand::explain);
        return commandLine;
    }

    /** What is wrong, what may have been meant, and where to read on: no page of options. */
    private static int correct(ParameterException wrong, String[] arguments) {
        PrintWriter err = wrong.getCommandLine().getErr();
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        err.println("compat: " + wrong.getMessage());
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0).replaceAll("=.*", "");
            List<String> names = new ArrayList<>(command.subcommands().keySet());
            command.options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> names.add(option.longestName()));
            err.println("Did you mean " + Nearest.to(word, names).get(0) + "?");
        }
        err.println("Try '" + command.qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    /** What was foreseen is told in a sentence; what was not, with its stack trace. */
    private static int explain(
            Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof ProviderException
                || failure instanceof PeerException
                || failure instanceof IOException) {
            err.println("compat: " + failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.NO_PROVIDER;
    }

    @Override
    public Integer call() throws ProviderException, IOException, InterruptedException {
        List<CheckCase> checks;
        try {
            checks = options.selection().from(CheckCase.of(Catalogue.CHAPTERS));
            if (!list) {
                provider.check();
                options.check();
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        if (list) {
            list(checks);
            return ExitCode.OK;
        }
        if (provider.here()) {
            return here(checks);
        }
        int exitCode = elsewhere(checks);
        if (exitCode == ExitCode.OK || exitCode == ExitCode.FAILED) {
            Path page = PageCommand.write(options.out());
            out().println("Comparison of all results there: " + page);
        }
        return exitCode;
    }

    private int here(List<CheckCase> checks)
            throws ProviderException, IOException, InterruptedException {
        HereRun run = new HereRun(options, checks, out(), isTerminal());
        if (provider.jndi() != null) {
            return run.run(provider.properties(), null, provider.name());
        }
        Peer peer = provider.peers().get(0);
        Path folder = options.out().resolve(peer + ".server");
        try (PeerServer server = peer.server(Installation.here(), folder)) {
            server.start();
            return run.run(server.jndi(), server, peer.title());
        }
    }

    /**
     * One JVM for each provider that is started; one for jars that the kit was not started with.
     */
    private int elsewhere(List<CheckCase> checks)
            throws ProviderException, IOException, InterruptedException {
        ChildRun child = new ChildRun(out(), options.out().toAbsolutePath());
        if (provider.jndi() != null) {
            String classPath = provider.otherClassPath();
            return classPath == null
                    ? here(checks)
                    : child.run("client.log", classPath, arguments(provider.arguments()));
        }
        int worst = ExitCode.OK;
        for (Peer peer : provider.peers()) {
            String classPath = peer.classPath(Installation.here());
            List<String> arguments = arguments(List.of("--start=" + peer));
            worst = Math.max(worst, child.run(peer + ".client.log", classPath, arguments));
        }
        return worst;
    }

    private List<String> arguments(List<String> ofProvider) {
        List<String> arguments = new ArrayList<>(ofProvider);
        arguments.addAll(options.arguments());
        arguments.add("--here");
        if (isTerminal()) {
            arguments.add("--terminal");
        }
        return arguments;
    }

    private boolean isTerminal() {
        return terminal || System.console() != null;
    }

    private void list(List<CheckCase> checks) {
        String chapter = "";
        for (CheckCase check : checks) {
            if (!check.chapter().title().equals(chapter)) {
                chapter = check.chapter().title();
                out().println(chapter);
            }
            out().println(
                            "  "
                                    + check.id()
                                    + " ("
                                    + check.check().section()
                                    + ", "
                                    + strength(check)
                                    + ")");
            out().println("    " + check.check().says());
        }
        out().println(checks.size() + " checks");
        out().flush();
    }

    private static String strength(CheckCase check) {
        return check.check().strength() + (check.check().restarts() ? ", restarts" : "");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
