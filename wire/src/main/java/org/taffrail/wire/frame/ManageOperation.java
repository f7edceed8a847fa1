// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

/**
 * What {@link ClientFrame.Manage} may ask for. A number never changes and is never reused. The
 * fields of each request and answer are listed in {@code docs/formats.md}.
 */
public enum ManageOperation {
    /** Which destinations there are, a page at a time. */
    DESTINATIONS(1, false),
    /** Which groups there are: queues' and subscriptions, a page at a time. */
    GROUPS(2, false),
    /** Which consumers a destination has, a page at a time. */
    CONSUMERS(3, false),
    /** Makes a destination. */
    CREATE(4, true),
    /** Deletes a destination. */
    DELETE(5, true),
    /** Settles messages that nobody holds. */
    PURGE(6, true),
    /** Moves messages that nobody holds to a queue. */
    MOVE(7, true),
    /** Moves dead letters back to where they came from. */
    RETRY(8, true),
    /** Lets a subscription begin anew. */
    RESET(9, true),
    /** Appends what a log has to a queue once more. */
    REPLAY(10, true),
    /** Which branches of global transactions are prepared, or were ended by an operator. */
    BRANCHES(11, false),
    /** Ends a branch that is prepared, as an operator decides. */
    END_BRANCH(12, true),
    /** Forgets how an operator has ended a branch. */
    FORGET_BRANCH(13, true),
    /** Closes destinations to senders: what is sent waits. */
    CLOSE(14, true),
    /** Opens destinations to senders again. */
    OPEN(15, true),
    /** Which messages a consumer holds, a page at a time. */
    HELD(16, false),
    /** How the broker as a whole is: its JVM, its disk, its forces. */
    BROKER(17, false),
    /** Who is connected, a page at a time. */
    CONNECTIONS(18, false),
    /** Ends somebody's connection. */
    END_CONNECTION(19, true);

    private final int number;
    private final boolean changes;

    ManageOperation(int number, boolean changes) {
        this.number = number;
        this.changes = changes;
    }

    /**
     * Returns the number that stands for it on the wire.
     *
     * @return 1 or more
     */
    public int number() {
        return number;
    }

    /**
     * Tells whether it changes anything.
     *
     * @return false for one that only looks
     */
    public boolean changes() {
        return changes;
    }

    /**
     * Returns the operation with a number.
     *
     * @param number any number
     * @return null where this version knows none
     */
    public static ManageOperation of(int number) {
        for (ManageOperation each : values()) {
            if (each.number == number) {
                return each;
            }
        }
        return null;
    }
}
