// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.inbound;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The pauses before attempts: none before the first, then one that doubles with each failure, up to
 * a bound. Thread-safe.
 */
final class Backoff {
    private final long firstMs;
    private final long mostMs;
    private long nextMs;

    /**
     * Begins.
     *
     * @param firstMs the first pause, 1 at least
     * @param mostMs the longest, not less
     */
    Backoff(long firstMs, long mostMs) {
        this.firstMs = firstMs;
        this.mostMs = mostMs;
    }

    /** The next pause is longer. */
    synchronized void failed() {
        nextMs = nextMs == 0 ? firstMs : Math.min(mostMs, 2 * nextMs);
    }

    /** Begins anew. */
    synchronized void reset() {
        nextMs = 0;
    }

    /** Returns the next pause, ms. */
    synchronized long pauseMs() {
        return nextMs;
    }

    /**
     * Pauses.
     *
     * @param monitor is notified when the condition may have changed
     * @param over ends the pause; asked under the monitor
     * @return whether it was not over at the end
     */
    boolean await(Object monitor, BooleanSupplier over) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMs());
        synchronized (monitor) {
            while (!over.getAsBoolean()) {
                long leftNs = deadlineNs - System.nanoTime();
                if (leftNs <= 0) {
                    return true;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(monitor, leftNs);
                } catch (InterruptedException e) {
                    // the server wants its thread back
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return false;
        }
    }
}
