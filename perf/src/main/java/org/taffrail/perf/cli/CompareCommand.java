// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.load.ThroughputCase;
import org.taffrail.perf.measure.StartOptions;
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

/**
 * {@code perf compare}: everything of {@code throughput} and {@code latency} that providers are
 * compared by, in one campaign.
 */
@Command(
        name = CompareCommand.NAME,
        sortOptions = false,
        usageHelpAutoWidth = true,
        mixinStandardHelpOptions = true,
        description = {
            "Compares providers: the start of their brokers, a standard set of throughput cases,"
                    + " then latency at several rates.",
            "A provider that can't carry out a case has a dash there, and the reason in the report."
        })
public final class CompareCommand implements Callable<Integer> {
    /** The command. */
    static final String NAME = "compare";

    private static final List<String> CASES =
            List.of(
                    "sync-send:1",
                    "sync-send:8",
                    "async-send:1",
                    "async-send:1@100",
                    "transacted:1",
                    "transacted:10",
                    "transacted:100",
                    "xa:10",
                    "round-trip:4+4",
                    "round-trip:4+4@1MiB",
                    "drain:4-client",
                    "drain:4-dups-ok",
                    "fan-out:1x20",
                    "fan-out-async:1x20",
                    "fan-out-durable:1x20",
                    "fan-out-durable-async:1x20",
                    "request-reply:1",
                    "request-reply:8",
                    "selector:10",
                    "many-queues:100");

    private static final List<Long> RATES = List.of(1_000L, 5_000L, 20_000L);

    @Mixin private TargetOptions targetOptions;
    @Mixin private CompareOptions options;

    @Option(
            names = "--case",
            paramLabel = "CASE",
            description =
                    "a case as 'perf throughput' takes it; repeatable (default: a standard set)")
    private List<ThroughputCase> cases = new ArrayList<>();

    @Option(
            names = "--rate",
            paramLabel = "N",
            split = ",",
            description =
                    "messages per second at which latency is measured, with commas"
                            + " (default 1000,5000,20000)")
    private List<Long> rates = new ArrayList<>();

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            description = "how often to measure each provider (${DEFAULT-VALUE})")
    private int repetitions = 5;

    @Option(
            names = "--no-costs",
            description = "don't look into the brokers that are started: no costs of theirs")
    private boolean noCosts;

    @Option(
            names = "--no-start",
            description = "leave out the time from a broker's start to its first message")
    private boolean noStart;

    @Spec private CommandSpec spec;

    /** The command with its defaults; picocli fills in what was typed. */
    public CompareCommand() {}

    /**
     * Carries out the runs and prints the report.
     *
     * @return the exit code
     * @throws PeerException if a provider can't be had, or nothing can be measured
     * @throws IOException if results can't be written
     */
    @Override
    public Integer call() throws PeerException, IOException {
        try {
            List<ThroughputCase> chosen = ThroughputRuns.chosen(cases, CASES);
            List<Long> chosenRates = rates.isEmpty() ? RATES : List.copyOf(rates);
            List<String> typed = Campaign.typed(spec, CompareOptions.class);
            // refused before a broker is started
            ThroughputRuns.check(typed, chosen);
            LatencyRuns.check(typed, chosenRates);
            try (Campaign campaign =
                    new Campaign(
                            spec,
                            targetOptions,
                            BareWish.of(chosen, ThroughputOptions.of(typed)))) {
                ThroughputRuns throughput =
                        new ThroughputRuns(campaign, typed, !noCosts, repetitions);
                LatencyRuns latency = new LatencyRuns(campaign, typed, repetitions);
                StartRuns starts = new StartRuns(campaign, ofStarts(typed), repetitions);
                boolean complete = noStart || measure(campaign, starts);
                for (ThroughputCase work : chosen) {
                    complete &= throughput.measureWhereItCanBe(work);
                }
                complete &= measure(campaign, latency, chosenRates);
                describe(campaign, throughput, chosen.get(0));
                if (!starts.isEmpty()) {
                    starts.tabulate();
                }
                int exitCode = report(campaign, throughput, latency);
                return complete || exitCode != ExitCode.OK ? exitCode : ExitCode.FAILED;
            }
        } catch (IllegalArgumentException e) {
            throw Campaign.wrong(spec, e);
        }
    }

    /** Measures at all rates; false if that could not be carried through. */
    private static boolean measure(Campaign campaign, LatencyRuns runs, List<Long> chosen)
            throws IOException {
        try {
            runs.measure(RateSteps.of(chosen, campaign.names().size()));
            return true;
        } catch (PeerException e) {
            campaign.note("latency is left out from there: " + e.getMessage());
            return false;
        }
    }

    /** What starts know of what was typed. */
    private static List<String> ofStarts(List<String> typed) {
        return typed.stream().filter(each -> each.startsWith(StartOptions.WARMUP)).toList();
    }

    /** Measures the starts of the brokers; false if that could not be carried through. */
    private static boolean measure(Campaign campaign, StartRuns starts) throws IOException {
        try {
            starts.measure();
            return true;
        } catch (PeerException e) {
            campaign.note("starts are left out from there: " + e.getMessage());
            return false;
        }
    }

    private static void describe(
            Campaign campaign, ThroughputRuns throughput, ThroughputCase first) {
        campaign.describeTargets();
        campaign.say("");
        throughput.describe(first);
        campaign.say("");
    }

    private static int report(Campaign campaign, ThroughputRuns throughput, LatencyRuns latency)
            throws IOException {
        throughput.tabulate();
        if (!latency.isEmpty()) {
            campaign.say("%s", latency.describe());
            campaign.say("");
            latency.tabulateEach();
            latency.sayRuns();
        }
        int exitCode = campaign.finish();
        if (!latency.isEmpty()) {
            campaign.writePage(latency.describe());
        }
        return exitCode;
    }
}
