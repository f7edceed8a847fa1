// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.simulation.Violation.Invariant;

/** What clients are promised of messages that have a key. */
final class KeyRules {
    private KeyRules() {}

    /** Checks that no other consumer of the group holds a message of the same key. */
    static void checkDelivery(Copy copy, Holder holder) {
        if (copy.letter.key == null) {
            return;
        }
        for (Copy other : holder.group.copies.values()) {
            boolean elsewhere = other.holder != null && other.holder != holder;
            unless(
                    !elsewhere || !copy.letter.key.equals(other.letter.key),
                    Invariant.ONE_HOLDER_PER_KEY,
                    copy + " to " + holder + ", but " + other.holder + " holds " + other);
        }
    }
}
