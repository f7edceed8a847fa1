// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Moves messages that can't be delivered to dead-letter queues, each partition's in order, which
 * may have to wait for a record or for the next step.
 */
final class DeadLetters {
    private final Decisions decisions;
    private final Moves moves;

    /** Partitions whose dead letters go on with the next step. */
    private final Set<Partition> graves = new LinkedHashSet<>();

    DeadLetters(Decisions decisions) {
        this.decisions = decisions;
        moves = decisions.moves();
    }

    /**
     * Moves a held message to its dead-letter queue, which must exist: at once, or when its record
     * is loaded and those before it have been moved.
     */
    void add(Hold hold, int count, String reason) {
        Partition partition = hold.position().partition;
        Partition.Death death = new Partition.Death(hold, count, reason);
        boolean first = partition.dying().isEmpty();
        boolean found = partition.find(hold.offset) != null;
        partition.dying().add(death);
        if (first && found && moves.mayMove()) {
            loaded(partition);
        } else if (!found) {
            decisions.load(partition, hold.offset);
        } else {
            graves.add(partition);
        }
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
            if (hold.consumer.group.gone || !hold.position().isUnsettled(hold.offset)) {
                partition.dying().poll();
                hold.position().settle(hold.offset);
            } else if (moves.isUnderWay(hold.position(), hold.offset)) {
                return;
            } else if (!moves.mayMove()) {
                graves.add(partition);
                return;
            } else if (partition.find(hold.offset) != null) {
                bury(partition, death);
            } else {
                decisions.load(partition, hold.offset);
                return;
            }
        }
    }

    /** Moves a message whose record is in memory, or begins to. */
    private void bury(Partition partition, Partition.Death death) {
        Position position = death.hold().position();
        moves.move(
                position,
                death.hold().offset,
                new Moves.Cause(
                        Event.Reason.DEAD_LETTERED,
                        position.group.policy().deadLetterQueue(),
                        death.reason(),
                        death.count()),
                moved -> graves.add(partition));
    }
}
