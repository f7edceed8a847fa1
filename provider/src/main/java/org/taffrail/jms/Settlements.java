// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import org.taffrail.link.Link;
import org.taffrail.wire.frame.ClientFrame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Messages that will be settled together: ranges of offsets for each consumer and partition. Only
 * offsets that follow each other without a gap share a range, because a range on the wire stands
 * for all that the consumer holds in it, also for what still waits in its buffer. Not thread-safe:
 * guarded by the session's lock.
 */
final class Settlements {
    private final Map<Place, Ranges> places = new LinkedHashMap<>();
    private Place lastPlace;
    private Ranges lastRanges;
    private int size;

    private record Place(int consumerId, long partition) {}

    private static final class Ranges {
        private long[] bounds = new long[8];
        private int used;

        void add(long offset) {
            if (used > 0 && bounds[used - 1] == offset - 1) {
                bounds[used - 1] = offset;
                return;
            }
            if (used == bounds.length) {
                bounds = Arrays.copyOf(bounds, used * 2);
            }
            bounds[used++] = offset;
            bounds[used++] = offset;
        }

        long[] bounds() {
            return Arrays.copyOf(bounds, used);
        }
    }

    /** Returns how many messages there are. */
    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(Held held) {
        add(held.delivery());
    }

    void add(Link.Delivery delivery) {
        if (lastPlace == null
                || lastPlace.consumerId != delivery.consumerId()
                || lastPlace.partition != delivery.partition()) {
            lastPlace = new Place(delivery.consumerId(), delivery.partition());
            lastRanges = places.computeIfAbsent(lastPlace, place -> new Ranges());
        }
        lastRanges.add(delivery.offset());
        size++;
    }

    /** Settles them without asking whether it was done, and forgets them. */
    void settle(Link link, long transactionId, ClientFrame.Verb verb) {
        places.forEach(
                (place, ranges) ->
                        link.settle(
                                transactionId,
                                place.consumerId,
                                verb,
                                place.partition,
                                ranges.bounds(),
                                false));
        clear();
    }

    /**
     * Settles them and forgets them.
     *
     * @return when it is durable; fails with the first failure
     */
    CompletableFuture<Void> settleConfirmed(Link link, ClientFrame.Verb verb) {
        List<CompletableFuture<Void>> answers = new ArrayList<>(places.size());
        places.forEach(
                (place, ranges) ->
                        answers.add(
                                link.settle(
                                        0,
                                        place.consumerId,
                                        verb,
                                        place.partition,
                                        ranges.bounds(),
                                        true)));
        clear();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
    }

    /**
     * Accepts them and forgets them.
     *
     * @return when it is durable; fails if it is not, also where the connection is lost meanwhile
     *     and the link learns of outcomes beyond that
     */
    CompletableFuture<Void> accept(Link link) {
        if (isEmpty()) {
            return Replies.nothing();
        }
        if (!link.learnsOutcomes()) {
            return settleConfirmed(link, ClientFrame.Verb.ACCEPT);
        }
        long transactionId = link.newTransaction();
        settle(link, transactionId, ClientFrame.Verb.ACCEPT);
        return link.commit(transactionId);
    }

    /** Forgets them. */
    void clear() {
        places.clear();
        lastPlace = null;
        lastRanges = null;
        size = 0;
    }
}
