// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import com.carrotsearch.hppc.LongIntHashMap;
import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.cursors.ObjectCursor;
import com.carrotsearch.hppc.procedures.LongIntProcedure;

import java.util.function.LongConsumer;

/**
 * What a group knows of one partition. Every record that has arrived for the group and is not
 * settled is in exactly one of three places: ready (to be delivered), held (by a consumer), or
 * waiting (until a time). What costs memory are irregularities: the sets are compressed bitmaps,
 * and only held, waiting and failed messages have an entry of their own.
 */
final class Position {
    /** Priorities 0 to 9 (Jakarta Messaging 3.4.10). */
    static final int PRIORITIES = 10;

    final Group group;
    final Partition partition;
    final Expiries expiries = new Expiries();
    final Waits waits = new Waits();

    private final OffsetSet unsettled = new OffsetSet();
    private final OffsetSet relaxed = new OffsetSet();
    private final OffsetSet seen = new OffsetSet();
    private final OffsetSet[] ready = OffsetSets.byPriority();
    private final LongObjectHashMap<Hold> held = new LongObjectHashMap<>();
    private final LongIntHashMap failures = new LongIntHashMap();
    private final OldestTime oldest = new OldestTime();

    /** Who gets the messages that have a key; null until the first of them is to be delivered. */
    private Lanes lanes;

    /** The past that the group is, or was, told of; null where it began with what was new. */
    private Past past;

    /** When what follows in the log is asked for; null until something came from there. */
    private ReadAhead readAhead;

    /** What is unsettled below this offset may have been seen before the last start. */
    private long markedBelow;

    /** Whether "may have been seen" is logged for whatever is delivered now. */
    private boolean exposed;

    Position(Group group, Partition partition) {
        this.group = group;
        this.partition = partition;
    }

    Past past() {
        return past;
    }

    void past(Past begun) {
        past = begun;
    }

    /** What is delivered stands before this offset: the order is that of the log. */
    long deliverableBefore() {
        return past == null ? Long.MAX_VALUE : past.deliverableBefore();
    }

    /** Takes a record that has arrived, or one of a snapshot. */
    void arrive(long offset, int priority, boolean persistent, long dueMs, long expirationMs) {
        group.tally.cameIn();
        unsettled.add(offset);
        if (!persistent) {
            relaxed.add(offset);
        }
        if (expirationMs != 0) {
            expiries.add(expirationMs, offset, unsettled);
        }
        if (dueMs != 0) {
            waits.add(dueMs, offset, priority);
        } else {
            makeReady(offset, priority);
        }
    }

    /** Settles messages, wherever they are; what is settled already stays so. */
    void settle(long first, long last) {
        if (first == last) {
            settle(first);
            return;
        }
        unsettled.removeRange(first, last);
        relaxed.removeRange(first, last);
        seen.removeRange(first, last);
        if (last - first >= failures.size() + waits.retries()) {
            failures.removeAll(offset -> first <= offset && offset <= last);
            waits.endRetries(first, last, this::waitEnded);
        } else {
            for (long offset = first; offset <= last; offset++) {
                failures.remove(offset);
                endRetry(offset);
            }
        }
        if (settleHeld(first, last) <= last - first) {
            if (lanes != null) {
                lanes.takeOut(ready, first, last);
            }
            OffsetSets.removeRange(ready, first, last);
            waits.removeRange(first, last);
        }
    }

    /** Settles a message, wherever it is; one that is settled already stays so. */
    void settle(long offset) {
        if (!unsettled.remove(offset)) {
            return;
        }
        relaxed.remove(offset);
        seen.remove(offset);
        failures.remove(offset);
        endRetry(offset);
        Hold hold = held.remove(offset);
        if (hold != null) {
            dropped(hold);
        } else if (removeReady(offset) < 0) {
            waits.remove(offset);
        }
    }

    /** Takes an offset out of those that are ready and returns its priority, or -1. */
    private int removeReady(long offset) {
        int priority = OffsetSets.removeFrom(ready, offset);
        if (lanes != null && priority >= 0) {
            lanes.gone(offset, priority);
        }
        return priority;
    }

    private void endRetry(long offset) {
        if (waits.endRetry(offset)) {
            waitEnded(offset);
        }
    }

    /** Tells that a message does not wait any more after a failed delivery. */
    private void waitEnded(long offset) {
        if (lanes != null) {
            lanes.waitEnded(offset);
        }
    }

    private void dropped(Hold hold) {
        hold.consumer.dropped(hold);
        if (hold.lane != null) {
            lanes.ended(hold);
        }
    }

    /** Ends the holds on a range and returns how many there were. */
    private long settleHeld(long first, long last) {
        int before = held.size();
        if (last - first >= before) {
            held.removeAll(
                    (offset, hold) -> {
                        boolean settled = first <= offset && offset <= last;
                        if (settled) {
                            dropped(hold);
                        }
                        return settled;
                    });
            return before - held.size();
        }
        for (long offset = first; offset <= last; offset++) {
            Hold hold = held.remove(offset);
            if (hold != null) {
                dropped(hold);
            }
        }
        return before - held.size();
    }

    /** Puts a message back that a consumer gives back unseen. */
    void release(Hold hold) {
        takeBack(hold);
        makeReady(hold.offset, hold.priority);
    }

    /**
     * Puts messages back that an application may have seen.
     *
     * @param count how many deliveries have failed
     * @param dueMs before when they are not delivered again, 0 for at once
     */
    void releaseSeen(long first, long last, int count, long dueMs) {
        for (long offset = first; offset <= last; offset++) {
            if (unsettled.contains(offset)) {
                releaseSeen(offset, count, dueMs);
            }
        }
    }

    private void releaseSeen(long offset, int count, long dueMs) {
        seen.add(offset);
        if (count > 0) {
            failures.put(offset, count);
        }
        Hold hold = held.get(offset);
        int priority = takeOut(offset);
        if (dueMs == 0) {
            endRetry(offset);
            makeReady(offset, priority);
        } else {
            waits.addRetry(dueMs, offset, priority);
            if (hold != null && hold.lane != null) {
                lanes.waits(offset, hold.lane.key);
            }
        }
    }

    /** Ends a hold; the sweep may have passed over the message meanwhile. */
    private void takeBack(Hold hold) {
        held.remove(hold.offset);
        dropped(hold);
        if (hold.expirationMs != 0) {
            expiries.add(hold.expirationMs, hold.offset, unsettled);
        }
    }

    /** Takes a message out of where it is and returns its priority. */
    private int takeOut(long offset) {
        Hold hold = held.get(offset);
        if (hold != null) {
            takeBack(hold);
            return hold.priority;
        }
        int priority = removeReady(offset);
        if (priority >= 0) {
            return priority;
        }
        priority = waits.remove(offset);
        if (priority < 0) {
            throw new IllegalStateException("offset " + offset + " is unsettled and nowhere");
        }
        return priority;
    }

    /** Gives a ready message to a consumer. */
    Hold hold(Consumer consumer, long offset, int priority, long expirationMs, long nowMs) {
        ready[priority].remove(offset);
        if (lanes != null) {
            lanes.gone(offset, priority);
        }
        Hold hold = new Hold(consumer, offset, priority, expirationMs, nowMs);
        held.put(offset, hold);
        consumer.took(hold);
        return hold;
    }

    /**
     * Gives a message that has arrived to who keeps it for a branch, in recovery; returns null
     * where it is settled.
     *
     * @param sinceMs when the branch was prepared, ms since 1970
     */
    Hold keep(Consumer keeper, long offset, long sinceMs) {
        if (!unsettled.contains(offset)) {
            return null;
        }
        int priority = takeOut(offset);
        endRetry(offset);
        Hold hold = hold(keeper, offset, priority, expiries.expirationOf(offset), sinceMs);
        hold.bind();
        return hold;
    }

    /** Returns the hold on an offset, or null. */
    Hold holdOf(long offset) {
        return held.get(offset);
    }

    int heldCount() {
        return held.size();
    }

    /** Makes ready what has waited long enough; returns what is left of the budget. */
    int wake(long nowMs, int budget) {
        return waits.wake(
                nowMs,
                budget,
                (offset, priority) -> {
                    endRetry(offset);
                    makeReady(offset, priority);
                });
    }

    /** Returns the highest priority at which something is ready, or -1. */
    int highestReady() {
        for (int p = PRIORITIES - 1; p >= 0; p--) {
            if (!ready[p].isEmpty()) {
                return p;
            }
        }
        return -1;
    }

    OffsetSet ready(int priority) {
        return ready[priority];
    }

    boolean isReady(long offset, int priority) {
        return ready[priority].contains(offset);
    }

    /** Who gets the messages that have a key; null where none was to be delivered yet. */
    Lanes lanes() {
        return lanes;
    }

    /** From now on there are messages that have a key. */
    Lanes beginLanes(int rememberedMax) {
        lanes = new Lanes(this, rememberedMax);
        return lanes;
    }

    /** Notes that records of a priority came back from the log. */
    void loaded(int priority, long first, long last, Window window) {
        if (isReady(first, priority)) {
            readAhead = readAhead == null ? new ReadAhead() : readAhead;
            readAhead.loaded(priority, first, last, window);
        }
    }

    /** Returns the ready message that is to be asked for now that another is taken, or -1. */
    long nextToLoad(int priority, long taken, Window window) {
        long from = readAhead == null ? -1 : readAhead.due(priority, taken, window);
        return from < 0 ? -1 : ready[priority].next(from);
    }

    /** Visits the messages that wait after a failed delivery. */
    void forEachRetry(LongConsumer visitor) {
        waits.forEachRetry(visitor);
    }

    /** How often delivering the message has failed. */
    int failures(long offset) {
        return failures.getOrDefault(offset, 0);
    }

    /** Which delivery of the message the next one is, or the one under way: 1 for the first. */
    int delivery(long offset) {
        int count = failures(offset) + 1;
        return count == 1 && maySeen(offset) ? 2 : count;
    }

    boolean maySeen(long offset) {
        return offset < markedBelow || seen.contains(offset);
    }

    boolean isUnsettled(long offset) {
        return unsettled.contains(offset);
    }

    /** Whether a start would find the message unsettled. */
    boolean isDurablyUnsettled(long offset) {
        return unsettled.contains(offset) && !relaxed.contains(offset);
    }

    boolean isPersistent(long offset) {
        return !relaxed.contains(offset);
    }

    void addUnsettledTo(OffsetSet target, long first, long last) {
        target.addAllWithin(unsettled, first, last);
    }

    /** Counts what of some ranges is unsettled. */
    long countUnsettled(long[] ranges) {
        if (ranges.length == 2 && ranges[0] == ranges[1]) {
            return unsettled.contains(ranges[0]) ? 1 : 0;
        }
        OffsetSet found = new OffsetSet();
        for (int i = 0; i < ranges.length; i += 2) {
            found.addAllWithin(unsettled, ranges[i], ranges[i + 1]);
        }
        return found.size();
    }

    boolean anyUnsettled(long first, long last) {
        return unsettled.intersects(first, last);
    }

    /** Returns the lowest unsettled offset, or -1. */
    long firstUnsettled() {
        return unsettled.first();
    }

    /** When the message with the lowest unsettled offset was appended. */
    OldestTime oldest() {
        return oldest;
    }

    /** Returns the lowest unsettled offset that is not below {@code from}, or -1. */
    long nextUnsettled(long from) {
        return unsettled.next(from);
    }

    /** Of how many messages at least one delivery has failed. */
    int failedCount() {
        return failures.size();
    }

    /** How many messages are not settled: the depth. */
    long depth() {
        return unsettled.size();
    }

    boolean isExposed() {
        return exposed;
    }

    void expose() {
        exposed = true;
    }

    void mark(long below) {
        exposed = false;
        markedBelow = below;
    }

    long markedBelow() {
        return markedBelow;
    }

    /**
     * Takes down what of this survives the broker; what need not wait any more counts as ready.
     * What changes later is not in it.
     */
    PositionState durable(long nowMs) {
        PositionState durable = new PositionState();
        durable.unsettled.addAll(unsettled);
        durable.unsettled.removeAll(relaxed);
        for (int p = 0; p < PRIORITIES; p++) {
            durable.byPriority[p].addAll(ready[p]);
        }
        for (ObjectCursor<Hold> cursor : held.values()) {
            durable.byPriority[cursor.value.priority].add(cursor.value.offset);
        }
        waits.takeDown(durable, nowMs, relaxed);
        for (OffsetSet set : durable.byPriority) {
            set.retainAll(durable.unsettled);
        }
        durable.seen.addAll(seen);
        durable.seen.retainAll(durable.unsettled);
        failures.forEach(
                (LongIntProcedure)
                        (offset, count) -> {
                            if (durable.unsettled.contains(offset)) {
                                durable.failures.put(offset, count);
                            }
                        });
        expiries.takeDown(durable.expiries, held);
        durable.markedBelow = markedBelow;
        durable.exposed = exposed;
        return durable;
    }

    /** Becomes what a snapshot says, and takes it over; only while nothing has arrived. */
    void restore(PositionState durable) {
        unsettled.take(durable.unsettled);
        seen.take(durable.seen);
        durable.failures.forEach(failures::put);
        expiries.restore(durable.expiries);
        markedBelow = durable.markedBelow;
        exposed = durable.exposed;
        for (int p = 0; p < PRIORITIES; p++) {
            ready[p].take(durable.byPriority[p]);
        }
        waits.restore(durable, ready);
    }

    private void makeReady(long offset, int priority) {
        ready[priority].add(offset);
        if (lanes != null) {
            lanes.ready(offset, priority);
        }
        group.becameReady(offset, priority);
    }
}
