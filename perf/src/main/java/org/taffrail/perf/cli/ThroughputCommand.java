// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.load.ThroughputCase;
import org.taffrail.perf.measure.ThroughputOptions;
import org.taffrail.perf.peer.PeerException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code perf throughput}: messages per second, of one provider or of several in turns. */
@Command(
        name = ThroughputCommand.NAME,
        sortOptions = false,
        usageHelpAutoWidth = true,
        mixinStandardHelpOptions = true,
        description = "Measures messages per second when producers send as fast as they may.")
public final class ThroughputCommand implements Callable<Integer> {
    /** The command, here and of the measuring process. */
    static final String NAME = "throughput";

    private static final List<String> CASES =
            List.of(
                    "sync-send:1",
                    "sync-send:8",
                    "round-trip:4+4",
                    "transacted:1",
                    "transacted:10",
                    "transacted:100",
                    "async-send:1");

    @Mixin private TargetOptions targetOptions;
    @Mixin private ThroughputOptions options;

    @Option(
            names = "--case",
            paramLabel = "CASE",
            description = {
                "one of the following, then @SIZE or not, such as @100 or @1MiB; repeatable (default:"
                        + " a set of them). MODE is how consumers acknowledge: auto, client, dups-ok,"
                        + " transacted",
                "  sync-send:PRODUCERS",
                "  async-send:PRODUCERS",
                "  transacted:BATCH[xPRODUCERS]",
                "  xa:BATCH[xPRODUCERS]",
                "  round-trip:PRODUCERS+CONSUMERS[-MODE]",
                "  drain:CONSUMERS[-MODE]",
                "  fan-out:PRODUCERSxSUBSCRIBERS[-MODE]",
                "  fan-out-durable:PRODUCERSxSUBSCRIBERS[-MODE]",
                "  fan-out-async:PRODUCERSxSUBSCRIBERS[-MODE]",
                "  fan-out-durable-async:PRODUCERSxSUBSCRIBERS[-MODE]",
                "  request-reply:CLIENTS",
                "  selector:CONSUMERS[-MODE]",
                "  many-queues:QUEUES[-MODE]"
            })
    private List<ThroughputCase> cases = new ArrayList<>();

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            description = "how often to measure each provider (${DEFAULT-VALUE})")
    private int repetitions = 3;

    @Option(
            names = "--no-costs",
            description = "don't look into the brokers that are started: no costs of theirs")
    private boolean noCosts;

    @Spec private CommandSpec spec;

    /** The command with its defaults; picocli fills in what was typed. */
    public ThroughputCommand() {}

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
            List<ThroughputCase> chosen = ThroughputRuns.chosen(cases, CASES);
            chosen.forEach(options::plan); // refused before a broker is started
            try (Campaign campaign =
                    new Campaign(spec, targetOptions, BareWish.of(chosen, options))) {
                List<String> arguments = campaign.typed(ThroughputOptions.class);
                ThroughputRuns runs =
                        new ThroughputRuns(campaign, arguments, !noCosts, repetitions);
                for (ThroughputCase work : chosen) {
                    runs.measure(work);
                }
                runs.describe(chosen.get(0));
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
