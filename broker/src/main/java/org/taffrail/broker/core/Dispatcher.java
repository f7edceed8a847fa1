// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.SelectorRecord;
import org.taffrail.wire.selector.Selector;
import org.taffrail.wire.selector.SelectorSyntaxException;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Hands ready messages to consumers with credit: highest priority first, then in the order of
 * offsets, consumers in turn. Works on a list of groups for which something has changed, by a
 * budget, and asks for records that are no longer in memory.
 */
final class Dispatcher {
    private static final int COUNT_MAX = Short.MAX_VALUE;

    /** How much may be done for a group as soon as its records are loaded. */
    private static final int LOADED_BUDGET = 1024;

    /** How much may be done for a group's browsers before its consumers have their turn. */
    private static final int BROWSING_BUDGET = 256;

    private final Decisions decisions;
    private final Browsing browsing;
    private final ArrayDeque<Group> queue = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final RecordView record = new RecordView();
    private final SelectorRecord selectorRecord = new SelectorRecord();

    /** Selects the message after which its key goes to whoever is next in turn. */
    private final Selector lastOfKey = parse("JMSXGroupSeq < 0");

    /** Tells whether a consumer selects the record at hand. */
    private final Predicate<Consumer> selects = this::selects;

    private int budget;

    /** When a position wants to be looked at; one that comes too early does no harm. */
    private record Timer(long dueMs, Position position) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return Long.compare(dueMs, other.dueMs);
        }
    }

    Dispatcher(Decisions decisions) {
        this.decisions = decisions;
        browsing = new Browsing(decisions, this::show);
    }

    /** Puts a group on the list. */
    void enqueue(Group group) {
        group.idle = 0;
        requeue(group);
    }

    private void requeue(Group group) {
        if (!group.queued) {
            group.queued = true;
            queue.add(group);
        }
    }

    /** Notes that a position has, or may have, something that waits or expires. */
    void timed(Position position) {
        long due = position.waits.nextMs();
        if (!position.expiries.isEmpty() && !decisions.expired().isSweeping(position)) {
            due = Math.min(due, position.expiries.nextDueMs());
        }
        if (due < position.group.timerMs) {
            position.group.timerMs = due;
            timers.add(new Timer(due, position));
        }
    }

    long nextTimerMs() {
        return timers.isEmpty() ? Long.MAX_VALUE : timers.peek().dueMs;
    }

    /** Wakes what has waited long enough and settles what has expired; returns the budget left. */
    int tick(long nowMs, int budgetGiven) {
        int left = budgetGiven;
        while (left > 0 && nextTimerMs() <= nowMs) {
            Timer timer = timers.poll();
            Position position = timer.position;
            if (timer.dueMs != position.group.timerMs || position.group.gone) {
                continue;
            }
            position.group.timerMs = Long.MAX_VALUE;
            left = position.wake(nowMs, left);
            left = sweep(position, nowMs, left);
            timed(position);
        }
        return left;
    }

    private int sweep(Position position, long nowMs, int budgetGiven) {
        int left = budgetGiven;
        if (position.group.policy().expiryQueue() != null) {
            decisions.expired().beginSweep(position);
            return left;
        }
        while (left > 0) {
            long offset = position.expiries.pollDue(nowMs);
            if (offset < 0) {
                break;
            }
            left--;
            if (position.isUnsettled(offset) && position.holdOf(offset) == null) {
                decisions.settle(position, Event.Reason.EXPIRED, offset);
            }
        }
        return left;
    }

    /**
     * Works through the list.
     *
     * @return what is left of the budget; 0 means that there is more to do
     */
    int work(int budgetGiven) {
        budget = budgetGiven;
        while (budget > 0 && !queue.isEmpty()) {
            Group group = queue.poll();
            group.queued = false;
            if (!group.gone) {
                dispatch(group);
            }
        }
        return budget;
    }

    /** Puts a group on the list because what its consumers await may be there. */
    void lookAgain(Group group) {
        awaitNothing(group);
        group.browsers.loaded();
        enqueue(group);
    }

    /**
     * Serves a group whose records have just been loaded, before anything pushes them out again.
     *
     * @param passing those that were loaded for browsers and are not kept
     */
    void loaded(Group group, PassingRuns passing) {
        awaitNothing(group);
        group.browsers.loaded();
        if (group.releasing == 0) {
            browsing.work(group, LOADED_BUDGET, passing);
        }
        group.idle = 0;
        budget = LOADED_BUDGET;
        dispatch(group);
    }

    private static void awaitNothing(Group group) {
        for (Consumer consumer : group.consumers) {
            consumer.awaits = false;
        }
        if (group.hasCorrelations()) {
            group.correlations().awaits = false;
        }
    }

    private void dispatch(Group group) {
        if (group.releasing > 0) {
            return;
        }
        browse(group);
        boolean looked = group.hasCorrelations() && look(group);
        while (group.idle < group.turnCount() || looked) {
            if (budget <= 0) {
                requeue(group);
                return;
            }
            budget--;
            if (group.idle < group.turnCount()) {
                takeTurn(group, group.nextConsumer());
            }
            looked = group.hasCorrelations() && look(group);
        }
        if (group.draining > 0) {
            endDrains(group);
        }
    }

    private void takeTurn(Group group, Consumer consumer) {
        if (offer(consumer)) {
            group.idle = 0;
        } else if (consumer.isCorrelated() && hasNothing(consumer)) {
            group.leaveTurns(consumer);
        } else {
            group.idle++;
        }
    }

    private static boolean hasNothing(Consumer consumer) {
        for (int p = 0; p < Position.PRIORITIES; p++) {
            if (consumer.looks().next(lookable(consumer.group.position, p), p) >= 0) {
                return false;
            }
        }
        return !consumer.hasFronts();
    }

    /** What those who have a selector may look at. */
    private static OffsetSet lookable(Position position, int priority) {
        Lanes lanes = position.lanes();
        return lanes == null ? position.ready(priority) : lanes.free(priority);
    }

    /** Looks at a message for those who wait for a correlation id; false where there is none. */
    private boolean look(Group group) {
        Correlations correlations = group.correlations();
        Position position = group.position;
        int highest = correlations.isLooking() ? position.highestReady() : -1;
        for (int p = highest; p >= 0; p--) {
            long offset = correlations.looks().next(lookable(position, p), p);
            if (offset >= 0) {
                Window.Run run = position.partition.find(offset);
                correlations.awaits = run == null;
                if (run == null) {
                    decisions.loadReady(position.partition, offset, p);
                    return endLooking(group);
                }
                correlations.look(group, offset, p, record.wrap(run.array, run.recordAt(offset)));
                return true;
            }
        }
        return endLooking(group);
    }

    /** Lets those have their turn who were told to wait, or of something. */
    private static boolean endLooking(Group group) {
        if (group.correlations().hasNews) {
            group.correlations().hasNews = false;
            group.idle = 0;
        }
        return false;
    }

    private void browse(Group group) {
        if (group.browsers.awakeCount() > 0) {
            int share = Math.min(budget, BROWSING_BUDGET);
            int left = browsing.work(group, share, PassingRuns.NONE);
            budget -= share - left;
            if (left == 0) {
                requeue(group);
            }
        }
    }

    /** Ends the drains of consumers that have got what there is for them. */
    private void endDrains(Group group) {
        Past past = group.position.past();
        if (group.position.partition.isLagging() || past != null && !past.isDone()) {
            return;
        }
        for (Consumer consumer : group.consumers) {
            boolean looked = !consumer.awaits && !consumer.client.paused && consumer.stream == null;
            looked &= !consumer.isCorrelated() || !group.correlations().awaits;
            if (consumer.isDraining() && looked) {
                int token = consumer.endDrain();
                decisions.tell(consumer.client, new BrokerFrame.Drained(consumer.id, token));
                enqueue(group);
            }
        }
    }

    /** Gives a consumer one message, or looks at one for it; false where there is nothing to do. */
    private boolean offer(Consumer consumer) {
        Position position = consumer.group.position;
        Lanes lanes = position.lanes();
        if (!consumer.group.serves(consumer)) {
            return false;
        }
        if (lanes != null && lanes.firstUnknown() >= 0 && learnsKey(position, lanes)) {
            return true;
        }
        int highest = lanes == null ? position.highestReady() : Position.PRIORITIES - 1;
        for (int p = highest; p >= 0; p--) {
            if (!consumer.mayTake(p)) {
                return false;
            }
            long offset = lanes == null ? next(consumer, p) : lanes.next(consumer, p);
            if (consumer.isCorrelated() && !mayGo(consumer, offset, p)) {
                return false;
            }
            if (offset >= 0 && offset < position.deliverableBefore()) {
                return take(consumer, position, offset, p);
            }
        }
        return false;
    }

    private static long next(Consumer consumer, int priority) {
        OffsetSet ready = consumer.group.position.ready(priority);
        return consumer.isSelective() ? consumer.looks().next(ready, priority) : ready.first();
    }

    private static boolean mayGo(Consumer consumer, long offset, int priority) {
        OffsetSet lookable = lookable(consumer.group.position, priority);
        return consumer.group.correlations().hasLookedBefore(lookable, offset, priority);
    }

    private boolean take(Consumer consumer, Position position, long offset, int priority) {
        Lanes lanes = position.lanes();
        if (lanes != null && !position.isReady(offset, priority)) {
            lanes.drop(consumer, offset, priority);
            return true;
        }
        Window.Run run = find(consumer, offset, priority);
        if (run == null) {
            return false;
        }
        int at = run.recordAt(offset);
        long expiration = RecordLayout.expirationMs(run.array, at);
        if (expiration != 0 && expiration <= decisions.nowMs()) {
            consumer.awaits = !decisions.expired().end(position, offset);
            return !consumer.awaits;
        }
        if (RecordLayout.hasKey(run.array, at)) {
            return takeKeyed(consumer, offset, priority, run);
        }
        if (consumer.isSelective()) {
            consumer.looks().looked(offset, priority);
            if (!selectorRecord.matches(consumer.selector, record.wrap(run.array, at))) {
                return true;
            }
        }
        deliver(consumer, hold(consumer, offset, priority, expiration), run);
        return true;
    }

    /** Returns the run that holds a record, or asks for it and returns null. */
    private Window.Run find(Consumer consumer, long offset, int priority) {
        Partition partition = consumer.group.position.partition;
        Window.Run run = partition.find(offset);
        consumer.awaits = run == null;
        if (run == null) {
            decisions.loadReady(partition, offset, priority);
        } else if (priority != Partition.ANY) {
            readAhead(consumer.group.position, offset, priority);
        }
        return run;
    }

    private void readAhead(Position position, long taken, int priority) {
        long next = position.nextToLoad(priority, taken, decisions.window());
        if (next >= 0 && position.partition.find(next) == null) {
            decisions.loadReady(position.partition, next, priority);
        }
    }

    /** Gives a message with a key to who is to have it, or leaves it for later. */
    private boolean takeKeyed(Consumer consumer, long offset, int priority, Window.Run run) {
        int at = run.recordAt(offset);
        Position position = consumer.group.position;
        Lanes lanes = position.lanes();
        if (lanes == null) {
            lanes = position.beginLanes(decisions.limits().keysMax());
        }
        if (lanes.firstUnknown() >= 0) {
            return find(consumer, lanes.firstUnknown(), Partition.ANY) != null;
        }
        long key = record.wrap(run.array, at).keyHash();
        Consumer receiver = lanes.receiver(consumer, key, offset, priority, selects);
        if (receiver != null) {
            boolean last = record.propertyCount() > 0 && selectorRecord.matches(lastOfKey, record);
            long expiration = RecordLayout.expirationMs(run.array, at);
            Hold hold = hold(receiver, offset, priority, expiration);
            lanes.delivered(hold, key, last);
            deliver(receiver, hold, run);
        }
        return true;
    }

    /** Learns the key of a message that waits after a failure, where its record is in memory. */
    private boolean learnsKey(Position position, Lanes lanes) {
        long offset = lanes.firstUnknown();
        Window.Run run = position.partition.find(offset);
        if (run == null) {
            return false;
        }
        int at = run.recordAt(offset);
        if (RecordLayout.hasKey(run.array, at)) {
            lanes.learnt(offset, record.wrap(run.array, at).keyHash());
        } else {
            lanes.learntNone(offset);
        }
        return true;
    }

    private boolean selects(Consumer consumer) {
        return !consumer.isSelective() || selectorRecord.matches(consumer.selector, record);
    }

    private static Selector parse(String text) {
        try {
            return Selector.parse(text);
        } catch (SelectorSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Hold hold(Consumer consumer, long offset, int priority, long expirationMs) {
        Position position = consumer.group.position;
        return position.hold(consumer, offset, priority, expirationMs, decisions.nowMs());
    }

    private void deliver(Consumer consumer, Hold hold, Window.Run run) {
        if (hold.persistent) {
            decisions.expose(hold.position());
        }
        hold.position().group.tally.delivered(hold.position().maySeen(hold.offset));
        hold.bytes = show(consumer, hold.offset, run);
        consumer.client.holdings.took(hold.bytes);
    }

    /**
     * Tells a consumer of a message, with the count and the flag of a delivery at this moment.
     *
     * @return how many bytes the message has
     */
    private int show(Consumer consumer, long offset, Window.Run run) {
        Position position = consumer.group.position;
        int at = run.recordAt(offset);
        record.wrap(run.array, at);
        int bytes = (int) Math.min(Integer.MAX_VALUE, record.wholeLength());
        consumer.charge(bytes);
        BrokerFrame frame =
                new BrokerFrame.Deliver(
                        consumer.id,
                        position.partition.id,
                        offset,
                        Math.min(position.delivery(offset), COUNT_MAX),
                        position.maySeen(offset),
                        consumer.timed ? run.appendTimeMs() : 0,
                        run.array,
                        at,
                        record.length());
        decisions.tellOf(consumer, offset, frame);
        if (record.partCount() > 0) {
            decisions.streams().begin(consumer, offset, record);
        }
        return bytes;
    }
}
