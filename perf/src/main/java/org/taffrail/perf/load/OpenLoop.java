// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.JMSException;

import java.util.function.BooleanSupplier;

/**
 * One producer's open loop: it sends at the intended times of a {@link Schedule}, and when a send
 * took too long the next ones follow without a pause, each still counted from its intended time.
 *
 * <p>Runs on the producer's thread.
 */
public final class OpenLoop {
    /** What sends one message. */
    @FunctionalInterface
    public interface Step {
        /**
         * Sends a message; returns when the producer may go on to the next one.
         *
         * @param sequence the number of the message among the producer's own
         * @param intendedNs when it should have been sent
         * @param lagNs the part of its lateness that is the timer's ({@link TimerLag})
         * @throws JMSException if the provider refuses it
         */
        void send(long sequence, long intendedNs, long lagNs) throws JMSException;
    }

    private final Clock clock;
    private final Schedule schedule;
    private final int producer;

    /**
     * A loop that has not run yet.
     *
     * @param clock the clock of the run
     * @param schedule the intended times
     * @param producer which producer this is, from 0
     */
    public OpenLoop(Clock clock, Schedule schedule, int producer) {
        this.clock = clock;
        this.schedule = schedule;
        this.producer = producer;
    }

    /**
     * Sends what the schedule holds for a span. A producer that has fallen behind goes on after the
     * span's end until it has sent everything, because leaving out the late ones would hide the
     * worst latencies; it gives up at a given time.
     *
     * @param durationNs the span from the schedule's start
     * @param giveUpNs when to stop although messages are left
     * @param stopped asked before each message: true ends the loop
     * @param step what sends
     * @return how many messages of the schedule were not sent
     * @throws JMSException what the step threw
     */
    public long run(long durationNs, long giveUpNs, BooleanSupplier stopped, Step step)
            throws JMSException {
        long count = schedule.count(producer, durationNs);
        TimerLag timerLag = new TimerLag();
        for (long sequence = 0; sequence < count; sequence++) {
            long intendedNs = schedule.intendedNs(producer, sequence);
            clock.awaitUntil(intendedNs);
            long startNs = clock.nanoTime();
            if (startNs - giveUpNs >= 0 || stopped.getAsBoolean()) {
                return count - sequence;
            }
            step.send(sequence, intendedNs, timerLag.started(intendedNs, startNs));
            timerLag.ended(clock.nanoTime());
        }
        return 0;
    }
}
