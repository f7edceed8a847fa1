// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.load.ThroughputCase;
import org.taffrail.perf.load.ThroughputOutcome;
import org.taffrail.perf.load.ThroughputPlan;
import org.taffrail.perf.machine.Costs;
import org.taffrail.perf.measure.ThroughputOptions;
import org.taffrail.perf.peer.PeerException;
import org.taffrail.perf.peer.Target;
import org.taffrail.perf.report.CaseLimit;
import org.taffrail.perf.report.Comparison;
import org.taffrail.perf.report.CostTable;
import org.taffrail.perf.report.ShareTable;
import org.taffrail.perf.report.Spread;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.function.ToDoubleFunction;

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
    private final ShareTable shares;
    private final CostTable costs = new CostTable();
    private final List<String> lines = new ArrayList<>();

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
        this.shares = new ShareTable(campaign.names());
    }

    /** The cases that were typed, or where none was a standard set of them. */
    static List<ThroughputCase> chosen(List<ThroughputCase> typed, List<String> standard) {
        return typed.isEmpty()
                ? standard.stream().map(ThroughputCase::parse).toList()
                : List.copyOf(typed);
    }

    /**
     * Checks options before anything is started.
     *
     * @param typed {@link ThroughputOptions} as they are typed
     * @param chosen the cases
     * @throws IllegalArgumentException if they contradict each other or are out of bounds
     */
    static void check(List<String> typed, List<ThroughputCase> chosen) {
        ThroughputOptions options = ThroughputOptions.of(typed);
        chosen.forEach(options::plan);
    }

    /** The figures of one case: for each provider, of each repetition. */
    private static final class Figures {
        final List<List<ThroughputOutcome>> outcomes = new ArrayList<>();
        final List<List<Costs>> costs = new ArrayList<>();

        Figures(int providers) {
            for (int i = 0; i < providers; i++) {
                outcomes.add(new ArrayList<>());
                costs.add(new ArrayList<>());
            }
        }

        Spread of(int provider, ToDoubleFunction<ThroughputOutcome> figure) {
            List<ThroughputOutcome> runs = outcomes.get(provider);
            return runs.isEmpty()
                    ? Spread.UNKNOWN
                    : Spread.of(runs.stream().mapToDouble(figure).boxed().toList());
        }

        void leaveOut(int provider) {
            outcomes.get(provider).clear();
            costs.get(provider).clear();
        }
    }

    /** Measures a case with all providers in turns; what can't be run is a failure. */
    void measure(ThroughputCase work) throws PeerException, IOException {
        Figures figures = new Figures(campaign.names().size());
        campaign.alternate(
                repetitions,
                folderOf(work),
                (target, index, folder) -> add(figures, index, run(work, target, folder)));
        add(work, figures);
    }

    /**
     * Measures a case with all providers in turns; one that can't carry it out is left out of its
     * row, with a note.
     *
     * @return whether all could
     */
    boolean measureWhereItCanBe(ThroughputCase work) throws PeerException, IOException {
        BitSet leftOut = new BitSet();
        Figures figures = new Figures(campaign.names().size());
        campaign.alternate(
                repetitions,
                folderOf(work),
                provider -> !leftOut.get(provider),
                (target, index, folder) -> {
                    try {
                        add(figures, index, run(work, target, folder));
                    } catch (PeerException e) {
                        leftOut.set(index);
                        figures.leaveOut(index);
                        campaign.note(work + ": " + e.getMessage());
                    }
                });
        add(work, figures);
        return leftOut.isEmpty();
    }

    private static String folderOf(ThroughputCase work) {
        return work.toString().replace(':', '-');
    }

    private static void add(Figures figures, int provider, Properties outcome) {
        figures.outcomes.get(provider).add(ThroughputOutcome.of(outcome));
        figures.costs.get(provider).add(Costs.of(outcome));
    }

    private void add(ThroughputCase work, Figures figures) {
        List<String> names = campaign.names();
        List<Spread> spreads = new ArrayList<>();
        List<OptionalDouble> limited = new ArrayList<>();
        for (int provider = 0; provider < names.size(); provider++) {
            Spread spread = figures.of(provider, work::figure);
            spreads.add(spread);
            limited.add(
                    spread.isKnown() && campaign.isLimited(provider)
                            ? OptionalDouble.of(spread.median())
                            : OptionalDouble.empty());
            costs.row(work.toString(), names.get(provider), figures.costs.get(provider));
            if (spread.isKnown()) {
                remark(work, names.get(provider), figures, provider);
            }
        }
        rates.row(work.label(), spreads);
        ThroughputPlan plan = options.plan(work);
        CaseLimit limit = campaign.limit(plan.sending().shape().persistent());
        shares.row(
                work.label(),
                limit.perSecond(work, plan),
                limit.barePerSecond(work, plan),
                limited);
    }

    /** What a case tells besides its figure, in the median of the runs. */
    private void remark(ThroughputCase work, String name, Figures figures, int provider) {
        switch (work.kind()) {
            case FAN_OUT, FAN_OUT_DURABLE, FAN_OUT_ASYNC, FAN_OUT_DURABLE_ASYNC -> {
                double sends = figures.of(provider, ThroughputOutcome::perSecond).median();
                remark(
                        work,
                        name,
                        "%,.0f sends/s, %,.0f deliveries/s",
                        sends,
                        sends * work.second());
            }
            case REQUEST_REPLY ->
                    remark(
                            work,
                            name,
                            "an exchange took %,.0f us in the median, %,.0f us at p99",
                            figures.of(provider, run -> times(run).medianNs() / 1e3).median(),
                            figures.of(provider, run -> times(run).p99Ns() / 1e3).median());
            default -> {
                // the figure says it all
            }
        }
    }

    private static ThroughputOutcome.Times times(ThroughputOutcome run) {
        return run.times().orElseThrow();
    }

    private void remark(ThroughputCase work, String name, String format, Object... figures) {
        lines.add(work + ", " + name + ": " + String.format(Locale.ROOT, format, figures));
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
                "  %s: %s a second",
                work.label(), String.format(Locale.ROOT, "%,.0f", work.figure(outcome)));
        campaign.judge(outcome.verdict());
        Costs.of(properties).notes().forEach(note -> campaign.note(target.name() + ": " + note));
        return properties;
    }

    /** Says in the report what was measured. */
    void describe(ThroughputCase example) {
        ThroughputPlan plan = options.plan(example);
        campaign.say(
                "Throughput, %s, %s; warm-up %d ms, measured %d ms, %d times",
                plan.route().destination(),
                plan.sending().shape(),
                plan.limits().warmup().toMillis(),
                plan.limits().duration().toMillis(),
                repetitions);
    }

    /** Adds the tables to the report. */
    void tabulate() {
        campaign.say("%s", rates);
        if (!lines.isEmpty()) {
            lines.forEach(line -> campaign.say("%s", line));
            campaign.say("");
        }
        campaign.say("%s", shares);
        campaign.say("%s", costs);
    }
}
