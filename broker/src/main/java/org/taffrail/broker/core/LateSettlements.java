// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was needed when the store began to give up what nothing needs, and is not any more: it was
 * settled, or its group or destination went, by an event that may not be durable yet. A start that
 * does not find the event asks for the record, so it is kept until the store has decided what goes.
 *
 * <p>From {@link #begin} on, each partition notes what its groups settle. What was settled before
 * must be durable by the time that the store decides: a snapshot counts only when all is that was
 * decided before it was written, and without a new snapshot nothing may be under way when this
 * begins.
 */
final class LateSettlements {
    private final Set<Partition> noted = new HashSet<>();
    private final Map<Long, Partition> deleted = new HashMap<>();
    private boolean noting;

    /** Notes what is settled from now on; what was noted before is kept as well. */
    void begin() {
        noting = true;
    }

    /** The store has decided what goes. */
    void end() {
        noting = false;
        noted.forEach(Partition::forgetLateSettled);
        noted.clear();
        deleted.clear();
    }

    /** Hears what a group is about to settle. */
    void settles(Group group, long first, long last) {
        if (noting && group.isDurable()) {
            group.position.partition.settlesLate(group.position, first, last);
            noted.add(group.position.partition);
        }
    }

    /** Hears that a group is about to be deleted, or to begin anew. */
    void ends(Group group) {
        if (noting && group.isDurable()) {
            group.position.partition.endsLate(group.position);
            noted.add(group.position.partition);
        }
    }

    /** Hears that a destination is about to be deleted. */
    void deletes(Destination destination) {
        if (noting && !destination.kind.isTemporary()) {
            deleted.put(destination.partition.id, destination.partition);
        }
    }

    /** Returns the partition of a destination that was deleted meanwhile, or null. */
    Partition deleted(long partition) {
        return deleted.get(partition);
    }
}
