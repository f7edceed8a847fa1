// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import com.carrotsearch.hppc.LongObjectHashMap;

import org.taffrail.wire.record.RecordView;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The consumers of a group that wait for one correlation id each and select nothing else: the
 * pattern of request and reply on a shared queue. Instead of each looking at each message, a
 * message is looked at once for all of them, and told to those that wait for its id, found by a
 * hash. They then take it as any consumer does, so that order, credit, keys and exclusiveness are
 * as for any.
 *
 * <p>A consumer that comes later is told of what was looked at before and is still there: of what
 * stands in the {@link CorrelationIndex} by the hash, and what is older it looks at itself. The
 * messages between two consumers are looked at when the next one comes. A message whose correlation
 * id is bytes, or that has none, is selected by no such consumer.
 *
 * <p>A consumer takes nothing as long as something before it has not been looked at, so that it
 * gets what it would have got by itself, in the same order.
 */
final class Correlations {
    private final LongObjectHashMap<List<Consumer>> waiting = new LongObjectHashMap<>();
    private final Looked looked = new Looked();
    private final CorrelationIndex index;

    /** Whether a record is being loaded to be looked at. */
    boolean awaits;

    /** Whether something was looked at since the consumers had their turns last. */
    boolean hasNews;

    Correlations(Position position) {
        this(position, CorrelationIndex.ENTRIES_MAX);
    }

    Correlations(Position position, int entriesMax) {
        index = new CorrelationIndex(position, entriesMax);
    }

    /** Takes a new consumer. */
    void add(Consumer consumer) {
        consumer.looks(new Looked(index.older()));
        long hash = hashOf(consumer);
        List<Consumer> same = waiting.get(hash);
        if (same == null) {
            same = new ArrayList<>(1);
            waiting.put(hash, same);
        }
        same.add(consumer);
        index.tell(hash, consumer.looks());
    }

    void remove(Consumer consumer) {
        long hash = hashOf(consumer);
        List<Consumer> same = waiting.get(hash);
        same.remove(consumer);
        if (same.isEmpty()) {
            waiting.remove(hash);
        }
    }

    private static long hashOf(Consumer consumer) {
        byte[] id = consumer.selector.correlationIdEquals().getBytes(StandardCharsets.UTF_8);
        return RecordView.hash(id, 0, id.length);
    }

    /** Whether somebody waits for messages to be looked at, which are in memory. */
    boolean isLooking() {
        return !awaits && !waiting.isEmpty();
    }

    /** What has been looked at for all of them. */
    Looked looks() {
        return looked;
    }

    /** Looks at a message that {@link Looked#next} returned. */
    void look(Group group, long offset, int priority, RecordView record) {
        looked.looked(offset, priority);
        hasNews = true;
        if (!record.hasCorrelationText()) {
            return;
        }
        long hash = record.correlationHash();
        index.add(hash, offset, priority);
        List<Consumer> found = waiting.get(hash);
        if (found != null) {
            for (Consumer consumer : found) {
                consumer.looks().tell(offset, priority);
                group.takesTurns(consumer);
            }
        }
    }

    /**
     * Whether nothing that comes before a message, or before all of a priority, is not looked at.
     */
    boolean hasLookedBefore(OffsetSet ready, long offset, int priority) {
        long next = looked.next(ready, priority);
        return next < 0 || offset >= 0 && offset < next;
    }
}
