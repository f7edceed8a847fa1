// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.load.ThroughputCase;
import org.taffrail.perf.load.ThroughputOutcome;
import org.taffrail.perf.load.ThroughputPlan;
import org.taffrail.perf.measure.ThroughputOptions;
import org.taffrail.perf.peer.PeerException;
import org.taffrail.perf.peer.Target;
import org.taffrail.perf.report.Comparison;
import org.taffrail.perf.report.Spread;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
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

    /** Emptying the queue takes time that is not measured. */
    private static final int TIMEOUT_TIMES = 20;

    private static final Duration TIMEOUT_MORE = Duration.ofMinutes(5);

    @Mixin private TargetOptions targetOptions;
    @Mixin private ThroughputOptions options;

    @Option(
            names = "--case",
            paramLabel = "CASE",
            description =
                    "sync-send:PRODUCERS, async-send:PRODUCERS, transacted:BATCH[xPRODUCERS],"
                            + " xa:BATCH[xPRODUCERS], round-trip:PRODUCERS+CONSUMERS; repeatable (default: a set of them)")
    private List<ThroughputCase> cases = new ArrayList<>();

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            description = "how often to measure each provider (${DEFAULT-VALUE})")
    private int repetitions = 3;

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
            List<ThroughputCase> chosen =
                    cases.isEmpty()
                            ? CASES.stream().map(ThroughputCase::parse).toList()
                            : List.copyOf(cases);
            ThroughputPlan example = options.plan(chosen.get(0));
            try (Campaign campaign = new Campaign(spec, targetOptions)) {
                return carryOut(campaign, chosen, example);
            }
        } catch (IllegalArgumentException e) {
            throw Campaign.wrong(spec, e);
        }
    }

    private int carryOut(Campaign campaign, List<ThroughputCase> chosen, ThroughputPlan example)
            throws PeerException, IOException {
        List<String> names = campaign.names();
        Comparison table = new Comparison("messages per second", names, repetitions > 1, "%,.0f");
        for (ThroughputCase work : chosen) {
            table.row(work.toString(), measure(campaign, work));
        }
        campaign.say(
                "Throughput, %s, %s; warm-up %d ms, measured %d ms, %d times",
                example.destination(),
                example.sending().shape(),
                example.limits().warmup().toMillis(),
                example.limits().duration().toMillis(),
                repetitions);
        campaign.describeTargets();
        campaign.say("");
        campaign.say("%s", table);
        return campaign.finish();
    }

    private List<Spread> measure(Campaign campaign, ThroughputCase work)
            throws PeerException, IOException {
        List<List<Double>> figures = new ArrayList<>();
        campaign.names().forEach(name -> figures.add(new ArrayList<>()));
        ThroughputPlan.Limits limits = options.plan(work).limits();
        Duration timeout =
                limits.warmup()
                        .plus(limits.duration())
                        .multipliedBy(TIMEOUT_TIMES)
                        .plus(TIMEOUT_MORE);
        campaign.alternate(
                repetitions,
                work.toString().replace(':', '-'),
                (target, index, folder) ->
                        figures.get(index).add(measure(campaign, work, target, folder, timeout)));
        return figures.stream().map(Spread::of).toList();
    }

    private static double measure(
            Campaign campaign, ThroughputCase work, Target target, Path folder, Duration timeout)
            throws PeerException, IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add(NAME);
        arguments.addAll(campaign.typed(ThroughputOptions.class));
        arguments.add("--case=" + work);
        Properties properties = campaign.run(target, folder, arguments, timeout);
        ThroughputOutcome outcome = ThroughputOutcome.of(properties);
        campaign.progress(
                "  %s messages/s", String.format(Locale.ROOT, "%,.0f", outcome.perSecond()));
        campaign.judge(outcome.verdict());
        return outcome.perSecond();
    }
}
