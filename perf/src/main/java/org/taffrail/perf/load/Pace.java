// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.time.Duration;

/**
 * How fast and for how long an open-loop run sends.
 *
 * @param ratePerSecond messages per second, of all producers together
 * @param warmup how long it sends before it measures
 * @param duration how long it measures
 */
public record Pace(long ratePerSecond, Duration warmup, Duration duration) {
    /** The longest warm-up or measurement. */
    public static final Duration DURATION_MAX = Duration.ofHours(24);

    /**
     * Checks the bounds.
     *
     * @param ratePerSecond see the record
     * @param warmup see the record
     * @param duration see the record
     * @throws IllegalArgumentException if one is out of bounds
     */
    public Pace {
        if (ratePerSecond < 1 || ratePerSecond > Schedule.RATE_MAX) {
            throw new IllegalArgumentException(
                    "The rate is 1 to "
                            + Schedule.RATE_MAX
                            + " messages per second, not "
                            + ratePerSecond);
        }
        checkSpans(warmup, duration);
    }

    static void checkSpans(Duration warmup, Duration duration) {
        if (warmup.isNegative() || warmup.compareTo(DURATION_MAX) > 0) {
            throw new IllegalArgumentException("A warm-up takes 0 to 24 hours, not " + warmup);
        }
        if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(DURATION_MAX) > 0) {
            throw new IllegalArgumentException(
                    "A measurement takes 1 millisecond to 24 hours, not " + duration);
        }
    }
}
