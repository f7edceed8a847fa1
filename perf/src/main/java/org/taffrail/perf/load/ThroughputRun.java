// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.JMSException;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A closed-loop run: every producer sends as soon as it may. The clock runs in slices, each of
 * which begins with an empty queue and ends when its time is up or too much waits on the queue.
 *
 * <p>When messages are only sent, a slice lasts until the last acknowledgement, and the queue is
 * emptied, and verified, while the clock stands. When they are consumed as well, it lasts until the
 * last message was received.
 */
public final class ThroughputRun {
    private static final long LOOK_MS = 5;
    private static final double TIME_SHARE_MIN = 0.99;

    /** A producer that is told to stop has that long to get its last acknowledgement. */
    private static final long STOP_TIMEOUT_MS = 90_000;

    private record Slice(long messages, long elapsedNs) {}

    private final Provider provider;
    private final ThroughputPlan plan;
    private final Clock clock;
    private final ClockWatch watch;
    private final RunFailure failure = new RunFailure();
    private final long[] sequences;
    private final LastArrival lastArrival = new LastArrival();
    private volatile boolean sliceOver;

    /**
     * A run that has not started.
     *
     * @param provider the provider to measure
     * @param plan what to do
     * @param clock the clock; in earnest {@link Clock#system}
     * @param watch hears of each measured slice
     */
    public ThroughputRun(Provider provider, ThroughputPlan plan, Clock clock, ClockWatch watch) {
        this.provider = provider;
        this.plan = plan;
        this.clock = clock;
        this.watch = watch;
        this.sequences = new long[plan.sending().producers()];
    }

    /**
     * Carries out the run and verifies what was received.
     *
     * @return the outcome
     * @throws RunFailedException if it could not be carried through
     */
    public ThroughputOutcome run() throws RunFailedException {
        long runId = ThreadLocalRandom.current().nextLong();
        Sending sending = plan.sending();
        var receivers = new Receiver.Setting(provider, plan.destination(), plan.receiving(), runId);
        var senders = new Sender.Setting(provider, plan.destination(), sending, runId);
        AckCounts acks = new AckCounts(sending.producers(), (stamp, calledNs, ackNs) -> {});
        try (Deliveries deliveries =
                new Deliveries(receivers, sending.producers(), lastArrival, failure, clock)) {
            Leftovers.drain(provider, plan.destination());
            if (plan.consuming()) {
                deliveries.open();
            }
            try (Producers producers = new Producers(senders, clock, acks, failure)) {
                Slicing slicing = new Slicing(producers, deliveries, acks);
                slicing.spend(plan.limits().warmup(), ClockWatch.NONE);
                Slice measured = slicing.spend(plan.limits().duration(), watch);
                if (plan.consuming()) {
                    deliveries.settle();
                }
                return new ThroughputOutcome(
                        measured.messages,
                        measured.elapsedNs,
                        deliveries.verdict(acks.perProducer()));
            }
        } catch (JMSException e) {
            throw new RunFailedException("The run failed: " + e, e);
        }
    }

    private void sendUntilSliceIsOver(int producer, Sender sender) throws JMSException {
        long sequence = sequences[producer];
        while (!sliceOver && !failure.happened()) {
            sender.send(new Stamp(producer, sequence++, 0, 0));
        }
        sequences[producer] = sequence;
    }

    private final class Slicing {
        private final Producers producers;
        private final Deliveries deliveries;
        private final AckCounts acks;

        Slicing(Producers producers, Deliveries deliveries, AckCounts acks) {
            this.producers = producers;
            this.deliveries = deliveries;
            this.acks = acks;
        }

        /** Runs slices until the clock has run for a time; the sum of them. */
        Slice spend(Duration time, ClockWatch hearing) throws RunFailedException, JMSException {
            long messages = 0;
            long elapsedNs = 0;
            // the last acknowledgement comes a little before the time is up: that is enough
            while (elapsedNs < time.toNanos() * TIME_SHARE_MIN) {
                Slice slice = slice(time.toNanos() - elapsedNs, hearing);
                messages += slice.messages;
                elapsedNs += slice.elapsedNs;
            }
            return new Slice(messages, elapsedNs);
        }

        private Slice slice(long timeNs, ClockWatch hearing)
                throws RunFailedException, JMSException {
            long before = acks.total();
            hearing.started();
            long startNs = clock.nanoTime();
            sliceOver = false;
            producers.start(ThroughputRun.this::sendUntilSliceIsOver);
            long waitingMax = plan.backlogMessagesMax();
            while (clock.nanoTime() - startNs < timeNs
                    && acks.total() - deliveries.received() < waitingMax) {
                producers.await(LOOK_MS);
            }
            sliceOver = true;
            if (!producers.await(STOP_TIMEOUT_MS)) {
                throw new RunFailedException("A producer got no answer for minutes");
            }
            long sent = acks.total();
            long endNs = sent == before ? clock.nanoTime() : acks.lastAckNs();
            if (plan.consuming()) {
                deliveries.await(sent);
                endNs = Math.max(endNs, lastArrival.ns());
                hearing.stopped();
            } else {
                hearing.stopped();
                deliveries.open();
                deliveries.await(sent);
                deliveries.settle();
                deliveries.close();
            }
            return new Slice(sent - before, Math.max(1, endNs - startNs));
        }
    }
}
