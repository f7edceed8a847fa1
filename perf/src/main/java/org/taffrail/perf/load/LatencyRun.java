// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.JMSException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An open-loop run: producers send at a fixed rate whatever the provider does, consumers receive,
 * and every time is counted from when the message should have been sent.
 *
 * <p>Writes {@code latency.hlog} and a {@code .hgrm} file per {@link Series} into a folder.
 */
public final class LatencyRun {
    private static final long START_DELAY_NS = 200_000_000L;
    private static final long INTERVAL_MS = 1_000;
    private static final long OVERTIME_NS_MIN = 5_000_000_000L;

    /** An acknowledgement may take so long at the end of the run before it counts as missing. */
    private static final long SETTLE_NS_MAX = 90_000_000_000L;

    private final Provider provider;
    private final LatencyPlan plan;
    private final Clock clock;
    private final RunFailure failure = new RunFailure();
    private final AtomicLong unsent = new AtomicLong();
    private final AtomicLong lastSendNs = new AtomicLong(Long.MIN_VALUE);

    /**
     * A run that has not started.
     *
     * @param provider the provider to measure
     * @param plan what to do
     * @param clock the clock; in earnest {@link Clock#system}
     */
    public LatencyRun(Provider provider, LatencyPlan plan, Clock clock) {
        this.provider = provider;
        this.plan = plan;
        this.clock = clock;
    }

    /**
     * Carries out the run and verifies what was received.
     *
     * @param folder where its files go; exists
     * @return the outcome
     * @throws RunFailedException if it could not be carried through
     * @throws IOException if a file can't be written
     */
    public LatencyOutcome run(Path folder) throws RunFailedException, IOException {
        long runId = ThreadLocalRandom.current().nextLong();
        Sending sending = plan.sending();
        RunContext run = new RunContext(provider, runId, clock, failure);
        Route route = Route.to(plan.destination());
        try (LatencyRecorder recorder = new LatencyRecorder(folder);
                Deliveries deliveries =
                        new Deliveries(
                                new Receiver.Setting(run, route, plan.receiving(), recorder),
                                sending.producers())) {
            Leftovers.drain(run, route);
            deliveries.open();
            AckCounts acks = new AckCounts(sending.producers(), recorder);
            try (Producers producers =
                    new Producers(new Sender.Setting(run, route, sending, acks))) {
                Schedule schedule =
                        new Schedule(
                                clock.nanoTime() + START_DELAY_NS,
                                plan.pace().ratePerSecond(),
                                sending.producers());
                send(producers, schedule, recorder);
                deliveries.await(acks.total());
                deliveries.settle();
                recorder.finish();
                return outcome(schedule, acks, deliveries.verdict(acks.perProducer()));
            }
        } catch (JMSException e) {
            throw new RunFailedException("The run failed: " + e, e);
        }
    }

    private void send(Producers producers, Schedule schedule, LatencyRecorder recorder)
            throws RunFailedException {
        long durationNs = plan.pace().duration().toNanos();
        long spanNs = plan.pace().warmup().toNanos() + durationNs;
        long endNs = schedule.startNs() + spanNs;
        long giveUpNs = endNs + Math.max(durationNs, OVERTIME_NS_MIN);
        recorder.measure(endNs - durationNs, endNs);
        producers.start(
                (producer, sender) -> {
                    long left =
                            new OpenLoop(clock, schedule, producer)
                                    .run(
                                            spanNs,
                                            giveUpNs,
                                            failure::happened,
                                            (sequence, intendedNs, lagNs) ->
                                                    sender.send(
                                                            new Stamp(
                                                                    producer,
                                                                    sequence,
                                                                    intendedNs,
                                                                    lagNs)));
                    unsent.addAndGet(left);
                    lastSendNs.accumulateAndGet(clock.nanoTime(), Math::max);
                });
        while (!producers.await(INTERVAL_MS)) {
            recorder.cutInterval();
            if (clock.nanoTime() - giveUpNs > SETTLE_NS_MAX) {
                throw new RunFailedException("A producer got no answer for minutes");
            }
        }
    }

    private LatencyOutcome outcome(Schedule schedule, AckCounts acks, Verdict verdict) {
        long spanNs = plan.pace().warmup().plus(plan.pace().duration()).toNanos();
        long sent = acks.total();
        long overrunNs = Math.max(0, lastSendNs.get() - (schedule.startNs() + spanNs));
        return new LatencyOutcome(
                schedule.ratePerSecond(),
                rate(sent, spanNs + overrunNs),
                sent,
                unsent.get(),
                overrunNs,
                verdict);
    }

    private double rate(long sent, long tookNs) {
        double perSecond = sent * 1e9 / tookNs;
        // a span that is no multiple of the interval holds a message more or less
        return Math.min(perSecond, plan.pace().ratePerSecond());
    }
}
