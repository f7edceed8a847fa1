// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEditor;
import org.taffrail.wire.record.RecordView;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Moves messages of groups to queues that the broker makes for them: a copy that tells where it
 * came from, and why, goes into the same batch as the settlement. A batch has a limit, so one step
 * of the core moves so many bytes, whatever for.
 */
final class Moves {
    /** How many bytes one step moves, give or take a message. */
    private static final int BYTES_MAX = 1 << 20;

    /** How much longer a copy is than its original, about. */
    private static final int ADDED_BYTES = 512;

    private final Decisions decisions;
    private final RecordView record = new RecordView();
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

    /** Moves a message whose record is in memory. */
    void move(Position position, long offset, Cause cause) {
        Destination target = decisions.state().find(DestinationKind.QUEUE, cause.queue);
        if (target == null) {
            target = decisions.createDestination(DestinationKind.QUEUE, cause.queue);
        }
        Window.Run run = position.partition.find(offset);
        record.wrap(run.array, run.recordAt(offset));
        ByteSink copy = new ByteSink(record.length() + ADDED_BYTES);
        RecordEditor.copy(
                copy, target.partition.id, record, origins(position.group, offset, cause));
        decisions.settle(position, cause.reason, offset);
        decisions.output().append(copy.array(), 0, copy.length(), false);
        movedBytes += copy.length();
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
