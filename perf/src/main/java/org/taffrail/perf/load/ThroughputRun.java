// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.JMSException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A closed-loop run: every producer sends as soon as it may, and every consumer receives as fast as
 * it can. The clock runs in slices, between which all that was sent has been received.
 *
 * <p>What a slice is depends on the {@link ThroughputPlan.Flow}. When messages are only sent, it
 * lasts until the last acknowledgement, and the queue is emptied, and verified, while the clock
 * stands. When they are received as well, it lasts until the last one was received. When they are
 * only received, the queue is filled first, and the slice lasts from the opening of the consumers
 * until the last message was received, and the last full batch acknowledged.
 */
public final class ThroughputRun {
    private static final long LOOK_MS = 5;
    private static final double TIME_SHARE_MIN = 0.99;

    /** A producer that is told to stop has that long to get its last acknowledgement. */
    private static final long STOP_TIMEOUT_MS = 90_000;

    /** A queue is filled within that time. */
    private static final long FILL_TIMEOUT_MS = 600_000;

    private record Slice(long messages, long elapsedNs) {}

    private final RunContext run;
    private final ThroughputPlan plan;
    private final ClockWatch watch;
    private final Clock clock;
    private final RunFailure failure = new RunFailure();
    private final long[] sequences;
    private final LastArrival lastArrival = new LastArrival();
    private final ExchangeTimes times = new ExchangeTimes();
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
        this.run = new RunContext(provider, ThreadLocalRandom.current().nextLong(), clock, failure);
        this.plan = plan;
        this.watch = watch;
        this.clock = clock;
        this.sequences = new long[plan.sending().producers()];
    }

    /**
     * Carries out the run and verifies what was received.
     *
     * @return the outcome
     * @throws RunFailedException if it could not be carried through
     */
    public ThroughputOutcome run() throws RunFailedException {
        Sending sending = plan.sending();
        boolean asking = sending.mode() == SendMode.REQUEST;
        AckCounts acks =
                new AckCounts(sending.producers(), asking ? times : (stamp, calledNs, ackNs) -> {});
        try (Deliveries deliveries =
                new Deliveries(
                        new Receiver.Setting(run, plan.route(), plan.receiving(), lastArrival),
                        sending.producers())) {
            Leftovers.drain(run, plan.route());
            boolean staying = plan.flow() == ThroughputPlan.Flow.BOTH;
            if (staying) {
                deliveries.open();
            }
            try (Producers producers =
                    new Producers(new Sender.Setting(run, plan.route(), sending, acks))) {
                Slicing slicing = new Slicing(producers, deliveries, acks);
                slicing.spend(plan.limits().warmup(), ClockWatch.NONE);
                Slice measured = slicing.spend(plan.limits().duration(), bothHear());
                if (staying) {
                    deliveries.settle();
                }
                Verdict verdict = deliveries.verdict(acks.perProducer());
                if (asking) {
                    verdict =
                            verdict.and(
                                    Verdict.onSharedQueue(acks.perProducer(), producers.replies()));
                }
                return new ThroughputOutcome(
                        measured.messages,
                        measured.elapsedNs,
                        verdict,
                        asking ? Optional.of(times.summary()) : Optional.empty());
            }
        } catch (JMSException e) {
            throw new RunFailedException("The run failed: " + e, e);
        }
    }

    private ClockWatch bothHear() {
        return new ClockWatch() {
            @Override
            public void started() {
                watch.started();
                times.started();
            }

            @Override
            public void stopped() {
                times.stopped();
                watch.stopped();
            }
        };
    }

    private void sendUntilSliceIsOver(int producer, Sender sender) throws JMSException {
        send(producer, sender, Long.MAX_VALUE);
    }

    private void send(int producer, Sender sender, long count) throws JMSException {
        long sequence = sequences[producer];
        long end = sequence + Math.min(count, Long.MAX_VALUE - sequence);
        while (sequence < end && !sliceOver && !failure.happened()) {
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
                long leftNs = time.toNanos() - elapsedNs;
                Slice slice =
                        plan.flow() == ThroughputPlan.Flow.RECEIVING
                                ? receivingSlice(hearing)
                                : sendingSlice(leftNs, hearing);
                messages += slice.messages;
                elapsedNs += slice.elapsedNs;
            }
            return new Slice(messages, elapsedNs);
        }

        private Slice sendingSlice(long timeNs, ClockWatch hearing)
                throws RunFailedException, JMSException {
            long before = acks.total();
            sliceOver = false;
            hearing.started();
            long startNs = clock.nanoTime();
            producers.start(ThroughputRun.this::sendUntilSliceIsOver);
            long waitingMax = plan.backlogMessagesMax();
            while (clock.nanoTime() - startNs < timeNs
                    && deliveries.waiting(acks.total()) < waitingMax) {
                producers.await(LOOK_MS);
            }
            sliceOver = true;
            if (!producers.await(STOP_TIMEOUT_MS)) {
                throw new RunFailedException("A producer got no answer for minutes");
            }
            long sent = acks.total();
            long endNs = sent == before ? clock.nanoTime() : acks.lastAckNs();
            if (plan.flow() == ThroughputPlan.Flow.BOTH) {
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

        private Slice receivingSlice(ClockWatch hearing) throws RunFailedException, JMSException {
            long before = acks.total();
            sliceOver = false;
            long each = Math.max(1, plan.backlogMessagesMax() / sequences.length);
            producers.start((producer, sender) -> send(producer, sender, each));
            if (!producers.await(FILL_TIMEOUT_MS)) {
                throw new RunFailedException("The queue could not be filled in minutes");
            }
            deliveries.connect();
            hearing.started();
            long startNs = clock.nanoTime();
            deliveries.start();
            deliveries.await(acks.total());
            long nowNs = clock.nanoTime();
            hearing.stopped();
            deliveries.settle();
            // the last full batch is acknowledged by now
            long endNs = deliveries.waiting(acks.total()) > 0 ? nowNs : lastArrival.ns();
            deliveries.close();
            return new Slice(acks.total() - before, Math.max(1, endNs - startNs));
        }
    }
}
