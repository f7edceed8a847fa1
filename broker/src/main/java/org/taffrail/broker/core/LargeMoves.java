// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.RecordEditor;
import org.taffrail.wire.record.RunLayout;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Moves large messages to other queues, piece by piece: each copy is staged under an id of the
 * move's own as its original comes by, and the batch that settles the message commits them all. A
 * start in between gives up what is staged and finds the message where it was.
 */
final class LargeMoves {
    private static final int NOT_ASKED = -1;

    private final Decisions decisions;
    private final Moves moves;
    private final Map<Place, UnderWay> underWay = new LinkedHashMap<>();

    /** Whether none begins any more. */
    private boolean abandoned;

    /** Those that this step could not go on with. */
    private final Set<UnderWay> postponed = new LinkedHashSet<>();

    private record Place(Position position, long offset) {}

    /**
     * What is moved where.
     *
     * @param offset the head's
     * @param parts how many parts follow the head
     * @param yields whether it stays where it is if a consumer comes to hold it meanwhile
     * @param reason as what it is settled
     * @param target where it goes
     */
    private record Move(
            Position position,
            long offset,
            int parts,
            boolean yields,
            Event.Reason reason,
            Partition target) {
        static Move of(Moves.Message message, Moves.Transfer transfer) {
            return new Move(
                    message.position(),
                    message.offset(),
                    message.record().partCount(),
                    message.yields(),
                    transfer.reason(),
                    transfer.target());
        }
    }

    /** One that has begun. */
    private static final class UnderWay {
        final Move move;
        final long stagingId;
        final Moves.End end;

        /** How many parts are staged. */
        int next;

        /** Which part was asked for last. */
        int asked = NOT_ASKED;

        UnderWay(Move move, long stagingId, Moves.End end) {
            this.move = move;
            this.stagingId = stagingId;
            this.end = end;
        }

        Place place() {
            return new Place(move.position, move.offset);
        }

        long nextOffset() {
            return move.offset + 1 + next;
        }
    }

    LargeMoves(Decisions decisions, Moves moves) {
        this.decisions = decisions;
        this.moves = moves;
    }

    boolean isUnderWay(Position position, long offset) {
        return !underWay.isEmpty() && underWay.containsKey(new Place(position, offset));
    }

    /**
     * Begins a move, unless all were abandoned.
     *
     * @param head the head's copy as a run
     * @param end hears of the end
     */
    void begin(Moves.Message message, Moves.Transfer transfer, ByteSink head, Moves.End end) {
        if (abandoned) {
            return;
        }
        Move move = Move.of(message, transfer);
        UnderWay begun = new UnderWay(move, decisions.staging().newId(), end);
        underWay.put(begun.place(), begun);
        decisions.output().stage(begun.stagingId, head.array(), 0, head.length());
        goOn(begun);
    }

    /** Whether the message is not there any more to be moved, or has nowhere to go. */
    private boolean isOver(Move move) {
        return move.position.group.gone
                || !move.position.isUnsettled(move.offset)
                || move.yields && move.position.holdOf(move.offset) != null
                || decisions.state().partition(move.target.id) != move.target;
    }

    /** Goes on with those that were too much for a step; returns whether some are left. */
    boolean work() {
        if (underWay.isEmpty()) {
            return false;
        }
        for (UnderWay each : List.copyOf(underWay.values())) {
            if (isOver(each.move)) {
                giveUp(each);
            }
        }
        for (UnderWay each : List.copyOf(postponed)) {
            postponed.remove(each);
            goOn(each);
        }
        return !postponed.isEmpty();
    }

    /** Asks for the next part, unless that is under way or this step has moved enough. */
    private void goOn(UnderWay each) {
        if (!moves.mayMove()) {
            each.asked = NOT_ASKED;
            postponed.add(each);
        } else if (each.asked != each.next) {
            each.asked = each.next;
            decisions.load(each.move.position.partition, each.nextOffset());
        }
    }

    /** Takes records that have been loaded, in the order of their offsets. */
    void loaded(Partition partition, List<byte[]> runs) {
        if (underWay.isEmpty()) {
            return;
        }
        for (UnderWay each : List.copyOf(underWay.values())) {
            if (each.move.position.partition == partition && each.asked == each.next) {
                take(each, runs);
            }
        }
    }

    private void take(UnderWay each, List<byte[]> runs) {
        for (byte[] run : runs) {
            boolean isNext = RunLayout.offset(run, 0) == each.nextOffset();
            if (isNext && each.next < each.move.parts && moves.mayMove()) {
                ByteSink copy = new ByteSink(run.length);
                RecordEditor.copyPart(copy, each.move.target.id, run, RunLayout.HEADER_BYTES);
                decisions.output().stage(each.stagingId, copy.array(), 0, copy.length());
                moves.moved(copy.length());
                each.next++;
            }
        }
        if (isOver(each.move)) {
            giveUp(each);
        } else if (each.next == each.move.parts) {
            underWay.remove(each.place());
            decisions.settle(each.move.position, each.move.reason, each.move.offset);
            decisions.output().commitStaged(each.stagingId);
            each.move.target.decided(each.move.parts + 1);
            each.end.ended(true);
        } else {
            goOn(each);
        }
    }

    private void giveUp(UnderWay each) {
        underWay.remove(each.place());
        postponed.remove(each);
        decisions.output().abortStaged(each.stagingId);
        each.end.ended(false);
    }

    /** Leaves all of them where they are, and begins no other: the next start does. */
    void abandon() {
        abandoned = true;
        underWay.values().forEach(each -> decisions.output().abortStaged(each.stagingId));
        underWay.clear();
        postponed.clear();
    }
}
