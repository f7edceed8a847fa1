// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.HdrHistogram.Histogram;
import org.taffrail.perf.load.LatencyOutcome;
import org.taffrail.perf.load.LatencyPlan;
import org.taffrail.perf.load.SendMode;
import org.taffrail.perf.load.Sending;
import org.taffrail.perf.load.Series;
import org.taffrail.perf.measure.LatencyOptions;
import org.taffrail.perf.peer.PeerException;
import org.taffrail.perf.peer.Target;
import org.taffrail.perf.report.FloorTable;
import org.taffrail.perf.report.HistogramFiles;
import org.taffrail.perf.report.LatencyReport;
import org.taffrail.perf.report.LatencyTables;
import org.taffrail.perf.report.Percentile;
import org.taffrail.perf.report.RateTable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Collectors;

/** The runs of a latency campaign, rate by rate, and what is said of them. */
final class LatencyRuns {
    private static final Duration TIMEOUT_MORE = Duration.ofMinutes(5);

    /** What a sweep looks at, and what is shown by rate. */
    private static final Series BY_RATE = Series.END_TO_END_LAG_OFF;

    private static final List<Series> COMPARED =
            List.of(Series.SEND_ACK_LAG_OFF, Series.END_TO_END_LAG_OFF);

    private static final List<Percentile> PERCENTILES =
            List.of(Percentile.P50, Percentile.P99, Percentile.P99_9);

    private final Campaign campaign;
    private final List<String> typed;
    private final LatencyOptions options;
    private final int repetitions;
    private final List<LatencyReport.Level> levels = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    /**
     * Runs that have not begun.
     *
     * @param campaign the campaign
     * @param typed {@link LatencyOptions} as they are typed: what a run does
     * @param repetitions how often each provider is measured at each rate
     */
    LatencyRuns(Campaign campaign, List<String> typed, int repetitions) {
        this.campaign = campaign;
        this.typed = typed;
        this.options = LatencyOptions.of(typed);
        this.repetitions = repetitions;
    }

    /**
     * Checks options before anything is started.
     *
     * @param typed {@link LatencyOptions} as they are typed
     * @param rates the rates
     * @throws IllegalArgumentException if they contradict each other or are out of bounds
     */
    static void check(List<String> typed, List<Long> rates) {
        LatencyOptions options = LatencyOptions.of(typed);
        rates.forEach(options::plan);
    }

    /** Measures at one rate after another. */
    void measure(RateSteps steps) throws PeerException, IOException {
        for (OptionalLong rate = steps.next(); rate.isPresent(); rate = steps.next()) {
            measure(rate.getAsLong(), steps);
        }
    }

    /** Whether nothing was measured at any rate. */
    boolean isEmpty() {
        return levels.isEmpty();
    }

    /** Says in the report how each run went. */
    void sayRuns() {
        lines.forEach(line -> campaign.say("%s", line));
    }

    /** Adds the tables of the one rate to the report: all series, all percentiles. */
    void tabulateOne() {
        sayLevel(levels.get(0), List.of(Series.values()));
        sayFloor();
    }

    /** Adds tables of each rate: the series that are compared, all percentiles. */
    void tabulateEach() {
        for (LatencyReport.Level level : levels) {
            campaign.say("at %,d messages/s", level.ratePerSecond());
            sayLevel(level, COMPARED);
        }
        sayFloor();
    }

    /** Adds the table with the rates below one another: one series, some percentiles. */
    void tabulateByRate() {
        sayRates();
        sayFloor();
    }

    private void measure(long rate, RateSteps steps) throws PeerException, IOException {
        LatencyPlan plan = options.plan(rate);
        List<List<LatencyReport.Run>> runs = new ArrayList<>();
        campaign.names().forEach(name -> runs.add(new ArrayList<>()));
        campaign.alternate(
                repetitions,
                rate + "-per-s",
                steps::takes,
                (target, index, folder) -> runs.get(index).add(measure(plan, target, folder)));
        List<LatencyReport.Measured> measured = new ArrayList<>();
        for (int provider = 0; provider < runs.size(); provider++) {
            if (steps.takes(provider)) {
                LatencyReport.Measured all =
                        new LatencyReport.Measured(
                                provider, campaign.names().get(provider), runs.get(provider));
                measured.add(all);
                steps.measured(
                        provider, all.missedRate(), all.us(BY_RATE, Percentile.P99).median());
            }
        }
        levels.add(new LatencyReport.Level(rate, measured));
    }

    private LatencyReport.Run measure(LatencyPlan plan, Target target, Path folder)
            throws PeerException, IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add(LatencyCommand.NAME);
        arguments.addAll(typed);
        arguments.add("--rate=" + plan.pace().ratePerSecond());
        Duration timeout =
                plan.pace()
                        .warmup()
                        .plus(plan.pace().duration().multipliedBy(2))
                        .plus(TIMEOUT_MORE);
        Properties properties = campaign.run(target, folder, arguments, timeout);
        LatencyOutcome outcome = LatencyOutcome.of(properties);
        campaign.judge(outcome.verdict());
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%s (%s): %,.0f messages/s sent, %s",
                        target.name(),
                        properties.getProperty("provider"),
                        outcome.achievedPerSecond(),
                        outcome.verdict().summary()));
        if (outcome.missedRate()) {
            String warning =
                    String.format(
                            Locale.ROOT,
                            "WARNING: %s missed the rate: %,d messages/s wanted, %,.0f sent;"
                                    + " %,d ms too late at the end, %,d never sent",
                            target.name(),
                            outcome.ratePerSecond(),
                            outcome.achievedPerSecond(),
                            outcome.overrunNs() / 1_000_000,
                            outcome.unsent());
            campaign.warn(warning);
            lines.add(warning);
        }
        return new LatencyReport.Run(outcome, HistogramFiles.read(folder.resolve("latency.hlog")));
    }

    /** What was measured, in a sentence; there is a run. */
    String describe() {
        String rates =
                levels.stream()
                        .map(level -> String.format(Locale.ROOT, "%,d", level.ratePerSecond()))
                        .collect(Collectors.joining("; "));
        LatencyPlan plan = options.plan(levels.get(0).ratePerSecond());
        Sending sending = plan.sending();
        return String.format(
                Locale.ROOT,
                "Latency at %s messages/s, %s, %s; %d %s producers%s, %d %s consumers, %s;"
                        + " warm-up %d ms, measured %d ms, %d times",
                rates,
                plan.destination(),
                sending.shape(),
                sending.producers(),
                sending.mode(),
                sending.window() > 1 ? " (" + sending.window() + ")" : "",
                plan.receiving().consumers(),
                plan.receiving().mode(),
                plan.receiving().listener() ? "MessageListener" : "receive",
                plan.pace().warmup().toMillis(),
                plan.pace().duration().toMillis(),
                repetitions);
    }

    private void sayLevel(LatencyReport.Level level, List<Series> series) {
        List<List<Map<Series, Histogram>>> histograms =
                level.measured().stream()
                        .map(each -> each.runs().stream().map(LatencyReport.Run::histograms))
                        .map(runs -> runs.toList())
                        .toList();
        List<String> names = campaign.names();
        if (names.size() == 1 && repetitions == 1) {
            campaign.say("%s", LatencyTables.ofOneRun(histograms.get(0).get(0)));
        } else {
            campaign.say(
                    "%s", LatencyTables.ofRuns(names, histograms, series).stripTrailing() + "\n");
        }
    }

    /**
     * How near sends come to what a force and a round trip take, where each has to wait for them.
     */
    private void sayFloor() {
        Sending sending = options.plan(levels.get(0).ratePerSecond()).sending();
        if (sending.mode() == SendMode.TRANSACTED) {
            return; // a batch waits for its last message
        }
        double leastUs = campaign.limit(sending.shape().persistent()).durableUs();
        FloorTable table = new FloorTable(leastUs, campaign.names());
        for (LatencyReport.Level level : levels) {
            List<OptionalDouble> medians =
                    new ArrayList<>(
                            Collections.nCopies(campaign.names().size(), OptionalDouble.empty()));
            for (LatencyReport.Measured measured : level.measured()) {
                if (campaign.isLimited(measured.provider())) {
                    double us = measured.us(Series.SEND_ACK_LAG_OFF, Percentile.P50).median();
                    medians.set(measured.provider(), OptionalDouble.of(us));
                }
            }
            table.row(level.ratePerSecond(), medians);
        }
        campaign.say("%s", table);
    }

    private void sayRates() {
        LatencyReport report = new LatencyReport(List.of(), List.of(), levels);
        campaign.say("%s, by rate%s", BY_RATE.title(), repetitions > 1 ? ": medians" : "");
        campaign.say("%s", new RateTable(report, BY_RATE, PERCENTILES));
        campaign.say("%s has the other series and percentiles of each rate", ReportCommand.PAGE);
    }
}
