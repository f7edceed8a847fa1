// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.measure.StartOptions;
import org.taffrail.perf.peer.PeerException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * {@code perf start}: how long brokers take from their start to the first message sent and
 * received.
 */
@Command(
        name = StartCommand.NAME,
        sortOptions = false,
        usageHelpAutoWidth = true,
        mixinStandardHelpOptions = true,
        description = {
            "Measures the time from a broker's start to the first message sent and received.",
            "The client is running by then and has connected to another broker. Only brokers that"
                    + " --start starts are measured."
        })
public final class StartCommand implements Callable<Integer> {
    /** The command, here and of the measuring process. */
    static final String NAME = "start";

    @Mixin private TargetOptions targetOptions;
    @Mixin private StartOptions options;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            description = "how often to start each broker (${DEFAULT-VALUE})")
    private int repetitions = 5;

    @Spec private CommandSpec spec;

    /** The command with its defaults; picocli fills in what was typed. */
    public StartCommand() {}

    /**
     * Starts the brokers and prints the report.
     *
     * @return the exit code
     * @throws PeerException if a broker can't be had or a run fails
     * @throws IOException if results can't be written
     */
    @Override
    public Integer call() throws PeerException, IOException {
        try {
            targetOptions.checkStarts(); // refused before anything is measured
            try (Campaign campaign = new Campaign(spec, targetOptions, BareWish.NONE)) {
                StartRuns runs =
                        new StartRuns(campaign, campaign.typed(StartOptions.class), repetitions);
                runs.measure();
                campaign.describeTargets();
                campaign.say("");
                runs.tabulate();
                return campaign.finish();
            }
        } catch (IllegalArgumentException e) {
            throw Campaign.wrong(spec, e);
        }
    }
}
