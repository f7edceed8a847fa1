// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.measure;

import org.taffrail.perf.load.Clock;
import org.taffrail.perf.load.LatencyOutcome;
import org.taffrail.perf.load.LatencyRun;
import org.taffrail.perf.load.Provider;
import org.taffrail.perf.load.RunFailedException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.Callable;

/** One latency run, in the process made for it. */
@Command(name = "latency")
final class MeasureLatencyCommand implements Callable<Integer> {
    @Mixin private MeasureOptions measure;
    @Mixin private LatencyOptions options;

    @Option(names = "--rate", required = true)
    private long ratePerSecond;

    @Override
    public Integer call() throws RunFailedException, IOException {
        Provider provider = measure.provider();
        LatencyOutcome outcome =
                new LatencyRun(provider, options.plan(ratePerSecond), Clock.system())
                        .run(measure.out());
        Properties figures = outcome.toProperties();
        figures.setProperty("provider", provider.describe());
        measure.finish(figures);
        return 0;
    }
}
