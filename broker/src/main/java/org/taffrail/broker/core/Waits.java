// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import com.carrotsearch.hppc.LongLongHashMap;
import com.carrotsearch.hppc.cursors.LongLongCursor;

import java.util.function.LongConsumer;

/**
 * What of a position waits until a time: for its delivery time, or to be tried again after a failed
 * delivery. An entry of the heap stays until its time when its message is taken out before; it
 * counts only while the message waits for just that.
 */
final class Waits {
    private final Waiting heap = new Waiting();
    private final LongLongHashMap retryDue = new LongLongHashMap();
    private OffsetSet[] byPriority = OffsetSets.NONE;

    /** Takes one message whose time has come. */
    interface Woken {
        void accept(long offset, int priority);
    }

    void add(long dueMs, long offset, int priority) {
        if (byPriority == OffsetSets.NONE) {
            byPriority = OffsetSets.byPriority();
        }
        byPriority[priority].add(offset);
        heap.add(dueMs, offset, priority);
    }

    void addRetry(long dueMs, long offset, int priority) {
        retryDue.put(offset, dueMs);
        add(dueMs, offset, priority);
    }

    /** Takes a message out and returns its priority, or -1; as a retry it stays known. */
    int remove(long offset) {
        return OffsetSets.removeFrom(byPriority, offset);
    }

    /** The same for a range. */
    void removeRange(long first, long last) {
        OffsetSets.removeRange(byPriority, first, last);
    }

    /** Forgets that a message is to be tried again; returns whether it was. */
    boolean endRetry(long offset) {
        if (!retryDue.containsKey(offset)) {
            return false;
        }
        retryDue.remove(offset);
        return true;
    }

    /** The same for a range, in one pass over all that are to be tried again. */
    void endRetries(long first, long last, LongConsumer ended) {
        retryDue.removeAll(
                offset -> {
                    boolean within = first <= offset && offset <= last;
                    if (within) {
                        ended.accept(offset);
                    }
                    return within;
                });
    }

    int retries() {
        return retryDue.size();
    }

    /** Visits the messages that wait after a failed delivery. */
    void forEachRetry(LongConsumer visitor) {
        for (LongLongCursor cursor : retryDue) {
            visitor.accept(cursor.key);
        }
    }

    /** When {@link #wake} has something to do; {@link Long#MAX_VALUE} for never. */
    long nextMs() {
        return heap.isEmpty() ? Long.MAX_VALUE : heap.firstDueMs();
    }

    /** Gives out what has waited long enough; returns what is left of the budget. */
    int wake(long nowMs, int budget, Woken woken) {
        int left = budget;
        while (left > 0 && nextMs() <= nowMs) {
            long due = heap.firstDueMs();
            long offset = heap.firstOffset();
            int priority = heap.firstPriority();
            heap.removeFirst();
            left--;
            if (counts(due, offset, priority)) {
                byPriority[priority].remove(offset);
                woken.accept(offset, priority);
            }
        }
        return left;
    }

    /** Takes down what survives the broker, which is all but {@code relaxed}. */
    void takeDown(PositionState durable, long nowMs, OffsetSet relaxed) {
        for (int p = 0; p < byPriority.length; p++) {
            durable.byPriority[p].addAll(byPriority[p]);
        }
        durable.waiting.reserve(heap.size());
        heap.forEach(
                (due, offset, priority) -> {
                    if (due > nowMs && counts(due, offset, priority) && !relaxed.contains(offset)) {
                        durable.waiting.add(due, offset, priority);
                        if (retryDue.containsKey(offset)) {
                            durable.retries.add(offset);
                        }
                    }
                });
    }

    /** Takes over what a snapshot says, out of what is ready else. */
    void restore(PositionState durable, OffsetSet[] ready) {
        heap.reserve(durable.waiting.size());
        durable.waiting.forEach(
                (due, offset, priority) -> {
                    ready[priority].remove(offset);
                    if (durable.retries.contains(offset)) {
                        addRetry(due, offset, priority);
                    } else {
                        add(due, offset, priority);
                    }
                });
    }

    /** Whether an entry is not of a message that has been taken out or waits anew. */
    private boolean counts(long due, long offset, int priority) {
        return byPriority[priority].contains(offset)
                && (!retryDue.containsKey(offset) || retryDue.get(offset) == due);
    }
}
