// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.DestinationKind;

import java.util.Set;
import java.util.TreeSet;

/**
 * Which destinations managers have closed to senders: what is sent to them waits until they are
 * opened. What the broker itself moves to them, and what managers move, is no send. Temporary
 * destinations are never closed: replies go on. Nothing of it is stored; it outlives a loop, and
 * ends with the broker. Owned by the loop's owner.
 */
public final class Closures {
    /** How many patterns may be closed at a time. */
    public static final int MAX = 1000;

    private final Set<DestinationPattern> closed = new TreeSet<>();
    private long changes;

    /**
     * Closes what a pattern matches, now and later.
     *
     * @param pattern a name or a pattern
     * @return false if it was closed already
     * @throws WireException {@link ErrorCode#LIMIT_REACHED} if it would be more than {@link #MAX}
     */
    public boolean close(DestinationPattern pattern) {
        if (closed.size() >= MAX && !closed.contains(pattern)) {
            throw new WireException(
                    ErrorCode.LIMIT_REACHED,
                    MAX
                            + " names and patterns are closed to senders, the most; close a pattern"
                            + " that covers several");
        }
        boolean added = closed.add(pattern);
        changes += added ? 1 : 0;
        return added;
    }

    /**
     * Opens what was closed with the same pattern; what another one matches stays closed.
     *
     * @param pattern the pattern
     * @return false if it was not closed
     */
    public boolean open(DestinationPattern pattern) {
        boolean removed = closed.remove(pattern);
        changes += removed ? 1 : 0;
        return removed;
    }

    /**
     * Opens all destinations of a kind.
     *
     * @param kind queues or topics
     * @return how many patterns were closed
     */
    public int openAll(DestinationKind kind) {
        int before = closed.size();
        closed.removeIf(pattern -> pattern.scope().includes(kind));
        int opened = before - closed.size();
        changes += opened;
        return opened;
    }

    /**
     * Tells whether a destination is closed to senders.
     *
     * @param kind its kind
     * @param name its name
     * @return never true for a temporary one
     */
    public boolean closes(DestinationKind kind, String name) {
        if (kind.isTemporary()) {
            return false;
        }
        for (DestinationPattern pattern : closed) {
            if (pattern.matches(kind, name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether all are open.
     *
     * @return true if nothing is closed
     */
    public boolean isEmpty() {
        return closed.isEmpty();
    }

    /** How often something was closed or opened. */
    long changes() {
        return changes;
    }
}
