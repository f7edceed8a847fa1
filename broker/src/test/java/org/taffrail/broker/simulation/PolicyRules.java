// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.core.policy.DestinationPolicy;
import org.taffrail.broker.core.policy.Policies;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.record.DestinationKind;

/** What policies promise: waits after failures, and what becomes of what has expired. */
final class PolicyRules {
    private static final String DEAD = "q:DLQ.";
    private static final String EXPIRED = "q:EXP.";
    private static final String MOVED = "q:" + Orders.MOVED;
    private static final String REPLAYED = "q:" + Orders.REPLAYED;

    private final Policies policies;

    PolicyRules(Policies policies) {
        this.policies = policies;
    }

    /** Whether a group is a queue to which messages are moved. */
    static boolean isOfMoved(Group group) {
        return group.key.startsWith(DEAD)
                || group.key.startsWith(EXPIRED)
                || isOfManagers(group)
                || isOfReplays(group);
    }

    /** Whether it is one that was given what another destination has, once more. */
    static boolean isOfReplays(Group group) {
        return group.key.startsWith(REPLAYED);
    }

    /** The dead-letter queue of a queue. */
    static String dead(String queue) {
        return DEAD + name(queue);
    }

    /** Whether it is one to which managers move. */
    static boolean isOfManagers(Group group) {
        return group.key.startsWith(MOVED);
    }

    /** The name of a group's destination. */
    static String name(String key) {
        return key.substring(2).split("[/@]", 2)[0];
    }

    private DestinationPolicy of(String key) {
        boolean queue = key.startsWith("q:");
        return policies.of(queue ? DestinationKind.QUEUE : DestinationKind.TOPIC, name(key));
    }

    /** Whether a message is somewhere until it is consumed. */
    boolean lasts(Letter letter) {
        boolean expires = letter.expiresAtMs != 0;
        boolean kept = !expires || of(letter.destination).expiryQueue() != null;
        // it may have expired where a manager has moved it, and no expiry queue is there
        kept &= !expires || !letter.mayBeMoved && !letter.mayBeRetried;
        return letter.persistent && kept;
    }

    /**
     * A consumer hears a message.
     *
     * @param sameLife whether the failure of its last delivery was told to this start of the broker
     */
    void checkDelivery(Copy copy, Delivery delivery, long nowMs, boolean sameLife) {
        Letter letter = copy.letter;
        if (copy.group.key.startsWith(EXPIRED)) {
            Object movedMs = delivery.property("JMS_TAFFRAIL_DEATH_TIME");
            unless(
                    letter.expiresAtMs != 0 && letter.expiresAtMs <= (long) movedMs,
                    Invariant.DELIVERED_AS_ASKED,
                    copy + ", moved at " + movedMs + " before it expired");
        }
        // a count that is larger than before counts this failure; but a second delivery is counted
        // as such as well where a start only knows that there may have been a first
        int before = sameLife ? copy.count : Math.max(copy.count, 2);
        boolean counted = copy.failedAtMs != 0 && delivery.count() > before;
        if (counted) {
            long delayMs = of(copy.group.key).redeliveryDelay().afterMs(delivery.count() - 1);
            unless(
                    nowMs >= copy.failedAtMs + delayMs,
                    Invariant.DELIVERED_AS_ASKED,
                    copy + ", earlier than " + delayMs + " ms after it failed");
        }
    }
}
