// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

/** A message in a group. */
final class Copy {
    final Group group;
    final Letter letter;
    final long offset;
    final String origin;
    Holder holder;
    boolean seen;
    boolean mayBeSettled;
    int mayBeSettledInLife;

    /** The transaction in which it may be settled. */
    Transaction settledIn;

    /** The transaction that may be prepared, and keep it from all consumers. */
    Transaction keptIn;

    boolean settled;

    /** When its consumer was told that it is settled. */
    int settledAt;

    boolean moved;
    int heardAt;
    boolean heardWhileClosing;

    /** The count of the last delivery. */
    int count;

    /** When a client said that this delivery has failed, 0 where none did. */
    long failedAtMs;

    /** In which start of the broker that was. */
    int failedInLife;

    Copy(Group group, Letter letter, long offset, String origin) {
        this.group = group;
        this.letter = letter;
        this.offset = offset;
        this.origin = origin;
    }

    /** Whether nobody else may have it. */
    boolean isHeld() {
        return holder != null || keptIn != null && keptIn.isUndecided();
    }

    /** Whether it is not known whether a transaction that may be prepared keeps it. */
    boolean mayBeHeld() {
        return holder == null && !settled && keptIn != null && !keptIn.isUndecided();
    }

    @Override
    public String toString() {
        return letter + " in " + group.key + " at " + offset;
    }
}
