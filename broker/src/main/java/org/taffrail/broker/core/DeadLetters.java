// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEditor;
import org.taffrail.wire.record.RecordView;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Moves messages that can't be delivered to dead-letter queues: so many bytes in each step of the
 * core, as a batch has a limit, and each partition's in order, which may have to wait for a record.
 */
final class DeadLetters {
    /** How many bytes of dead letters one step writes, give or take a message. */
    private static final int BURIED_BYTES_MAX = 1 << 20;

    private final Decisions decisions;
    private final RecordView record = new RecordView();

    /** Partitions whose dead letters go on with the next step. */
    private final Set<Partition> graves = new LinkedHashSet<>();

    private int buriedBytes;

    DeadLetters(Decisions decisions) {
        this.decisions = decisions;
    }

    /** A dead-letter queue and a temporary destination have none: their messages come again. */
    boolean existFor(Destination destination) {
        return !destination.kind.isTemporary()
                && !destination.name.startsWith(decisions.limits().deadLetterPrefix());
    }

    /**
     * Moves a held message to its dead-letter queue, which must exist: at once, or when its record
     * is loaded and those before it have been moved.
     */
    void add(Hold hold, int count, String reason) {
        Partition partition = hold.position().partition;
        Partition.Death death = new Partition.Death(hold, count, reason);
        if (partition.dying().isEmpty() && mayBury() && partition.find(hold.offset) != null) {
            bury(death);
            return;
        }
        partition.dying().add(death);
        if (partition.find(hold.offset) == null) {
            decisions.load(partition, hold.offset);
        } else {
            graves.add(partition);
        }
    }

    /** Begins a step of the core. */
    void step() {
        buriedBytes = 0;
    }

    private boolean mayBury() {
        return buriedBytes < BURIED_BYTES_MAX;
    }

    /** Goes on with dead letters that were too many for one step; returns whether some are left. */
    boolean work() {
        for (Partition partition : List.copyOf(graves)) {
            graves.remove(partition);
            loaded(partition);
        }
        return !graves.isEmpty();
    }

    /**
     * Goes on with messages that waited for their records on their way to the dead-letter queue.
     */
    void loaded(Partition partition) {
        while (!partition.dying().isEmpty()) {
            Partition.Death death = partition.dying().peek();
            Hold hold = death.hold();
            if (hold.consumer.group.gone) {
                partition.dying().poll();
                hold.position().settle(hold.offset);
            } else if (!mayBury()) {
                graves.add(partition);
                return;
            } else if (partition.find(hold.offset) != null) {
                partition.dying().poll();
                bury(death);
            } else {
                decisions.load(partition, hold.offset);
                return;
            }
        }
    }

    /** Moves a message whose record is in memory. */
    private void bury(Partition.Death death) {
        Hold hold = death.hold();
        Position position = hold.position();
        Destination origin = position.group.destination;
        String name = decisions.limits().deadLetterPrefix() + origin.name;
        Destination target = decisions.state().find(DestinationKind.QUEUE, name);
        if (target == null) {
            target = decisions.createDestination(DestinationKind.QUEUE, name);
        }
        Window.Run run = position.partition.find(hold.offset);
        record.wrap(run.array, run.recordAt(hold.offset));
        ByteSink copy = new ByteSink(record.length() + 512);
        RecordEditor.copy(copy, target.partition.id, record, origins(death));
        decisions.settle(position, Event.Reason.DEAD_LETTERED, hold.offset);
        decisions.output().append(copy.array(), 0, copy.length(), false);
        buriedBytes += copy.length();
    }

    private Map<String, Object> origins(Partition.Death death) {
        Map<String, Object> added = new LinkedHashMap<>();
        Group group = death.hold().consumer.group;
        added.put("JMS_TAFFRAIL_ORIGIN", group.destination.name);
        added.put("JMS_TAFFRAIL_ORIGIN_KIND", group.destination.kind.isQueue() ? "queue" : "topic");
        if (group.name != null) {
            added.put("JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION", group.name);
        }
        added.put("JMS_TAFFRAIL_ORIGIN_OFFSET", death.hold().offset);
        added.put("JMS_TAFFRAIL_DEATH_REASON", death.reason());
        added.put("JMS_TAFFRAIL_DEATH_COUNT", death.count());
        added.put("JMS_TAFFRAIL_DEATH_TIME", decisions.nowMs());
        return added;
    }
}
