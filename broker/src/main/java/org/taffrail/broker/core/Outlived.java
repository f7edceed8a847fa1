// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.Arrays;

/**
 * Ends what subscriptions have not consumed of topics whose retention was told to count for that
 * too. Looks once a second, and settles so many messages a step. What a consumer holds is left to
 * it.
 */
final class Outlived {
    private static final int SETTLED_A_STEP = 2048;
    private static final int LOOK_MS = 1000;

    private final Decisions decisions;
    private final boolean any;
    private long nextLookMs;

    Outlived(Decisions decisions) {
        this.decisions = decisions;
        any = decisions.limits().policies().anyDropsUnsettled();
    }

    /** Settles a portion; returns whether there is more to do now. */
    boolean work() {
        if (!any || decisions.nowMs() < nextLookMs) {
            return false;
        }
        int left = SETTLED_A_STEP;
        for (Destination destination : decisions.state().destinations()) {
            if (destination.policy.retention().dropsUnsettled()) {
                left = endAll(destination, left);
            }
        }
        if (left > 0) {
            nextLookMs = decisions.nowMs() + LOOK_MS;
        }
        return left <= 0;
    }

    private int endAll(Destination destination, int budget) {
        int left = budget;
        long keptFrom = destination.partition.keptFrom(decisions.nowMs());
        for (Group group : destination.groups.values()) {
            if (left > 0) {
                left -= end(group.position, keptFrom, left);
            }
        }
        return left;
    }

    private int end(Position position, long keptFrom, int most) {
        long[] offsets = new long[Math.min(most, 64)];
        int count = 0;
        long offset = position.firstUnsettled();
        while (offset >= 0 && offset < keptFrom && count < most) {
            if (position.holdOf(offset) == null) {
                offsets = count < offsets.length ? offsets : Arrays.copyOf(offsets, 2 * count);
                offsets[count++] = offset;
            }
            offset = position.nextUnsettled(offset + 1);
        }
        if (count > 0) {
            long[] ranges = Ranges.joining(offsets, count);
            decisions.settle(position, Event.Reason.OUTLIVED, ranges, true);
        }
        return count;
    }

    /** When there may be something to do, if nothing else happens. */
    long nextTimerMs() {
        long next = Long.MAX_VALUE;
        if (any) {
            for (Destination destination : decisions.state().destinations()) {
                if (destination.policy.retention().dropsUnsettled()) {
                    next = Math.min(next, destination.partition.nextEndMs());
                }
            }
        }
        return next == Long.MAX_VALUE ? next : Math.max(next, nextLookMs);
    }
}
