// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.List;

/** Where records go that were asked for: to all who may have waited for them. */
final class Loads {
    private final Decisions decisions;
    private final DeadLetters deadLetters;
    private final Passes passes;

    Loads(Decisions decisions, DeadLetters deadLetters, Passes passes) {
        this.decisions = decisions;
        this.deadLetters = deadLetters;
        this.passes = passes;
    }

    /**
     * Takes records.
     *
     * @throws IllegalStateException if one that is not settled is not among them: the log has lost
     *     it
     */
    void loaded(long partitionId, long fromOffset, List<byte[]> runs) {
        Partition partition = decisions.state().partition(partitionId);
        if (partition == null) {
            return;
        }
        PassingRuns passing = PassingRuns.NONE;
        if (partition.loaded()) {
            decisions.window().addLoaded(partition, runs);
        } else {
            passing = PassingRuns.of(partition, runs);
        }
        boolean isThere =
                partition.find(fromOffset) != null || PassingRuns.isAmong(runs, fromOffset);
        if (!isThere && partition.isNeeded(fromOffset, fromOffset)) {
            throw new IllegalStateException(
                    "partition " + partitionId + " has lost the record at offset " + fromOffset);
        }
        if (partition.loadedPriority() == Partition.ANY) {
            decisions.fills().loaded(partition, fromOffset, runs);
            if (!isThere) {
                gone(partition, fromOffset, runs);
            }
        } else if (!isThere) {
            // how much of what follows has gone as well, some of the records can't tell
            partition.want(fromOffset);
        }
        noteForReadAhead(partition, runs);
        decisions.fills().inMemory(partition);
        decisions.streams().loaded(partition, fromOffset, runs);
        decisions.moves().loaded(partition, runs);
        deadLetters.loaded(partition);
        decisions.expired().loaded(partition);
        for (Position position : new ArrayList<>(partition.positions)) {
            position.oldest().loaded(position, runs);
            decisions.dispatcher().loaded(position.group, passing);
        }
        Group onlookers = partition.destination.onlookers();
        if (onlookers != null) {
            decisions.dispatcher().loaded(onlookers, passing);
        }
        passes.loaded(partition, passing);
        decisions.loadNext(partition);
    }

    private void noteForReadAhead(Partition partition, List<byte[]> runs) {
        int priority = partition.loadedPriority();
        if (priority == Partition.ANY || runs.isEmpty()) {
            return;
        }
        long first = RunLayout.offset(runs.get(0), 0);
        byte[] lastRun = runs.get(runs.size() - 1);
        long last = RunLayout.offset(lastRun, 0) + RunLayout.count(lastRun, 0) - 1;
        for (Position position : partition.positions) {
            position.loaded(priority, first, last, decisions.window());
        }
    }

    /** Tells those who keep nothing back that a record is not there any more. */
    private void gone(Partition partition, long offset, List<byte[]> runs) {
        long next = runs.isEmpty() ? partition.end() : RunLayout.offset(runs.get(0), 0);
        decisions.fills().gone(partition, offset, next);
        if (partition.destination.onlookers() != null) {
            partition.destination.onlookers().browsers.missed(offset, next);
        }
    }
}
