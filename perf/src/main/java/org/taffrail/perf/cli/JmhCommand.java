// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.taffrail.perf.jmh.BenchmarkTable;
import org.taffrail.perf.machine.CpuTimes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code perf jmh}: the microbenchmarks, with the options of JMH's own command line. */
@Command(
        name = "jmh",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the JMH benchmarks whose names match.",
            "All options of JMH's own command line are taken as well, such as -f 1 -wi 3 -prof gc."
        })
public final class JmhCommand implements Callable<Integer> {
    @Option(
            names = "--table",
            paramLabel = "FILE",
            description =
                    "write the results to a file, as a table in Markdown with what each operation"
                            + " allocates (-prof gc)")
    private Path table;

    @Parameters(
            paramLabel = "PATTERN|OPTION",
            description = "regular expressions (default: all) and options of JMH")
    private List<String> arguments = new ArrayList<>();

    @Spec private CommandSpec spec;

    /** The command; picocli fills in what was typed. */
    public JmhCommand() {}

    /**
     * Runs the benchmarks; JMH prints the results.
     *
     * @return the exit code
     * @throws RunnerException if a benchmark fails
     * @throws CommandLineOptionException if JMH does not know an option
     * @throws IOException if the table can't be written
     */
    @Override
    public Integer call() throws RunnerException, CommandLineOptionException, IOException {
        Options typed = new CommandLineOptions(arguments.toArray(String[]::new));
        if (table == null) {
            new Runner(typed).run();
            return ExitCode.OK;
        }
        Options profiled = new OptionsBuilder().parent(typed).addProfiler(GCProfiler.class).build();
        Optional<CpuTimes> before = CpuTimes.now();
        Collection<RunResult> results = new Runner(profiled).run();
        List<String> facts = new ArrayList<>(HostFacts.now());
        before.flatMap(JmhCommand::otherLoad).ifPresent(facts::add);
        Files.writeString(table, BenchmarkTable.of(results, command(), facts));
        return ExitCode.OK;
    }

    /** Says so where other processes had a share of the machine that spoils times. */
    private static Optional<String> otherLoad(CpuTimes before) {
        return CpuTimes.now()
                .map(now -> now.othersShareSince(before))
                .filter(share -> share > CpuTimes.OTHERS_SHARE_MAX)
                .map(
                        share ->
                                String.format(
                                        Locale.ROOT,
                                        "other processes had %.0f %% of the machine meanwhile, so"
                                                + " that times are too long",
                                        share * 100));
    }

    private String command() {
        List<String> words = new ArrayList<>(List.of("bin/taffrail", spec.root().name()));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        return ShellWords.join(words);
    }
}
