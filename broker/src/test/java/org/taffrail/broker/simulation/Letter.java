// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** A message that a client has sent. */
final class Letter {
    final int id;
    final String destination;
    final boolean persistent;
    final int priority;
    final long expiresAtMs;
    final long notBeforeMs;
    final String colour;
    final int fillBytes;
    final String key;

    /** The start of the broker in which it may be there at the latest if it is not persistent. */
    int life;

    final String order;
    final long sequence;
    final Transaction transaction;
    final Set<String> due = new LinkedHashSet<>();

    /** Whether someone has heard it. */
    boolean heard;

    /** The groups in which a manager has wanted it ended. */
    final Set<String> mayBeEnded = new HashSet<>();

    /** The groups in which a manager was told that it is ended. */
    final Set<String> ended = new HashSet<>();

    /** Whether a manager has wanted it moved. */
    boolean mayBeMoved;

    /** Whether a manager has wanted it back where it died: it may stand in the log again. */
    boolean mayBeRetried;

    Outcome outcome = Outcome.UNKNOWN;

    /** Whether its sender could know that its destination was deleted. */
    boolean toDeleted;

    /** Where it stands in the log of its destination, -1 while nobody has heard. */
    long offset = -1;

    /** How many bytes of the log it takes at most. */
    int bytes;

    /** When it was sent, and which event of the history that was. */
    long sentAtMs;

    int sentAt;

    /** When somebody knew that it was in the log, and which event of the history that was. */
    long appendedByMs = Long.MAX_VALUE;

    int appendedBy = Integer.MAX_VALUE;

    Letter(
            int id,
            String destination,
            Traits traits,
            int life,
            long connection,
            long sequence,
            Transaction transaction) {
        this.id = id;
        this.destination = destination;
        this.persistent = traits.persistent();
        this.priority = traits.priority();
        this.expiresAtMs = traits.expiresAtMs();
        this.notBeforeMs = traits.notBeforeMs();
        this.colour = traits.colour();
        this.fillBytes = traits.fillBytes();
        this.key = traits.key();
        this.life = life;
        this.sequence = sequence;
        this.transaction = transaction;
        String scope = transaction == null ? "" : "/" + transaction.number;
        order = connection + scope + traits.order();
    }

    /** Whether it will not be committed, or sent again, later. */
    boolean isDecided() {
        return transaction == null
                ? outcome != Outcome.UNKNOWN
                : transaction.commitAsked && !transaction.prepared
                        || transaction.outcome != Outcome.UNKNOWN;
    }

    /** Whether its sender was told that it is there. */
    boolean isAcknowledged() {
        return (transaction == null ? outcome : transaction.outcome) == Outcome.DONE;
    }

    /** What it says: its number, and something of its own that makes it large. */
    String body() {
        return Deliveries.body(id, fillBytes);
    }

    @Override
    public String toString() {
        return "m" + id + " to " + destination + " (" + order + " #" + sequence + ")";
    }
}
