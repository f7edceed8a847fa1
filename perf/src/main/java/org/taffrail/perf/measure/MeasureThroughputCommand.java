// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.measure;

import org.taffrail.perf.load.Clock;
import org.taffrail.perf.load.Provider;
import org.taffrail.perf.load.RunFailedException;
import org.taffrail.perf.load.ThroughputCase;
import org.taffrail.perf.load.ThroughputOutcome;
import org.taffrail.perf.load.ThroughputRun;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.Callable;

/** One case of a throughput run, in the process made for it. */
@Command(name = "throughput")
final class MeasureThroughputCommand implements Callable<Integer> {
    @Mixin private MeasureOptions measure;
    @Mixin private ThroughputOptions options;
    @Mixin private CostWatch costs;

    @Option(names = "--case", required = true)
    private ThroughputCase work;

    @Override
    public Integer call() throws RunFailedException, IOException {
        Provider provider = measure.provider();
        try (CostWatch watch = costs.open()) {
            ThroughputOutcome outcome =
                    new ThroughputRun(provider, options.plan(work), Clock.system(), watch).run();
            Properties figures = outcome.toProperties();
            watch.finish(outcome.messages(), measure.out()).addTo(figures);
            figures.setProperty("provider", provider.describe());
            measure.finish(figures);
            return 0;
        }
    }
}
