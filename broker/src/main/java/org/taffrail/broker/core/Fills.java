// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.SelectorRecord;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells groups that start in the past of what stood in the log before them: a stretch at a time,
 * from memory or as it is loaded, and logged for those that last, so that a start of the broker
 * goes on where the last one was. Records that are loaded for this are not kept in memory.
 *
 * <p>A record that nobody needed when the group was made may be discarded at any moment. So a group
 * that holds records back is told only of those that are kept anyway: by the retention, or because
 * another group needs them. A side group is told of all there are, and passes over what has gone
 * when its turn comes.
 */
final class Fills {
    /** What a step writes down is a part of what a record may have: it has room in any batch. */
    private static final int RECORD_PART = 4;

    private final Decisions decisions;
    private final ArrayDeque<Position> going = new ArrayDeque<>();
    private final RecordView record = new RecordView();
    private final SelectorRecord selectorRecord = new SelectorRecord();

    /** How many entries this step may still write down. */
    private int left;

    Fills(Decisions decisions) {
        this.decisions = decisions;
    }

    /** Takes a position that has a past. */
    void begin(Position position) {
        going.add(position);
    }

    /** Begins a step of the core. */
    void step() {
        int bytes = decisions.limits().recordBytesMax() / RECORD_PART;
        left = Math.max(1, bytes / EventCodec.FOUND_BYTES);
    }

    /** Goes on, a stretch for each; returns whether something can be done at once. */
    boolean work() {
        boolean more = false;
        for (int turns = going.size(); turns > 0; turns--) {
            if (left <= 0) {
                return true;
            }
            Position position = going.poll();
            if (!position.group.gone && !position.past().isDone()) {
                going.add(position);
                more |= goOn(position);
            }
        }
        return more;
    }

    private boolean goOn(Position position) {
        Past past = position.past();
        Partition partition = position.partition;
        if (past.awaits()) {
            return false;
        }
        if (past.cursor() >= past.limit(partition.end())) {
            if (past.end() == Past.UNKNOWN && !hasAllBefore(position)) {
                return false;
            }
            told(position, past.cursor(), List.of());
            return true;
        }
        Window.Run run = partition.find(past.cursor());
        if (run == null) {
            past.ask(partition.end());
            decisions.loadToPass(partition, past.cursor());
            return false;
        }
        tell(position, List.of(run), past.limit(partition.end()));
        return true;
    }

    /** Whether all has arrived that was appended before the group was made. */
    private boolean hasAllBefore(Position position) {
        return decisions.output().durableSequence() >= position.group.bornAfter()
                && !position.partition.isLagging();
    }

    /** Takes records that were loaded. */
    void loaded(Partition partition, long fromOffset, List<byte[]> arrays) {
        for (Position position : List.copyOf(partition.positions)) {
            Past past = position.past();
            if (past != null && past.awaits() && past.cursor() == fromOffset) {
                long complete = past.answered();
                if (left <= 0) {
                    continue;
                }
                List<Window.Run> runs = new ArrayList<>(arrays.size());
                for (byte[] array : arrays) {
                    runs.add(new Window.Run(partition, array, 0));
                }
                tell(position, runs, complete);
            }
        }
    }

    /** Goes on with what is in memory now, though others have asked for it. */
    void inMemory(Partition partition) {
        for (Position position : partition.positions) {
            Past past = position.past();
            if (past != null && past.awaits() && partition.find(past.cursor()) != null) {
                past.answered();
            }
        }
    }

    /**
     * Hears that a record which was asked for is not there any more: side groups pass over it.
     *
     * @param next where the first is that may be
     */
    void gone(Partition partition, long offset, long next) {
        for (Position position : List.copyOf(partition.positions)) {
            if (position.group.isSide()) {
                long head = partition.large().headOf(offset);
                if (head >= 0 && position.isUnsettled(head)) {
                    decisions.settle(position, Event.Reason.OUTLIVED, head);
                }
                passOver(position, offset, next);
            }
        }
    }

    private void passOver(Position position, long from, long before) {
        long offset = position.nextUnsettled(from);
        while (offset >= 0 && offset < before) {
            if (position.holdOf(offset) == null) {
                decisions.settle(position, Event.Reason.OUTLIVED, offset);
            }
            offset = position.nextUnsettled(offset + 1);
        }
    }

    private void tell(Position position, List<Window.Run> runs, long limit) {
        long from = position.past().cursor();
        List<Event.Found> found = new ArrayList<>();
        long upTo = from;
        for (Window.Run run : runs) {
            if (run.firstOffset < limit && found.size() < left) {
                upTo = find(position, run, limit, found);
            }
        }
        left -= Math.max(1, found.size());
        // what is not there any more is passed over
        told(position, upTo > from ? upTo : limit, found);
    }

    private void told(Position position, long upTo, List<Event.Found> found) {
        Past past = position.past();
        boolean all =
                upTo >= past.limit(position.partition.end())
                        && (past.end() != Past.UNKNOWN || hasAllBefore(position));
        decisions.fill(position, new Event.Told(past.cursor(), upTo, all), found);
        if (all) {
            decisions.dispatcher().enqueue(position.group);
        }
    }

    /** Finds what of a run is for a group, as much as may be told; returns up to where. */
    private long find(Position position, Window.Run run, long limit, List<Event.Found> found) {
        Past past = position.past();
        long end = Math.min(limit, run.lastOffset() + 1);
        long offset = Math.max(run.firstOffset, past.cursor());
        if (run.appendTimeMs() < past.notBeforeMs) {
            return end;
        }
        for (; offset < end && found.size() < left; offset++) {
            int at = run.recordAt(offset);
            if (!RecordLayout.isPart(run.array, at) && isThere(position, offset)) {
                record.wrap(run.array, at);
                if (isStillFor(position.group, run)
                        && position.group.selects(run.producer(), record, selectorRecord)) {
                    Event.Found.add(found, offset, record);
                }
            }
        }
        return offset;
    }

    /**
     * Whether the record at hand is still to be delivered to a group: it has not expired, and a
     * group that lasts is told of a non-persistent one in the start in which that was sent only, so
     * that it gets it once at most.
     */
    private boolean isStillFor(Group group, Window.Run run) {
        boolean expired = record.expirationMs() != 0 && record.expirationMs() <= decisions.nowMs();
        boolean lasts =
                record.persistent()
                        || !group.isDurable()
                        || run.incarnation() == decisions.incarnation();
        return lasts && !expired;
    }

    private static boolean isThere(Position position, long offset) {
        return position.group.isSide()
                || offset >= position.past().keptFrom
                || position.partition.isUnsettled(offset);
    }
}
