// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import java.util.random.RandomGenerator;

/**
 * The delays between rounds of attempts: each is longer than the one before, up to a limit, and
 * varies at random by a quarter, so that clients that were cut off together don't come together.
 */
final class Backoff {
    private static final double JITTER = 0.25;

    private final long maxMs;
    private final double multiplier;
    private final RandomGenerator random;
    private double nextMs;

    /**
     * Makes the delays of one reconnecting.
     *
     * @param initialMs the first, before it is varied, 0 or more
     * @param maxMs none is longer before it is varied
     * @param multiplier how much longer each is than the one before, 1 or more
     */
    Backoff(long initialMs, long maxMs, double multiplier, RandomGenerator random) {
        this.maxMs = maxMs;
        this.multiplier = multiplier;
        this.random = random;
        nextMs = Math.min(initialMs, maxMs);
    }

    /** Returns the next delay in ms. */
    long nextMs() {
        double delayMs = nextMs;
        nextMs = Math.min(maxMs, Math.max(1, delayMs) * multiplier);
        return Math.round(delayMs * (1 - JITTER + 2 * JITTER * random.nextDouble()));
    }
}
