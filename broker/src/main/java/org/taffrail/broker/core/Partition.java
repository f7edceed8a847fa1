// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One log: its end, the groups that read it, which of its runs are in memory, and which are being
 * loaded: one after the other, in the order in which they were wanted, so that no reader starves.
 */
final class Partition {
    final long id;
    final Destination destination;
    final List<Position> positions = new ArrayList<>();

    /** How far ahead it is told what is ready. */
    private static final int AHEAD_OFFSETS = 1 << 17;

    /** Stands for all priorities. */
    static final int ANY = -1;

    private static final Want ALL_TO_KEEP = new Want(true, ANY);
    private static final Want ALL_TO_PASS = new Want(false, ANY);

    private final RecentRuns runs = new RecentRuns();
    private long end;
    private long volatileBytes;
    private long boundEnd;

    /** The offsets of what is wanted in memory. */
    private final Map<Long, Want> wanted = new LinkedHashMap<>();

    private final OffsetSet settledLate = new OffsetSet();
    private boolean loading;
    private Want loadingFor;
    private long loadingOffset = -1;
    private boolean loadsOn;
    private boolean lagging;
    private long underWay;
    private final ArrayDeque<Death> dying = new ArrayDeque<>();

    /** The group that was found to need an early record last; null if none was. */
    private Position laggard;

    private final LargeMessages large = new LargeMessages();
    private Timeline timeline;

    /**
     * What a record is wanted for.
     *
     * @param keep whether what is loaded is to be kept in the window
     * @param priority the one of which what is ready is wanted, {@link #ANY} for all there is
     */
    private record Want(boolean keep, int priority) {}

    /** A held message on its way to the dead-letter queue whose record is being loaded. */
    record Death(Hold hold, int count, String reason) {}

    Partition(long id, Destination destination) {
        this.id = id;
        this.destination = destination;
    }

    /** The offset that the next record gets, as far as records have arrived. */
    long end() {
        return end;
    }

    void endAtLeast(long offset) {
        end = Math.max(end, offset);
    }

    /** Whether the records are in memory only and die with the destination. */
    boolean isVolatile() {
        return destination.kind.isTemporary();
    }

    long volatileBytes() {
        return volatileBytes;
    }

    /** Notes that the last records, and those before, came with something that is logged. */
    void bind() {
        boundEnd = end;
    }

    /** Whether a record in memory, or one behind it, came with something that is logged. */
    boolean isBound(long offset) {
        return offset < boundEnd;
    }

    void remember(Window.Run run) {
        runs.add(run);
        if (isVolatile()) {
            volatileBytes += run.bytes;
        }
    }

    void forget(Window.Run run) {
        if (runs.remove(run)) {
            forgot(run);
        }
    }

    private void forgot(Window.Run run) {
        if (isVolatile()) {
            volatileBytes -= run.bytes;
        }
    }

    /** Returns the run in memory that holds a record, or null. */
    Window.Run find(long offset) {
        return runs.find(offset);
    }

    /** When its records were appended; null where none is kept beyond need. */
    Timeline timeline() {
        return timeline;
    }

    void timeline(Timeline restored) {
        timeline = restored;
    }

    /** Notes that a run was appended; its parts of large messages are no messages. */
    void appended(byte[] array, int at) {
        int count = RunLayout.count(array, at);
        int bytes = RunLayout.length(array, at);
        boolean parts = RecordLayout.isPart(array, at + RunLayout.HEADER_BYTES);
        destination.tally.arrived(parts ? 0 : count, bytes);
        underWay = Math.max(0, underWay - count);
        appended(RunLayout.offset(array, at), RunLayout.appendTimeMs(array, at), bytes);
    }

    /** Notes when a run was appended, where records are kept beyond need. */
    private void appended(long firstOffset, long appendTimeMs, int bytes) {
        if (timeline == null && destination.policy.retention().keeps()) {
            timeline = new Timeline();
        }
        if (timeline != null) {
            timeline.arrived(firstOffset, appendTimeMs, bytes);
        }
    }

    /** Gives up what is past the bounds of its retention; returns the first offset it keeps. */
    long keptFrom(long nowMs) {
        return timeline == null
                ? end
                : timeline.keptFrom(destination.policy.retention(), nowMs, end);
    }

    /** Gives up a part of what is kept beyond need; returns whether there was any. */
    boolean giveUpOldest() {
        return timeline != null && timeline.giveUpOldest();
    }

    /** When some of what is kept beyond need ends by its age, if nothing more is appended. */
    long nextEndMs() {
        return timeline == null
                ? Long.MAX_VALUE
                : timeline.nextEndMs(destination.policy.retention());
    }

    /** An offset before which nothing was appended at a time or later; -1 if none is known. */
    long lastBefore(long timeMs) {
        return timeline == null ? -1 : timeline.lastBefore(timeMs);
    }

    /** The first offset that is kept for some reason, or the end. */
    long first(long nowMs) {
        return Math.min(keptFrom(nowMs), firstNeeded());
    }

    /** The first offset that a group still needs, or the end; side groups may read it again. */
    long firstNeeded() {
        long first = end;
        for (Position position : positions) {
            long unsettled = position.firstUnsettled();
            if (unsettled >= 0 && !position.group.isSide()) {
                first = Math.min(first, unsettled);
            }
        }
        return first;
    }

    /**
     * The first offset from one on that is kept for some reason, or the end. It may be gone
     * nevertheless, or be a part of a message.
     */
    long nextKept(long from, long nowMs) {
        long next = Math.max(from, keptFrom(nowMs));
        for (int i = 0; i < positions.size() && next > from; i++) {
            Position position = positions.get(i);
            long unsettled = position.nextUnsettled(from);
            if (unsettled >= 0 && !position.group.isSide()) {
                next = Math.min(next, unsettled);
            }
        }
        return next;
    }

    /** Returns the run in memory that came back from the log and holds a record; or null. */
    Window.Run findLoaded(long offset) {
        return runs.findLoaded(offset);
    }

    /** Whether any group has not settled all records of a run. */
    boolean isUnsettled(Window.Run run) {
        return anyUnsettled(run.firstOffset, run.lastOffset(), true);
    }

    /** Whether a group needs a record up to an offset; side groups may read it again. */
    boolean isNeededUpTo(long last) {
        // asked at each settlement; as a rule it is the same group that lags behind
        if (laggard != null && needsUpTo(laggard, last)) {
            return true;
        }
        laggard = null;
        for (int i = 0; i < positions.size() && laggard == null; i++) {
            laggard = needsUpTo(positions.get(i), last) ? positions.get(i) : null;
        }
        return laggard != null;
    }

    private static boolean needsUpTo(Position position, long last) {
        if (position.group.gone || position.group.isSide()) {
            return false;
        }
        long unsettled = position.firstUnsettled();
        return unsettled >= 0 && unsettled <= last;
    }

    /**
     * Forgets the first of the runs in memory that have just come in, if no group needs it or one
     * before it; returns it, or null.
     */
    Window.Run forgetSettled() {
        Window.Run first = runs.first();
        if (first == null || isNeededUpTo(first.lastOffset())) {
            return null;
        }
        runs.removeFirst();
        forgot(first);
        return first;
    }

    /** Forgets all runs in memory, however many, at once. */
    void forgetAll() {
        runs.clear();
        volatileBytes = 0;
    }

    /** Returns the runs in memory. */
    List<Window.Run> runs() {
        List<Window.Run> all = new ArrayList<>();
        runs.addAllTo(all);
        return all;
    }

    /** Notes whether durable records of it have not arrived yet. */
    void lagging(boolean now) {
        lagging = now;
    }

    boolean isLagging() {
        return lagging;
    }

    /** Notes that records are decided, which arrive later. */
    void decided(int records) {
        underWay += records;
    }

    /** Whether there are records that nobody knows of yet, and somebody may have been told of. */
    boolean hasUnderWay() {
        return underWay > 0 || lagging;
    }

    /** Notes that a record is wanted in memory. */
    void want(long offset) {
        if (!loading || loadingOffset != offset) {
            wanted.put(offset, ALL_TO_KEEP);
        }
    }

    /** Notes that a record is wanted in memory which is ready, as those are that follow it. */
    void wantReady(long offset, int priority) {
        if (!loading || loadingOffset != offset) {
            // who wants all that there are must not be given some
            boolean all = wanted.containsKey(offset) && wanted.get(offset).priority == ANY;
            wanted.put(offset, all ? ALL_TO_KEEP : new Want(true, priority));
        }
    }

    /** Notes that a record is wanted to be looked at, and need not stay in memory. */
    void wantToPass(long offset) {
        wanted.putIfAbsent(offset, ALL_TO_PASS);
    }

    /** Notes that a load has ended; returns whether what was loaded is to be kept. */
    boolean loaded() {
        loading = false;
        return loadingFor.keep;
    }

    /** Of which priority the load was that has ended, {@link #ANY} if it was for all there is. */
    int loadedPriority() {
        return loadingFor.priority;
    }

    /**
     * Begins the next load and returns its offset, or -1 where one is under way or none is wanted.
     */
    long nextToLoad() {
        Iterator<Map.Entry<Long, Want>> next =
                loading ? Collections.emptyIterator() : wanted.entrySet().iterator();
        while (next.hasNext()) {
            Map.Entry<Long, Want> entry = next.next();
            next.remove();
            long offset = entry.getKey();
            if (find(offset) == null && isAwaited(offset)) {
                loading = true;
                loadingFor = entry.getValue();
                loadsOn = loadingOffset >= 0 && offset > loadingOffset;
                loadsOn &= offset - loadingOffset <= AHEAD_OFFSETS;
                loadingOffset = offset;
                return offset;
            }
        }
        return -1;
    }

    /** Whether the load that has just begun goes on behind the last one. */
    boolean loadsOn() {
        return loadsOn;
    }

    /** Which records the load is for that has just begun; null for all that there are. */
    NeededRecords loadingOnly() {
        if (loadingFor.priority == ANY) {
            return null;
        }
        OffsetSet ready = new OffsetSet();
        long last = loadingOffset + AHEAD_OFFSETS;
        for (Position position : positions) {
            ready.addAllWithin(position.ready(loadingFor.priority), loadingOffset, last);
        }
        ready.add(loadingOffset);
        return new NeededRecords(ready);
    }

    /**
     * The messages that go to the dead-letter queue when their records are loaded, in that order.
     */
    ArrayDeque<Death> dying() {
        return dying;
    }

    /** Which of its messages are large. */
    LargeMessages large() {
        return large;
    }

    /** Notes what a group is about to settle; see {@link LateSettlements}. */
    void settlesLate(Position position, long first, long last) {
        if (first == last) {
            if (position.isUnsettled(first)) {
                settledLate.add(first);
            }
        } else {
            position.addUnsettledTo(settledLate, first, last);
        }
        large.addPartsOf(first, last, position::isUnsettled, settledLate);
    }

    /** Notes what a group is about to leave; see {@link LateSettlements}. */
    void endsLate(Position position) {
        settlesLate(position, 0, Long.MAX_VALUE);
        if (position.past() != null) {
            position.past().addNeededTo(settledLate, 0, end - 1);
        }
    }

    void forgetLateSettled() {
        settledLate.clear();
    }

    /**
     * Whether a record may be asked for, now or by a start that does not find what was settled
     * late, or is kept beyond that.
     */
    boolean needs(long first, long last, long nowMs) {
        return timeline != null && last >= keptFrom(nowMs)
                || isNeeded(first, last)
                || isKeptForPast(first, last)
                || settledLate.intersects(first, last);
    }

    /** Takes down which of some records {@link #needs} is true of. */
    OffsetSet needed(long first, long last, long nowMs) {
        OffsetSet needed = new OffsetSet();
        for (Position position : positions) {
            if (!position.group.isSide()) {
                position.addUnsettledTo(needed, first, last);
                if (position.past() != null) {
                    position.past().addNeededTo(needed, first, last);
                }
            }
        }
        large.addPartsTo(needed, first, last, this::isUnsettled);
        needed.addAllWithin(settledLate, first, last);
        if (timeline != null) {
            needed.addRange(Math.max(first, keptFrom(nowMs)), last);
        }
        return needed;
    }

    /**
     * Whether a group that holds records back has not settled one of these, or the message it is a
     * part of: one that is not there is lost.
     */
    boolean isNeeded(long first, long last) {
        return anyUnsettled(first, last, false) || large.hasPartIn(first, last, this::isUnsettled);
    }

    /** Whether a group that holds records back has not settled one. */
    boolean isUnsettled(long offset) {
        return anyUnsettled(offset, offset, false);
    }

    /** Whether a group is to be told of one of some records, for which they are kept. */
    private boolean isKeptForPast(long first, long last) {
        for (Position position : positions) {
            Past past = position.past();
            if (past != null && !position.group.isSide() && past.needs(first, last)) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody has something to do with a record, if it is there. */
    private boolean isAwaited(long offset) {
        for (Position position : positions) {
            Past past = position.past();
            if (past != null && past.awaits() && past.cursor() == offset) {
                return true;
            }
        }
        Group onlookers = destination.onlookers();
        if (onlookers != null && onlookers.browsers.await(offset)) {
            return true;
        }
        return anyUnsettled(offset, offset, true) || large.hasPartIn(offset, offset, head -> true);
    }

    /** Notes that a group has settled messages. */
    void settled(long first, long last) {
        large.settled(first, last, head -> anyUnsettled(head, head, true));
    }

    private boolean anyUnsettled(long first, long last, boolean ofSideGroups) {
        // without an iterator: asked for each message that came back from the log
        for (int i = 0; i < positions.size(); i++) {
            Position position = positions.get(i);
            if ((ofSideGroups || !position.group.isSide()) && position.anyUnsettled(first, last)) {
                return true;
            }
        }
        return false;
    }
}
