// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.HdrHistogram.Histogram;
import org.taffrail.perf.load.LatencyOutcome;
import org.taffrail.perf.load.LatencyPlan;
import org.taffrail.perf.load.Sending;
import org.taffrail.perf.load.Series;
import org.taffrail.perf.measure.LatencyOptions;
import org.taffrail.perf.peer.PeerException;
import org.taffrail.perf.peer.Target;
import org.taffrail.perf.report.HistogramFiles;
import org.taffrail.perf.report.LatencyTables;

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
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;

/**
 * {@code perf latency}: open-loop latency at a fixed rate, of one provider or of several in turns.
 */
@Command(
        name = LatencyCommand.NAME,
        sortOptions = false,
        usageHelpAutoWidth = true,
        mixinStandardHelpOptions = true,
        description = "Measures latency at a fixed rate, from the intended send times.")
public final class LatencyCommand implements Callable<Integer> {
    /** The command, here and of the measuring process. */
    static final String NAME = "latency";

    private static final Duration TIMEOUT_MORE = Duration.ofMinutes(5);

    @Mixin private TargetOptions targetOptions;
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
            LatencyPlan plan = options.plan();
            try (Campaign campaign = new Campaign(spec, targetOptions)) {
                return new Runs(campaign, plan).carryOut(repetitions);
            }
        } catch (IllegalArgumentException e) {
            throw Campaign.wrong(spec, e);
        }
    }

    private static final class Runs {
        private final Campaign campaign;
        private final LatencyPlan plan;
        private final List<List<Map<Series, Histogram>>> histograms = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();

        Runs(Campaign campaign, LatencyPlan plan) {
            this.campaign = campaign;
            this.plan = plan;
            campaign.names().forEach(name -> histograms.add(new ArrayList<>()));
        }

        int carryOut(int repetitions) throws PeerException, IOException {
            campaign.alternate(repetitions, plan.pace().ratePerSecond() + "-per-s", this::measure);
            String done = describe(repetitions);
            campaign.say("%s", done);
            campaign.describeTargets();
            lines.forEach(line -> campaign.say("%s", line));
            campaign.say("");
            List<String> names = campaign.names();
            if (names.size() == 1 && repetitions == 1) {
                campaign.say("%s", LatencyTables.ofOneRun(histograms.get(0).get(0)));
            } else {
                campaign.say("%s", LatencyTables.ofRuns(names, histograms).stripTrailing() + "\n");
            }
            int exitCode = campaign.finish();
            campaign.writePage(done);
            return exitCode;
        }

        private String describe(int repetitions) {
            Sending sending = plan.sending();
            return String.format(
                    Locale.ROOT,
                    "Latency at %,d messages/s, %s, %s; %d %s producers%s, %d %s consumers, %s;"
                            + " warm-up %d ms, measured %d ms, %d times",
                    plan.pace().ratePerSecond(),
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

        private void measure(Target target, int index, Path folder)
                throws PeerException, IOException {
            List<String> arguments = new ArrayList<>();
            arguments.add(NAME);
            arguments.addAll(campaign.typed(LatencyOptions.class));
            Duration timeout =
                    plan.pace()
                            .warmup()
                            .plus(plan.pace().duration().multipliedBy(2))
                            .plus(TIMEOUT_MORE);
            Properties properties = campaign.run(target, folder, arguments, timeout);
            LatencyOutcome outcome = LatencyOutcome.of(properties);
            histograms.get(index).add(HistogramFiles.read(folder.resolve("latency.hlog")));
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
        }
    }
}
