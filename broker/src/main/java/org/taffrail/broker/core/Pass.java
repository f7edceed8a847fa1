// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.SelectorRecord;
import org.taffrail.wire.selector.Selector;

import java.util.ArrayDeque;
import java.util.List;

/**
 * One walk through groups' messages that nobody holds, in the order of their offsets, up to where
 * the log ended when the walk came to the group. What it costs memory is its place. A message that
 * consumers take before its turn comes is theirs.
 */
final class Pass {
    private static final long NONE = -1;

    final Client client;

    private final Decisions decisions;
    private final ArrayDeque<Position> positions;
    private final Selection.Filter filter;
    private final Task task;
    private final RecordView record = new RecordView();
    private final SelectorRecord selectorRecord = new SelectorRecord();

    private Position position;
    private long next;
    private long end;

    /** A message whose treatment has begun, or {@link #NONE}. */
    private long begun = NONE;

    private long done;
    private long held;
    private long left;

    /** Why it has stopped. */
    enum Stop {
        /** It is at its end. */
        OVER,
        /** It goes on with the next step. */
        BUDGET,
        /** It goes on when a record is loaded, or a message's treatment ends. */
        WAITS
    }

    Pass(
            Client client,
            Decisions decisions,
            List<Group> groups,
            Selection.Filter filter,
            Task task) {
        this.client = client;
        this.decisions = decisions;
        this.filter = filter;
        this.task = task;
        positions = new ArrayDeque<>();
        groups.forEach(group -> positions.add(group.position));
    }

    void close() {
        task.close();
    }

    boolean isIn(Partition partition) {
        return position != null && position.partition == partition;
    }

    Outcome outcome() {
        return new Outcome(done, held, left, task.why());
    }

    /**
     * Goes on.
     *
     * @param looks how many messages this step may look at; what is left of it is put back
     * @param passing records that were loaded to be looked at
     * @throws WireException if it can't go on, ever
     */
    Stop advance(Passes.Looks looks, PassingRuns passing) {
        Stop stop = walk(looks, passing);
        task.flush();
        return stop;
    }

    private Stop walk(Passes.Looks looks, PassingRuns passing) {
        while (done < filter.messagesMax() && (position != null || !positions.isEmpty())) {
            if (position == null) {
                if (!looks.take()) {
                    return Stop.BUDGET;
                }
                begin(positions.poll());
            }
            if (position.group.gone) {
                throw new WireException(
                        ErrorCode.NO_SUCH_DESTINATION,
                        "what it was in was deleted after " + done + " messages");
            }
            if (begun != NONE) {
                if (!end(begun)) {
                    return Stop.WAITS;
                }
                // it may have been the last of those that are meant
                continue;
            }
            long offset = position.nextUnsettled(next);
            long known = position.deliverableBefore();
            if (known < end && (offset < 0 || offset >= known)) {
                return Stop.WAITS;
            }
            if (offset < 0 || offset >= end) {
                position = null;
            } else if (!looks.take()) {
                return Stop.BUDGET;
            } else if (position.holdOf(offset) != null) {
                held++;
                next = offset + 1;
            } else {
                Stop stop = look(offset, passing);
                if (stop != null) {
                    return stop;
                }
            }
        }
        return Stop.OVER;
    }

    private void begin(Position first) {
        position = first;
        boolean one = filter.offset() != Selection.Filter.ANY;
        next = one ? filter.offset() : 0;
        end = position.partition.end();
        if (one) {
            end = Math.min(end, filter.offset() + 1);
        }
    }

    /** Notes what came of a message whose treatment has begun; false where that is not over. */
    private boolean end(long offset) {
        if (task.isTreating(position, offset)) {
            return false;
        }
        begun = NONE;
        // one that is gone is passed over; one that stays is looked at again
        if (task.hasTreated(offset)) {
            done++;
            next = offset + 1;
        }
        return true;
    }

    /** Looks at a message; returns why to stop, or null. */
    private Stop look(long offset, PassingRuns passing) {
        Window.Run run = null;
        if (task.needsRecords() || filter.selector() != Selector.ALL) {
            run = position.partition.find(offset);
            run = run == null ? passing.find(offset) : run;
            if (run == null) {
                decisions.loadToPass(position.partition, offset);
                return Stop.WAITS;
            }
            record.wrap(run.array, run.recordAt(offset));
            if (!isSelected()) {
                next = offset + 1;
                return null;
            }
        }
        switch (task.treat(position, offset, run)) {
            case DONE:
                done++;
                break;
            case LEFT:
                left++;
                break;
            case BEGUN:
                begun = offset;
                return null;
            default:
                return task.isTreating(position, offset) ? Stop.WAITS : Stop.BUDGET;
        }
        next = offset + 1;
        return null;
    }

    private boolean isSelected() {
        return filter.selector() == Selector.ALL
                || selectorRecord.matches(filter.selector(), record);
    }
}
