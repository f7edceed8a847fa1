// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.Core;
import org.taffrail.broker.core.Overview;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.HashMap;
import java.util.Map;

/** What sends wait for: room in the store, and managers who have closed their destination. */
final class Barrier {
    /** Of so many partitions it is remembered whether they are closed; with more, found anew. */
    private static final int KNOWN_MAX = 4096;

    private final Shortage shortage;
    private final Core core;
    private final Map<Long, Boolean> known = new HashMap<>();
    private Closures closures = new Closures();
    private long knownChanges;

    Barrier(Shortage shortage, Core core) {
        this.shortage = shortage;
        this.core = core;
    }

    void closures(Closures newClosures) {
        closures = newClosures;
        known.clear();
        knownChanges = closures.changes();
    }

    Closures closures() {
        return closures;
    }

    /** Whether there are sends that have to wait. */
    boolean isUp() {
        return shortage.holdsBack() || !closures.isEmpty();
    }

    /** A number that has changed whenever another answer of {@link #blocks} may have. */
    long changes() {
        return shortage.changes() + closures.changes();
    }

    /** Whether a send to a partition has to wait. */
    boolean blocks(long partition) {
        if (shortage.holdsBack() && core.sendGate().takesRoom(partition)) {
            return true;
        }
        return !closures.isEmpty() && isClosed(partition);
    }

    private boolean isClosed(long partition) {
        if (knownChanges != closures.changes() || known.size() >= KNOWN_MAX) {
            known.clear();
            knownChanges = closures.changes();
        }
        Overview.Named named = core.overview().named(partition);
        if (named == null) {
            return false; // there is none, or no more, and the core says so
        }
        return known.computeIfAbsent(
                partition, each -> closures.closes(named.kind(), named.name()));
    }

    /**
     * Says why a send does not wait any longer.
     *
     * @param what what is the matter with it
     */
    WireException refusal(String what) {
        return shortage.isShort()
                ? shortage.refusal(what)
                : new WireException(
                        ErrorCode.DESTINATION_CLOSED,
                        what + ": a manager has closed the destination to senders; send it again");
    }
}
