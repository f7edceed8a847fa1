// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.WireException;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;

/**
 * What one command gives back: held messages, and what is done when the last of them is back. Until
 * its turn comes, each is held: nobody gets it, and its group delivers nothing (see {@link
 * Group#releasing}).
 */
final class Release {
    /** What becomes of a message that is given back. */
    enum Fate {
        /** It is as if it had never been delivered. */
        UNSEEN,

        /** It may have been seen, but delivering it has not failed. */
        SEEN,

        /** Delivering it has failed: it comes again, or dies where that was once too often. */
        FAILED,

        /** It dies, because its consumer will not have it. */
        REFUSED
    }

    private final ArrayDeque<Part> parts = new ArrayDeque<>(2);
    private final WireException refusal;
    private Runnable whenDone;

    /** Messages of one group. */
    private record Part(Iterator<Hold> holds, Fate fate) {}

    /**
     * Makes one of no message yet.
     *
     * @param refusal why the command that gives back was refused, or null
     */
    Release(WireException refusal) {
        this.refusal = refusal;
    }

    /** Adds messages of one group, which are bound. */
    Release add(List<Hold> holds, Fate fate) {
        if (!holds.isEmpty()) {
            holds.get(0).consumer.group.releasing += holds.size();
            parts.add(new Part(holds.iterator(), fate));
        }
        return this;
    }

    /** Adds all that a consumer holds and is free, and can't be settled otherwise any more. */
    void addFree(Consumer consumer, Fate fate) {
        if (consumer.freeCount() > 0) {
            consumer.group.releasing += consumer.freeCount();
            parts.add(new Part(consumer.bindFree(), fate));
        }
    }

    /** Why the command was refused, or null. */
    WireException refusal() {
        return refusal;
    }

    void whenDone(Runnable newWhenDone) {
        whenDone = newWhenDone;
    }

    boolean isDone() {
        while (!parts.isEmpty() && !parts.peek().holds.hasNext()) {
            parts.poll();
        }
        return parts.isEmpty();
    }

    /** What becomes of the next message; only where it is not done. */
    Fate fate() {
        return parts.peek().fate;
    }

    /** Takes the next message; only where it is not done. */
    Hold next() {
        return parts.peek().holds.next();
    }

    void done() {
        whenDone.run();
    }
}
