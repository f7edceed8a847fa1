// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/**
 * How late a sender is through its own timer rather than through the broker; one producer thread's.
 *
 * <p>A thread that parks until an intended time wakes up a little late, 50 us as a rule, and by
 * milliseconds on a busy machine. That is no latency of the broker, yet it is part of every time
 * counted from the intended send. This keeps the account of what a perfect timer would have done,
 * given the same durations of the sends:
 *
 * <pre>
 * ideal start(i) = max(intended(i), ideal end(i - 1))
 * lag(i)         = actual start(i) - ideal start(i)
 * ideal end(i)   = actual end(i) - lag(i)
 * </pre>
 *
 * <p>So a send that starts late because the one before took long has no lag: that lateness belongs
 * to the broker and stays in the latency. One that starts late because the thread overslept has,
 * and so have those that queue up behind it.
 */
public final class TimerLag {
    private long idealEndNs = Long.MIN_VALUE;
    private long lagNs;

    /** Starts an account in which nothing was sent yet. */
    public TimerLag() {}

    /**
     * A send starts now.
     *
     * @param intendedNs when it should have started
     * @param startNs when it does start
     * @return the part of the lateness that is the timer's, in nanoseconds, never negative
     */
    public long started(long intendedNs, long startNs) {
        lagNs = Math.max(0, startNs - Math.max(intendedNs, idealEndNs));
        return lagNs;
    }

    /**
     * The send that was started last has returned.
     *
     * @param endNs when it returned
     */
    public void ended(long endNs) {
        idealEndNs = endNs - lagNs;
    }
}
