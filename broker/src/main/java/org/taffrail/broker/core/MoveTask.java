// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RecordEditor;
import org.taffrail.wire.record.RecordView;

/** Moves messages to one queue, as they are. */
class MoveTask implements Task {
    private static final long NONE = -1;

    private final Decisions decisions;
    private final Moves moves;
    private final Partition target;
    private final RecordView record = new RecordView();
    private String why;

    /** The large message that was moved last, or {@link #NONE}. */
    private long treated = NONE;

    /** Makes one; the target may be null where {@link #transfer} finds one. */
    MoveTask(Decisions decisions, Partition target) {
        this.decisions = decisions;
        this.target = target;
        moves = decisions.moves();
    }

    @Override
    public boolean needsRecords() {
        return true;
    }

    @Override
    public Step treat(Position position, long offset, Window.Run run) {
        moves.requireRoom();
        if (!moves.maySweep() || moves.isUnderWay(position, offset)) {
            return Step.LATER;
        }
        record.wrap(run.array, run.recordAt(offset));
        Moves.Transfer transfer = transfer(position, record);
        if (transfer == null) {
            return Step.LEFT;
        }
        Moves.Message message = new Moves.Message(position, offset, record, true);
        boolean done =
                moves.move(
                        message,
                        transfer,
                        moved -> {
                            treated = moved ? offset : NONE;
                            decisions.dispatcher().lookAgain(position.group);
                        });
        return done ? Step.DONE : Step.BEGUN;
    }

    /**
     * Decides where a message goes, and how it is changed.
     *
     * @return null where it stays: {@link #leave} was told why
     */
    Moves.Transfer transfer(Position position, RecordView original) {
        long delivery = original.deliveryTimeMs();
        RecordEditor.Changes changes =
                new RecordEditor.Changes(
                        original.properties(),
                        original.expirationMs(),
                        delivery > decisions.nowMs() ? delivery : 0);
        return new Moves.Transfer(Event.Reason.MOVED, target(), changes);
    }

    /** Returns the one target, which must still be there; null where there is none. */
    final Partition target() {
        if (target != null && decisions.state().partition(target.id) != target) {
            throw new WireException(
                    ErrorCode.NO_SUCH_DESTINATION,
                    target.destination.name + " was deleted meanwhile");
        }
        return target;
    }

    /** Notes why a message stays. */
    final void leave(String newWhy) {
        why = why == null ? newWhy : why;
    }

    @Override
    public boolean isTreating(Position position, long offset) {
        return moves.isUnderWay(position, offset);
    }

    @Override
    public boolean hasTreated(long offset) {
        return treated == offset;
    }

    @Override
    public void flush() {
        // each message is decided at once, with its copy
    }

    @Override
    public String why() {
        return why;
    }
}
