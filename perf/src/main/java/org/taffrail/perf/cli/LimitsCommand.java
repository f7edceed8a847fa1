// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.machine.Limits;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** {@code perf limits}: what this machine can do at most, without any messaging. */
@Command(
        name = "limits",
        mixinStandardHelpOptions = true,
        description = {
            "Measures what this machine can do at most, without any messaging.",
            "Every latency and throughput report has these figures; 'jmh MachineLimits' takes more"
                    + " time for them."
        })
public final class LimitsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    /** The command; picocli makes it. */
    public LimitsCommand() {}

    /**
     * Measures and prints.
     *
     * @return the exit code
     * @throws IOException if a file can't be written, or there is no loopback
     */
    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Limits.measure().lines().forEach(out::println);
        out.flush();
        return ExitCode.OK;
    }
}
