// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets so many messages a second pass, of all links together, at an even pace. Thread-safe. */
public final class Throttle {
    private final long intervalNanos;
    private long nextNanos;

    /**
     * Makes one.
     *
     * @param perSecond messages a second; 0 for no limit
     */
    public Throttle(long perSecond) {
        intervalNanos = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        nextNanos = System.nanoTime();
    }

    /** Waits until the next message may go. */
    void await() {
        if (intervalNanos == 0) {
            return;
        }
        long waitNanos = reserve(System.nanoTime());
        if (waitNanos > 0) {
            LockSupport.parkNanos(waitNanos);
        }
    }

    /** Takes the next place and returns how long it is until then. */
    synchronized long reserve(long nowNanos) {
        // time in which nothing came is not caught up with
        nextNanos = nowNanos - nextNanos > 0 ? nowNanos : nextNanos;
        long waitNanos = nextNanos - nowNanos;
        nextNanos += intervalNanos;
        return waitNanos;
    }
}
