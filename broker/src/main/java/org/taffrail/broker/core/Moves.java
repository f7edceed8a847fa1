// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEditor;
import org.taffrail.wire.record.RecordView;

import java.util.List;

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
    private WireException noRoom;

    /**
     * Why a message leaves its group.
     *
     * @param reason as what it is settled
     * @param queue the queue it goes to
     * @param text the reason for people
     * @param failures how many deliveries of it have failed
     */
    record Cause(Event.Reason reason, String queue, String text, int failures) {}

    /** Hears of the end of a large message's move. */
    interface End {
        /**
         * Hears it.
         *
         * @param moved false where the message is not there any more to be moved, or stays
         */
        void ended(boolean moved);
    }

    /**
     * A message to be moved.
     *
     * @param record its record, or a large one's head; refers to memory that may go after the call
     * @param yields whether it stays where it is if a consumer comes to hold it meanwhile
     */
    record Message(Position position, long offset, RecordView record, boolean yields) {}

    /**
     * What becomes of a message that is moved.
     *
     * @param reason as what it is settled
     * @param target where its copy goes
     * @param changes in what the copy differs
     */
    record Transfer(Event.Reason reason, Partition target, RecordEditor.Changes changes) {}

    Moves(Decisions decisions) {
        this.decisions = decisions;
        large = new LargeMoves(decisions, this);
    }

    /** Stops, from now on, what managers have moved; null lets it go on. */
    void stopManagers(WireException why) {
        noRoom = why;
    }

    /**
     * Looks whether managers may have messages moved.
     *
     * @throws WireException as {@link #stopManagers} was told
     */
    void requireRoom() {
        if (noRoom != null) {
            throw new WireException(noRoom.code(), noRoom.getMessage());
        }
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
     * Moves a message that can't be delivered any more, whose record is in memory, or begins to, if
     * it is large.
     *
     * @param end hears of the end of a large message's move
     * @return whether it is moved already
     */
    boolean move(Position position, long offset, Cause cause, End end) {
        if (large.isUnderWay(position, offset)) {
            return false;
        }
        Partition target = target(cause);
        Window.Run run = position.partition.find(offset);
        record.wrap(run.array, run.recordAt(offset));
        RecordEditor.Changes changes =
                RecordEditor.adding(
                        record,
                        Origins.of(position.group, offset, record, cause, decisions.nowMs()));
        Message message = new Message(position, offset, record, false);
        return move(message, new Transfer(cause.reason, target, changes), end);
    }

    /**
     * Moves a message, or begins to, if it is large. It must not be under way already.
     *
     * @param end hears of the end of a large message's move
     * @return whether it is moved already
     */
    boolean move(Message message, Transfer transfer, End end) {
        RecordView original = message.record;
        Partition target = transfer.target;
        ByteSink copy = new ByteSink(original.length() + ADDED_BYTES);
        RecordEditor.copy(copy, target.id, original, transfer.changes);
        movedBytes += copy.length();
        if (original.partCount() > 0) {
            large.begin(message, transfer, copy, end);
            return false;
        }
        decisions.settle(message.position, transfer.reason, message.offset);
        decisions.append(target, copy.array(), 0, copy.length(), false);
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

    private Partition target(Cause cause) {
        Destination target = decisions.state().find(DestinationKind.QUEUE, cause.queue);
        if (target == null) {
            target = decisions.createDestination(DestinationKind.QUEUE, cause.queue);
        }
        return target.partition;
    }
}
