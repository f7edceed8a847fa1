// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.load.ThroughputCase;
import org.taffrail.perf.load.ThroughputOutcome;
import org.taffrail.perf.load.ThroughputPlan;
import org.taffrail.perf.machine.Costs;
import org.taffrail.perf.measure.ThroughputOptions;
import org.taffrail.perf.peer.PeerException;
import org.taffrail.perf.peer.Target;
import org.taffrail.perf.report.Comparison;
import org.taffrail.perf.report.CostTable;
import org.taffrail.perf.report.Spread;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** The throughput runs of a campaign, case by case, and the tables that come of them. */
final class ThroughputRuns {
    /** Emptying the queue takes time that is not measured. */
    private static final int TIMEOUT_TIMES = 20;

    private static final Duration TIMEOUT_MORE = Duration.ofMinutes(5);

    private final Campaign campaign;
    private final BrokerAccess access;
    private final List<String> arguments;
    private final ThroughputOptions options;
    private final int repetitions;
    private final Comparison rates;
    private final CostTable costs = new CostTable();

    /**
     * Runs that have not begun.
     *
     * @param campaign whose providers are measured
     * @param arguments {@link ThroughputOptions} as they are typed
     * @param looksInside whether the brokers that were started are looked into for their costs
     * @param repetitions how often each case is measured with each provider
     */
    ThroughputRuns(
            Campaign campaign, List<String> arguments, boolean looksInside, int repetitions) {
        this.campaign = campaign;
        this.access = looksInside ? new BrokerAccess(campaign) : null;
        this.arguments = arguments;
        this.options = ThroughputOptions.of(arguments);
        this.repetitions = repetitions;
        this.rates =
                new Comparison("messages per second", campaign.names(), repetitions > 1, "%,.0f");
    }

    /** The figures of one case: for each provider, of each repetition. */
    private static final class Figures {
        final List<List<Double>> rates = new ArrayList<>();
        final List<List<Costs>> costs = new ArrayList<>();

        Figures(int providers) {
            for (int i = 0; i < providers; i++) {
                rates.add(new ArrayList<>());
                costs.add(new ArrayList<>());
            }
        }
    }

    /** Measures a case with all providers in turns. */
    void measure(ThroughputCase work) throws PeerException, IOException {
        List<String> names = campaign.names();
        Figures figures = new Figures(names.size());
        campaign.alternate(
                repetitions,
                work.toString().replace(':', '-'),
                (target, index, folder) -> {
                    Properties properties = run(work, target, folder);
                    figures.rates.get(index).add(ThroughputOutcome.of(properties).perSecond());
                    figures.costs.get(index).add(Costs.of(properties));
                });
        rates.row(work.toString(), figures.rates.stream().map(Spread::of).toList());
        for (int provider = 0; provider < names.size(); provider++) {
            costs.row(work.toString(), names.get(provider), figures.costs.get(provider));
        }
    }

    private Properties run(ThroughputCase work, Target target, Path folder)
            throws PeerException, IOException {
        List<String> all = new ArrayList<>();
        all.add(ThroughputCommand.NAME);
        all.addAll(arguments);
        all.add("--case=" + work);
        if (access != null) {
            all.addAll(access.arguments(target));
        }
        ThroughputPlan.Limits limits = options.plan(work).limits();
        Duration timeout =
                limits.warmup()
                        .plus(limits.duration())
                        .multipliedBy(TIMEOUT_TIMES)
                        .plus(TIMEOUT_MORE);
        Properties properties = campaign.run(target, folder, all, timeout);
        ThroughputOutcome outcome = ThroughputOutcome.of(properties);
        campaign.progress(
                "  %s messages/s", String.format(Locale.ROOT, "%,.0f", outcome.perSecond()));
        campaign.judge(outcome.verdict());
        Costs.of(properties).notes().forEach(note -> campaign.note(target.name() + ": " + note));
        return properties;
    }

    /** Says in the report what was measured. */
    void describe(ThroughputCase example) {
        ThroughputPlan plan = options.plan(example);
        campaign.say(
                "Throughput, %s, %s; warm-up %d ms, measured %d ms, %d times",
                plan.destination(),
                plan.sending().shape(),
                plan.limits().warmup().toMillis(),
                plan.limits().duration().toMillis(),
                repetitions);
    }

    /** Adds the tables to the report. */
    void tabulate() {
        campaign.say("%s", rates);
        campaign.say("%s", costs);
    }
}
