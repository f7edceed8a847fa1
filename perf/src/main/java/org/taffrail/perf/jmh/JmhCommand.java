// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
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
    @Parameters(
            paramLabel = "PATTERN|OPTION",
            description = "regular expressions (default: all) and options of JMH")
    private List<String> arguments = new ArrayList<>();

    /** The command; picocli fills in what was typed. */
    public JmhCommand() {}

    /**
     * Runs the benchmarks; JMH prints the results.
     *
     * @return the exit code
     * @throws RunnerException if a benchmark fails
     * @throws CommandLineOptionException if JMH does not know an option
     */
    @Override
    public Integer call() throws RunnerException, CommandLineOptionException {
        new Runner(new CommandLineOptions(arguments.toArray(String[]::new))).run();
        return 0;
    }
}
