// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.measure;

import org.taffrail.perf.load.AckMode;
import org.taffrail.perf.load.DestinationName;
import org.taffrail.perf.load.LatencyPlan;
import org.taffrail.perf.load.MessageShape;
import org.taffrail.perf.load.Pace;
import org.taffrail.perf.load.Receiving;
import org.taffrail.perf.load.SendMode;
import org.taffrail.perf.load.Sending;

import picocli.CommandLine;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.List;

/**
 * What a latency run does, but for its rate, as options; typed by the user, and passed on to the
 * measuring process as they were typed.
 */
public final class LatencyOptions {
    private static final String QUEUE = "perf.latency";

    @Option(
            names = "--duration",
            paramLabel = "SPAN",
            converter = SpanConverter.class,
            description = "how long to measure: 500ms, 30s, 5m (default 30s)")
    private Duration duration = Duration.ofSeconds(30);

    @Option(
            names = "--warmup",
            paramLabel = "SPAN",
            converter = SpanConverter.class,
            description = "how long to send before measuring (default 10s)")
    private Duration warmup = Duration.ofSeconds(10);

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "size of a body (${DEFAULT-VALUE})")
    private int sizeBytes = 1024;

    @Option(names = "--producers", paramLabel = "N", description = "(${DEFAULT-VALUE})")
    private int producers = 1;

    @Option(names = "--consumers", paramLabel = "N", description = "(${DEFAULT-VALUE})")
    private int consumers = 1;

    @Option(names = "--persistent", description = "send persistent messages: the default")
    private boolean persistent;

    @Option(names = "--non-persistent", description = "send non-persistent messages")
    private boolean nonPersistent;

    @Option(
            names = "--ack",
            paramLabel = "MODE",
            description = "how consumers acknowledge: auto, client, dups_ok, transacted (auto)")
    private AckMode ack = AckMode.AUTO;

    @Option(
            names = "--ack-batch",
            paramLabel = "N",
            description = "client, transacted: after how many messages (${DEFAULT-VALUE})")
    private int ackBatch = 1;

    @Option(
            names = "--receive",
            description = "consumers call receive instead of having a MessageListener")
    private boolean receive;

    @Option(
            names = "--transacted",
            paramLabel = "BATCH",
            description = "send in transactions of so many messages")
    private Integer transacted;

    @Option(
            names = "--xa",
            paramLabel = "BATCH",
            description = "send in global transactions of so many messages, prepared and committed")
    private Integer xa;

    @Option(names = "--async", description = "send with a CompletionListener")
    private boolean async;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description = "with --async: how many sends a producer has open (${DEFAULT-VALUE})")
    private int inFlightMax = 1024;

    @Option(
            names = "--queue",
            paramLabel = "NAME",
            description = "a JNDI or physical name (default " + QUEUE + ")")
    private String queue;

    @Option(names = "--topic", paramLabel = "NAME", description = "a JNDI or physical name")
    private String topic;

    /** The defaults; picocli fills in what was typed. */
    public LatencyOptions() {}

    /**
     * Reads options.
     *
     * @param arguments the options as they are typed
     * @return the options
     */
    public static LatencyOptions of(List<String> arguments) {
        LatencyOptions options = new LatencyOptions();
        new CommandLine(options)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(arguments.toArray(String[]::new));
        return options;
    }

    /**
     * The plan these options make.
     *
     * @param ratePerSecond the rate, in messages per second of all producers together
     * @return the plan
     * @throws IllegalArgumentException if they contradict each other or are out of bounds
     */
    public LatencyPlan plan(long ratePerSecond) {
        refuseBoth(persistent && nonPersistent, "--persistent", "--non-persistent");
        refuseBoth(async && transacted != null, "--async", "--transacted");
        refuseBoth(async && xa != null, "--async", "--xa");
        refuseBoth(transacted != null && xa != null, "--transacted", "--xa");
        refuseBoth(queue != null && topic != null, "--queue", "--topic");
        DestinationName destination =
                topic != null
                        ? new DestinationName(topic, true)
                        : new DestinationName(queue != null ? queue : QUEUE, false);
        return new LatencyPlan(
                destination,
                new Sending(
                        producers, mode(), window(), new MessageShape(sizeBytes, !nonPersistent)),
                new Receiving(consumers, ack, ackBatch, !receive),
                new Pace(ratePerSecond, warmup, duration));
    }

    private SendMode mode() {
        if (xa != null) {
            return SendMode.XA;
        }
        if (transacted != null) {
            return SendMode.TRANSACTED;
        }
        return async ? SendMode.ASYNC : SendMode.SYNC;
    }

    private int window() {
        if (xa != null || transacted != null) {
            return xa != null ? xa : transacted;
        }
        return async ? inFlightMax : 1;
    }

    private static void refuseBoth(boolean both, String one, String other) {
        if (both) {
            throw new IllegalArgumentException(one + " and " + other + " exclude each other");
        }
    }
}
