// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * Counts what happens to the messages of a group, a destination or all of them, since the start.
 * What a group counts counts for its destination too, and that for all: whatever is deleted, the
 * sums above it stay. Nothing of it is logged.
 */
final class Tally {
    private Tally above;
    private long in;
    private long bytesIn;
    private long delivered;
    private long redelivered;
    private long accepted;
    private long expired;
    private long deadLettered;
    private long removed;
    private long lost;

    /**
     * Sets who counts the same, and that of others.
     *
     * @param newAbove null for nobody
     */
    void countsFor(Tally newAbove) {
        above = newAbove;
    }

    /** A message has come to a group; to a destination it comes once, see {@link #arrived}. */
    void cameIn() {
        in++;
    }

    /** A run has come to a destination. */
    void arrived(int messages, int bytes) {
        for (Tally each = this; each != null; each = each.above) {
            each.in += messages;
            each.bytesIn += bytes;
        }
    }

    void delivered(boolean again) {
        for (Tally each = this; each != null; each = each.above) {
            each.delivered++;
            each.redelivered += again ? 1 : 0;
        }
    }

    void ended(Event.Reason reason, long messages) {
        for (Tally each = this; each != null; each = each.above) {
            switch (reason) {
                case ACCEPTED -> each.accepted += messages;
                case EXPIRED -> each.expired += messages;
                case DEAD_LETTERED -> each.deadLettered += messages;
                case PURGED, MOVED -> each.removed += messages;
                case LOST, OUTLIVED -> each.lost += messages;
            }
        }
    }

    /** Begins anew, with those above, when what was only recovered has been counted. */
    void clear() {
        in = 0;
        bytesIn = 0;
        delivered = 0;
        redelivered = 0;
        accepted = 0;
        expired = 0;
        deadLettered = 0;
        removed = 0;
        lost = 0;
        if (above != null) {
            above.clear();
        }
    }

    Counts counts() {
        return new Counts(
                in,
                bytesIn,
                delivered,
                redelivered,
                accepted,
                expired,
                deadLettered,
                removed,
                lost);
    }
}
