// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * The messages of one key in a group, which go one after the other and to one consumer at a time:
 * who gets the next ones, who holds some now, how many wait after a failed delivery, and which
 * ready ones are put aside because they can't go yet. {@link Lanes} decides; this keeps account.
 */
final class Lane {
    /** Stands for the key; see {@link org.taffrail.wire.record.RecordView#keyHash}. */
    final long key;

    /** Who gets the next message, or null; one that has ended counts as none. */
    Consumer owner;

    /** Who holds messages of the key, where {@link #held} is not 0. */
    Consumer holder;

    int held;

    /** How many messages wait for their time after a failed delivery. */
    int retries;

    /** Neighbours among the lanes of which nothing is held and nothing waits. */
    Lane older;

    Lane younger;

    /** Whether it stands among those lanes. */
    boolean loose;

    /** Where its front is listed to be looked at; null for nowhere. */
    Consumer listedAt;

    int frontPriority;
    long frontOffset;

    /** Which front was offered to all consumers last. */
    long offered = -1;

    private OffsetSet[] aside;

    Lane(long key) {
        this.key = key;
    }

    /** Whether a consumer gets the message now if it is given to anyone. */
    boolean isOpenFor(Consumer consumer) {
        return retries == 0 && (held == 0 || holder == consumer);
    }

    /** Whether nothing of the key that comes before a message is put aside. */
    boolean isNext(long offset, int priority) {
        int front = highestAside();
        return front < priority || front == priority && offset <= aside[front].first();
    }

    boolean hasAside() {
        return aside != null;
    }

    /** The highest priority of which something is put aside, or -1. */
    int highestAside() {
        for (int p = aside == null ? -1 : Position.PRIORITIES - 1; p >= 0; p--) {
            if (aside[p] != null) {
                return p;
            }
        }
        return -1;
    }

    /** What is put aside of a priority, or null. */
    OffsetSet aside(int priority) {
        return aside == null ? null : aside[priority];
    }

    boolean isAside(long offset, int priority) {
        OffsetSet set = aside(priority);
        return set != null && set.contains(offset);
    }

    void putAside(long offset, int priority) {
        if (aside == null) {
            aside = new OffsetSet[Position.PRIORITIES];
        }
        if (aside[priority] == null) {
            aside[priority] = new OffsetSet();
        }
        aside[priority].add(offset);
    }

    void removeAside(long offset, int priority) {
        OffsetSet set = aside(priority);
        if (set != null) {
            set.remove(offset);
            if (set.isEmpty()) {
                aside[priority] = null;
                aside = highestAside() < 0 ? null : aside;
            }
        }
    }

    void clearAside() {
        aside = null;
    }
}
