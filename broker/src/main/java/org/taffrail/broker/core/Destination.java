// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.core.policy.DestinationPolicy;
import org.taffrail.wire.record.DestinationKind;

import java.util.LinkedHashMap;
import java.util.Map;

/** A queue or topic: its partition and its groups. */
final class Destination {
    final long id;
    final DestinationKind kind;
    final String name;
    final Partition partition;
    final Map<Long, Group> groups = new LinkedHashMap<>();

    /** What holds for its name in this start of the broker; set when it becomes known. */
    DestinationPolicy policy;

    /** The connection that a temporary destination belongs to; 0 for others. */
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

    boolean hasConsumers() {
        for (Group group : groups.values()) {
            if (!group.consumers.isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
