// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEditor;
import org.taffrail.wire.record.RecordView;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves messages of groups to queues that the broker makes for them: a copy that tells where it
 * came from, and why, goes into the same batch as the settlement. A batch has a limit, so one step
 * of the core moves so many bytes, whatever for. A large message is moved piece by piece: its
 * copies are staged, and the batch that settles it commits them.
 */
final class Moves {
    /** How many bytes one step moves, give or take a message. */
    private static final int BYTES_MAX = 1 << 20;

    /** How much longer a copy is than its original, about. */
    private static final int ADDED_BYTES = 512;

    private final Decisions decisions;
    private final RecordView record = new RecordView();
    private final LargeMoves large;
    private int movedBytes;

    /**
     * Why a message leaves its group.
     *
     * @param reason as what it is settled
     * @param queue the queue it goes to
     * @param text the reason for people
     * @param failures how many deliveries of it have failed
     */
    record Cause(Event.Reason reason, String queue, String text, int failures) {}

    Moves(Decisions decisions) {
        this.decisions = decisions;
        large = new LargeMoves(decisions, this);
    }

    /** Begins a step of the core. */
    void step() {
        movedBytes = 0;
    }

    /** Whether this step may move another message. */
    boolean mayMove() {
        return movedBytes < BYTES_MAX;
    }

    /** Whether a sweep may move another message: it leaves room for what holds consumers up. */
    boolean maySweep() {
        return movedBytes < BYTES_MAX / 2;
    }

    /** Notes that bytes are moved. */
    void moved(int bytes) {
        movedBytes += bytes;
    }

    /**
     * Moves a message whose record is in memory, or begins to, if it is large.
     *
     * @param whenDone called when a large message is moved, or can't be any more
     * @return whether it is moved already
     */
    boolean move(Position position, long offset, Cause cause, Runnable whenDone) {
        if (large.isUnderWay(position, offset)) {
            return false;
        }
        long target = target(cause);
        Window.Run run = position.partition.find(offset);
        record.wrap(run.array, run.recordAt(offset));
        ByteSink copy = new ByteSink(record.length() + ADDED_BYTES);
        RecordEditor.copy(copy, target, record, origins(position.group, offset, cause));
        movedBytes += copy.length();
        if (record.partCount() > 0) {
            large.begin(
                    new LargeMoves.Move(position, offset, cause.reason, target, record.partCount()),
                    copy,
                    whenDone);
            return false;
        }
        decisions.settle(position, cause.reason, offset);
        decisions.output().append(copy.array(), 0, copy.length(), false);
        return true;
    }

    /** Whether a large message is on its way. */
    boolean isUnderWay(Position position, long offset) {
        return large.isUnderWay(position, offset);
    }

    /** Goes on with large messages; returns whether the next step is to go on. */
    boolean work() {
        return large.work();
    }

    /** Goes on with the large messages of a partition of which records have been loaded. */
    void loaded(Partition partition, List<byte[]> runs) {
        large.loaded(partition, runs);
    }

    /** Leaves all large messages where they are that have not been moved yet. */
    void abandon() {
        large.abandon();
    }

    private long target(Cause cause) {
        Destination target = decisions.state().find(DestinationKind.QUEUE, cause.queue);
        if (target == null) {
            target = decisions.createDestination(DestinationKind.QUEUE, cause.queue);
        }
        return target.partition.id;
    }

    private Map<String, Object> origins(Group group, long offset, Cause cause) {
        Map<String, Object> added = new LinkedHashMap<>();
        added.put("JMS_TAFFRAIL_ORIGIN", group.destination.name);
        added.put("JMS_TAFFRAIL_ORIGIN_KIND", group.destination.kind.isQueue() ? "queue" : "topic");
        if (group.name != null) {
            added.put("JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION", group.name);
        }
        added.put("JMS_TAFFRAIL_ORIGIN_OFFSET", offset);
        if (record.expirationMs() != 0) {
            added.put("JMS_TAFFRAIL_ORIGIN_EXPIRATION", record.expirationMs());
        }
        added.put("JMS_TAFFRAIL_DEATH_REASON", cause.text);
        added.put("JMS_TAFFRAIL_DEATH_COUNT", cause.failures);
        added.put("JMS_TAFFRAIL_DEATH_TIME", decisions.nowMs());
        return added;
    }
}
