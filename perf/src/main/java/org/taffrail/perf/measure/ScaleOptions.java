// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.measure;

import org.taffrail.perf.scale.ScalePlan;

import picocli.CommandLine.Option;

import java.time.Duration;

/**
 * How large scenarios are and how they are measured, as options; typed by the user, and passed on
 * to the measuring process as they were typed.
 */
public final class ScaleOptions {
    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "how many messages wait (default: what the scenario is about)")
    private long messages;

    @Option(
            names = "--parties",
            paramLabel = "N",
            description = "how many queues, subscribers or consumers there are (default: the same)")
    private int parties;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "size of a body (${DEFAULT-VALUE})")
    private int sizeBytes = 200;

    @Option(
            names = "--measured",
            paramLabel = "N",
            description = "how many messages a rate is measured with (${DEFAULT-VALUE})")
    private int measured = 100_000;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "messages a second at which times are measured (${DEFAULT-VALUE})")
    private int ratePerSecond = 1_000;

    @Option(
            names = "--duration",
            paramLabel = "SPAN",
            converter = SpanConverter.class,
            description = "how long times are measured: 500ms, 30s, 5m (default 10s)")
    private Duration duration = Duration.ofSeconds(10);

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "how often each figure is taken (${DEFAULT-VALUE})")
    private int rounds = 3;

    /** The defaults; picocli fills in what was typed. */
    public ScaleOptions() {}

    /**
     * The plan of a scenario under these options.
     *
     * @param oneAtATime what is added to a queue's name so that its consumer fetches nothing ahead
     * @return the plan
     * @throws IllegalArgumentException if an option is out of bounds
     */
    public ScalePlan plan(String oneAtATime) {
        return new ScalePlan(
                messages,
                parties,
                sizeBytes,
                measured,
                ratePerSecond,
                duration,
                rounds,
                oneAtATime);
    }
}
