// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.measure.ScaleOptions;
import org.taffrail.perf.measure.SpanConverter;
import org.taffrail.perf.peer.Broker;
import org.taffrail.perf.peer.PeerException;
import org.taffrail.perf.peer.Target;
import org.taffrail.perf.scale.Figures;
import org.taffrail.perf.scale.ScalePlan;
import org.taffrail.perf.scale.ScenarioName;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code perf scale}: what long backlogs, many queues and many consumers cost, of one provider or
 * of several.
 */
@Command(
        name = ScaleCommand.NAME,
        sortOptions = false,
        usageHelpAutoWidth = true,
        mixinStandardHelpOptions = true,
        description = {
            "Measures delivery at scale, and what it costs in memory and disk.",
            "The memory, the disk and the start are measured of brokers that --start starts."
        })
public final class ScaleCommand implements Callable<Integer> {
    /** The command, here and of the measuring process. */
    static final String NAME = "scale";

    @Mixin private TargetOptions targetOptions;
    @Mixin private ScaleOptions options;

    @Parameters(
            arity = "0..*",
            paramLabel = "SCENARIO",
            description = "${COMPLETION-CANDIDATES} (default: all)")
    private List<ScenarioName> scenarios = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            converter = SpanConverter.class,
            description = "when to give up a step (default 1h)")
    private Duration timeout = Duration.ofHours(1);

    @Spec private CommandSpec spec;

    /** The command with its defaults; picocli fills in what was typed. */
    public ScaleCommand() {}

    /**
     * Carries out the scenarios and prints the report.
     *
     * @return the exit code
     * @throws PeerException if a provider can't be had or a run fails
     * @throws IOException if results can't be written
     */
    @Override
    public Integer call() throws PeerException, IOException {
        try {
            ScalePlan plan = options.plan("");
            List<ScenarioName> chosen =
                    scenarios.isEmpty() ? List.of(ScenarioName.values()) : scenarios;
            try (Campaign campaign = new Campaign(spec, targetOptions, BareWish.NONE)) {
                campaign.describeTargets();
                for (ScenarioName scenario : chosen) {
                    campaign.alternate(
                            1,
                            scenario.toString(),
                            (target, index, folder) ->
                                    carryOut(campaign, scenario, plan, target, folder));
                }
                campaign.say("");
                return campaign.finish();
            }
        } catch (IllegalArgumentException e) {
            throw Campaign.wrong(spec, e);
        }
    }

    private static boolean isTaffrail(Target target) throws IOException {
        return Files.readString(target.jndi()).contains("org.taffrail.");
    }

    private void carryOut(
            Campaign campaign, ScenarioName scenario, ScalePlan plan, Target target, Path folder)
            throws PeerException, IOException {
        List<String> arguments =
                Stream.concat(
                                Stream.of(NAME, "--scenario=" + scenario),
                                campaign.typed(ScaleOptions.class).stream())
                        .collect(Collectors.toList());
        if (isTaffrail(target)) {
            arguments.add("--one-at-a-time=?consumer.prefetch=1");
        }
        Optional<Broker> broker = campaign.brokerOf(target);
        ScaleSteps steps = new ScaleSteps(campaign, target, broker, arguments, timeout);
        Figures figures = new Figures();
        steps.carryOut(scenario, scenario.count(plan), folder, figures);
        campaign.say("");
        campaign.say("%s, %s: %s", target.name(), scenario, scenario.description());
        campaign.say("%s", new ScaleTables(figures));
    }
}
