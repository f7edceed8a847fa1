// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.machine.Limits;
import org.taffrail.perf.peer.Durability;

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
                    + " time for them.",
            "The bare path is an echo of 1 KiB that is written, forced and answered, with no queue"
                    + " in it."
        })
public final class LimitsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    /** The command; picocli makes it. */
    public LimitsCommand() {}

    /**
     * Measures and prints.
     *
     * @return the exit code
     * @throws IOException if a file can't be written, there is no loopback, or no process can be
     *     started
     */
    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Limits.measure().lines().forEach(out::println);
        for (Durability durability : Durability.values()) {
            BareWish.ALL.measure(durability).lines().forEach(out::println);
        }
        out.flush();
        return ExitCode.OK;
    }
}
