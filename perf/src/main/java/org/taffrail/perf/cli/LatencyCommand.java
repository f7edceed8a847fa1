// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.measure.LatencyOptions;
import org.taffrail.perf.peer.PeerException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * {@code perf latency}: open-loop latency at fixed rates, of one provider or of several in turns.
 */
@Command(
        name = LatencyCommand.NAME,
        sortOptions = false,
        usageHelpAutoWidth = true,
        mixinStandardHelpOptions = true,
        description = "Measures latency at fixed rates, from the intended send times.")
public final class LatencyCommand implements Callable<Integer> {
    /** The command, here and of the measuring process. */
    static final String NAME = "latency";

    @Mixin private TargetOptions targetOptions;
    @Mixin private RateOptions rateOptions;
    @Mixin private LatencyOptions options;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            description = "how often to measure each provider (${DEFAULT-VALUE})")
    private int repetitions = 1;

    @Spec private CommandSpec spec;

    /** The command with its defaults; picocli fills in what was typed. */
    public LatencyCommand() {}

    /**
     * Carries out the runs and prints the report.
     *
     * @return the exit code
     * @throws PeerException if a provider can't be had or a run fails
     * @throws IOException if results can't be written
     */
    @Override
    public Integer call() throws PeerException, IOException {
        try {
            // before a broker is started
            rateOptions.check();
            options.plan(1);
            try (Campaign campaign =
                    new Campaign(spec, targetOptions, BareWish.of(options.plan(1)))) {
                RateSteps steps = rateOptions.steps(campaign.names().size());
                LatencyRuns runs =
                        new LatencyRuns(
                                campaign, campaign.typed(LatencyOptions.class), repetitions);
                runs.measure(steps);
                return report(campaign, runs);
            }
        } catch (IllegalArgumentException e) {
            throw Campaign.wrong(spec, e);
        }
    }

    private int report(Campaign campaign, LatencyRuns runs) throws IOException {
        String done = runs.describe();
        campaign.say("%s", done);
        campaign.describeTargets();
        runs.sayRuns();
        campaign.say("");
        if (rateOptions.single()) {
            runs.tabulateOne();
        } else {
            runs.tabulateByRate();
        }
        int exitCode = campaign.finish();
        campaign.writePage(done);
        return exitCode;
    }
}
