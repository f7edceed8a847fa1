// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.concurrent.locks.LockSupport;

/**
 * A monotonic clock that a thread can wait on; tests put a fake one in its place.
 *
 * <p>One clock serves the producers and the consumers of a run, which live in one JVM: that is what
 * makes end-to-end times comparable.
 */
public interface Clock {
    /**
     * The present time in nanoseconds, from an arbitrary origin.
     *
     * @return the time, comparable only with other values of this clock
     */
    long nanoTime();

    /**
     * Waits until a time has come; returns at once if it has passed. How much later than asked it
     * returns is the timer's lag, which a run reports apart.
     *
     * @param deadlineNs a time of this clock
     */
    void awaitUntil(long deadlineNs);

    /**
     * The clock of this JVM, whose waits park the thread: spinning would take a core from the
     * broker.
     *
     * @return the clock
     */
    static Clock system() {
        return new Clock() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void awaitUntil(long deadlineNs) {
                for (long leftNs = deadlineNs - System.nanoTime();
                        leftNs > 0;
                        leftNs = deadlineNs - System.nanoTime()) {
                    LockSupport.parkNanos(leftNs);
                }
            }
        };
    }
}
