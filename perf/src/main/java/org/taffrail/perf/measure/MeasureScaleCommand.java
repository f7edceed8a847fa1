// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.measure;

import org.taffrail.perf.load.Provider;
import org.taffrail.perf.load.RunFailedException;
import org.taffrail.perf.load.StartWait;
import org.taffrail.perf.scale.Figures;
import org.taffrail.perf.scale.ScaleRun;
import org.taffrail.perf.scale.ScenarioName;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.Callable;

/** One step of a scenario of scale, in the process made for it. */
@Command(name = "scale")
final class MeasureScaleCommand implements Callable<Integer> {
    @Mixin private MeasureOptions measure;
    @Mixin private ScaleOptions options;

    @Option(names = "--scenario", required = true)
    private ScenarioName scenario;

    @Option(names = "--step", required = true)
    private ScaleRun.Step step;

    @Option(names = "--one-at-a-time")
    private String oneAtATime = "";

    @Override
    public Integer call() throws RunFailedException, IOException {
        Provider provider = measure.provider();
        Figures figures = new Figures();
        Properties outcome = new Properties();
        ScaleRun run = new ScaleRun(provider, scenario, options.plan(oneAtATime), figures);
        if (step == ScaleRun.Step.FIRST) {
            long firstMs = run.awaitFirst(measure.out());
            outcome.setProperty(StartWait.FIRST_MS, Long.toString(firstMs));
        } else {
            run.carryOut(step);
        }
        figures.writeTo(outcome);
        outcome.setProperty("provider", provider.describe());
        measure.finish(outcome);
        return 0;
    }
}
