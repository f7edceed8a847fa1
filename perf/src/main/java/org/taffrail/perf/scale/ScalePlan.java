// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import java.time.Duration;
import java.util.Locale;

/**
 * How large a scenario is, and how it is measured.
 *
 * @param messages how many messages wait; 0 for as many as the scenario says
 * @param parties how many queues or consumers there are; 0 for as many as the scenario says
 * @param sizeBytes the size of a body
 * @param measured how many messages a rate is measured with
 * @param ratePerSecond the pace at which times are measured
 * @param duration how long
 * @param rounds how often each figure is taken
 * @param oneAtATime what is added to a queue's name so that a consumer fetches one message and no
 *     more; nothing where the provider has no such thing
 */
public record ScalePlan(
        long messages,
        int parties,
        int sizeBytes,
        int measured,
        int ratePerSecond,
        Duration duration,
        int rounds,
        String oneAtATime) {
    /** The most messages that may be asked for. */
    public static final long MESSAGES_MAX = 1_000_000_000L;

    /**
     * Checks the bounds.
     *
     * @param messages see the record
     * @param parties see the record
     * @param sizeBytes see the record
     * @param measured see the record
     * @param ratePerSecond see the record
     * @param duration see the record
     * @param rounds see the record
     * @param oneAtATime see the record
     * @throws IllegalArgumentException if one is out of bounds
     */
    public ScalePlan {
        check("messages", messages, 0, MESSAGES_MAX);
        check("parties", parties, 0, 1_000_000);
        check("size", sizeBytes, 0, 1 << 20);
        check("measured", measured, 1, 100_000_000);
        check("rate", ratePerSecond, 1, 1_000_000);
        check("duration in ms", duration.toMillis(), 1, Duration.ofHours(1).toMillis());
        check("rounds", rounds, 1, 100);
    }

    private static void check(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %,d to %,d, not %,d", what, min, max, value));
        }
    }

    long messagesOr(long usual) {
        return messages == 0 ? usual : messages;
    }

    int partiesOr(int usual) {
        return parties == 0 ? usual : parties;
    }
}
