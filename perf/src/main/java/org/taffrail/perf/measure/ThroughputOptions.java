// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.measure;

import org.taffrail.perf.load.MessageShape;
import org.taffrail.perf.load.ThroughputCase;
import org.taffrail.perf.load.ThroughputPlan;

import picocli.CommandLine;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.List;

/**
 * How each case of a throughput run is carried out, as options; typed by the user, and passed on to
 * the measuring process as they were typed.
 */
public final class ThroughputOptions {
    private static final long MIB = 1024 * 1024;

    @Option(
            names = "--duration",
            paramLabel = "SPAN",
            converter = SpanConverter.class,
            description = "how long to measure each case: 500ms, 30s, 5m (default 10s)")
    private Duration duration = Duration.ofSeconds(10);

    @Option(
            names = "--warmup",
            paramLabel = "SPAN",
            converter = SpanConverter.class,
            description = "how long to work before measuring (default 5s)")
    private Duration warmup = Duration.ofSeconds(5);

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "size of a body, where the case says none (${DEFAULT-VALUE})")
    private int sizeBytes = 1024;

    @Option(names = "--persistent", description = "send persistent messages: the default")
    private boolean persistent;

    @Option(names = "--non-persistent", description = "send non-persistent messages")
    private boolean nonPersistent;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description =
                    "of async-send and selector: how many sends a producer has open (${DEFAULT-VALUE})")
    private int inFlightMax = 1024;

    @Option(
            names = "--backlog",
            paramLabel = "MIB",
            description =
                    "when so much waits on the queue, the clock stops until it is empty; drain:"
                            + " how much waits at first (${DEFAULT-VALUE})")
    private long backlogMib = 256;

    @Option(
            names = "--queue",
            paramLabel = "NAME",
            description =
                    "a JNDI or physical name; names of other destinations begin with it"
                            + " (${DEFAULT-VALUE})")
    private String queue = "perf.throughput";

    /** The defaults; picocli fills in what was typed. */
    public ThroughputOptions() {}

    /**
     * Reads options.
     *
     * @param arguments the options as they are typed
     * @return the options
     */
    public static ThroughputOptions of(List<String> arguments) {
        return CommandLine.populateCommand(
                new ThroughputOptions(), arguments.toArray(String[]::new));
    }

    /**
     * The plan of a case under these options.
     *
     * @param work the case
     * @return the plan
     * @throws IllegalArgumentException if they contradict each other or are out of bounds
     */
    public ThroughputPlan plan(ThroughputCase work) {
        if (persistent && nonPersistent) {
            throw new IllegalArgumentException(
                    "--persistent and --non-persistent exclude each other");
        }
        return ThroughputPlan.of(
                work,
                queue,
                new MessageShape(sizeBytes, !nonPersistent),
                inFlightMax,
                new ThroughputPlan.Limits(warmup, duration, backlogMib * MIB));
    }
}
