// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

/** Says which promise a history has broken. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** The promises. */
    enum Invariant {
        /** A persistent send that was confirmed is there, once, until it is consumed or expires. */
        NO_ACKNOWLEDGED_SEND_LOST,
        /** What was accepted, and told so, is never delivered to that group again. */
        NO_SETTLED_MESSAGE_RETURNS,
        /** Two consumers of a group never hold a message at the same time. */
        ONE_HOLDER_PER_MESSAGE,
        /** Two consumers of a group never hold messages of one key at the same time. */
        ONE_HOLDER_PER_KEY,
        /**
         * First deliveries follow the order of sends, for each producer, priority, mode and key.
         */
        ORDER_KEPT_PER_PRODUCER_AND_PRIORITY,
        /** A transaction's sends and settlements have all happened, or none of them. */
        TRANSACTION_ALL_OR_NOTHING,
        /** What an application may have seen before is flagged and counted. */
        REDELIVERED_FLAG_SET,
        /** A start on what is stored leads to the state that is in memory. */
        RECOVERED_STATE_EQUALS_LIVE_STATE,
        /** Every request is answered, every drain ends, everything can be consumed. */
        NOTHING_STUCK,
        /** Who comes again in time after the loss of a connection goes on. */
        NOT_FORGOTTEN,
        /** What a manager has purged is all that nobody held, also what waits for its time. */
        PURGED_IS_GONE,
        /** What a manager has deleted never comes back, and nothing else goes with it. */
        DELETED_IS_GONE,
        /** What a manager retries is where it came from then, and nowhere else. */
        RETRIED_GOES_BACK,
        /** What a manager replays to a queue comes to it once. */
        REPLAYED_ONCE,
        /** Who begins in the past gets all that the retention keeps from there on, in order. */
        KEPT_HISTORY_IS_SHOWN,
        /** What nobody needs is not shown any more once it is past the bounds of its retention. */
        HISTORY_HAS_BOUNDS,
        /** Refused sends and rolled back ones have no effect. */
        REFUSED_HAS_NO_EFFECT,
        /** Nothing is delivered before its delivery time, or to who did not select it. */
        DELIVERED_AS_ASKED,
        /** Each client hears what it has asked for, and nothing of what others have. */
        HEARD_BY_WHO_ASKED,
        /** A browser settles nothing, and consumers get what it was shown. */
        BROWSERS_TAKE_NOTHING,
        /** A browser is shown all that is ready, once, in the order of delivery. */
        BROWSERS_SHOW_WHAT_IS_READY,
        /** What a client hears are whole frames. */
        WELL_FORMED,
        /** The broker ends a connection only for a cause that its client has given. */
        ENDED_FOR_A_CAUSE,
        /**
         * An offset stands for one message for ever; a non-persistent one's dies with its start.
         */
        OFFSETS_NEVER_CHANGE,
        /**
         * Non-persistent messages never outlive the start of the broker in which they were sent.
         */
        NON_PERSISTENT_AT_MOST_ONCE,
        /** The store fails, or refuses to start, only where the disk has given it a cause. */
        STORE_FAILS_FOR_A_CAUSE,
        /** Damage of what was durable is never served: it is refused by name, or reported. */
        DAMAGE_IS_NEVER_SERVED
    }

    private final Invariant invariant;

    Violation(Invariant invariant, String detail) {
        super(invariant + ": " + detail, null);
        this.invariant = invariant;
    }

    Invariant invariant() {
        return invariant;
    }

    static void unless(boolean holds, Invariant invariant, String detail) {
        if (!holds) {
            throw new Violation(invariant, detail);
        }
    }
}
