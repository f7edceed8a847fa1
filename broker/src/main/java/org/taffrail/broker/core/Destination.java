// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import com.carrotsearch.hppc.LongHashSet;

import org.taffrail.broker.core.policy.DestinationPolicy;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.selector.Selector;

import java.util.LinkedHashMap;
import java.util.Map;

/** A queue or topic: its partition and its groups. */
final class Destination {
    final long id;
    final DestinationKind kind;
    final String name;
    final Partition partition;
    final Map<Long, Group> groups = new LinkedHashMap<>();
    final Tally tally = new Tally();

    private Group onlookers;

    /** The producers that have named a temporary destination; null while none has. */
    private LongHashSet reachedBy;

    /** What holds for its name in this start of the broker; set when it becomes known. */
    DestinationPolicy policy;

    /** The producer that a temporary destination belongs to; 0 for others. */
    final long owner;

    Destination(long id, long partition, DestinationKind kind, String name, long owner) {
        this.id = id;
        this.kind = kind;
        this.name = name;
        this.owner = owner;
        this.partition = new Partition(partition, this);
    }

    /** The one group of a queue. */
    Group queueGroup() {
        return groups.values().iterator().next();
    }

    /** Who browses a topic, together; null where nobody has. No message is for them. */
    Group onlookers() {
        return onlookers;
    }

    /** Makes those who browse a topic, if there are none. */
    Group onlookers(Dispatcher dispatcher) {
        if (onlookers == null) {
            Event.GroupCreated made =
                    new Event.GroupCreated(
                            id, 0, ClientFrame.Source.BROWSER, null, null, null, false, 0);
            onlookers = new Group(this, made, 0, Selector.ALL, dispatcher);
        }
        return onlookers;
    }

    /** Notes that a client was told where the messages of this temporary destination go. */
    void reach(long producer) {
        if (reachedBy == null) {
            reachedBy = new LongHashSet();
        }
        reachedBy.add(producer);
    }

    /** Whether a client may send here: to a temporary destination if it knows its name. */
    boolean isReached(long producer) {
        return !kind.isTemporary()
                || owner == producer
                || reachedBy != null && reachedBy.contains(producer);
    }

    /** Counts from now on. */
    void countAnew() {
        tally.clear();
        groups.values().forEach(group -> group.tally.clear());
    }

    boolean hasConsumers() {
        for (Group group : groups.values()) {
            if (!group.consumers.isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
