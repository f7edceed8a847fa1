// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import java.util.concurrent.TimeUnit;

/**
 * How long a receive waits, from the moment this is made.
 *
 * @param waits whether it waits at all
 * @param ends whether there is a deadline
 * @param deadlineNs the deadline on {@link System#nanoTime}'s scale
 */
record ReceiveTimeout(boolean waits, boolean ends, long deadlineNs) {
    /** Waits for as long as it takes. */
    static final ReceiveTimeout FOREVER = new ReceiveTimeout(true, false, 0);

    /** Does not wait. */
    static final ReceiveTimeout NO_WAIT = new ReceiveTimeout(false, true, 0);

    private static final long MOST_MS = TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE / 2);

    /**
     * Reads the timeout that an application gives to a receive: 0 stands for ever, and a negative
     * one, which the specification leaves open, for no time at all.
     */
    static ReceiveTimeout of(long timeoutMs) {
        if (timeoutMs == 0) {
            return FOREVER;
        }
        if (timeoutMs < 0) {
            return NO_WAIT;
        }
        long timeoutNs = TimeUnit.MILLISECONDS.toNanos(Math.min(timeoutMs, MOST_MS));
        return new ReceiveTimeout(true, true, System.nanoTime() + timeoutNs);
    }

    /** Returns how long is left of a deadline, less than 1 where it has passed. */
    long leftNs() {
        return deadlineNs - System.nanoTime();
    }
}
