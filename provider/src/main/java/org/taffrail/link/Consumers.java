// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The consumers of a link and the drains that are under way. Consumers may be read by any thread;
 * all else is guarded by the link's lock.
 */
final class Consumers {
    /** Most drains that may be under way at once. */
    static final int DRAINS_MAX = 1 << 16;

    private final Map<Integer, ConsumerInbound> consumers = new ConcurrentHashMap<>();
    private final Map<Integer, Drain> drains = new LinkedHashMap<>();
    private int lastToken;

    /** A drain under way. */
    record Drain(int consumerId, CompletableFuture<Void> future) {}

    /**
     * Notes a consumer.
     *
     * @throws IllegalArgumentException if its id is taken
     */
    void add(int consumerId, Link.ConsumerListener listener) {
        if (consumers.putIfAbsent(consumerId, new ConsumerInbound(listener)) != null) {
            throw new IllegalArgumentException("consumer " + consumerId + " is there already");
        }
    }

    boolean has(int consumerId) {
        return consumers.containsKey(consumerId);
    }

    /**
     * Returns a consumer.
     *
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION} if there is none
     */
    ConsumerInbound get(int consumerId) {
        ConsumerInbound consumer = consumers.get(consumerId);
        if (consumer == null) {
            throw unknown(consumerId);
        }
        return consumer;
    }

    /**
     * Forgets a consumer that the broker has ended and returns its drains, which the caller
     * completes. They stay known, for the broker still answers each: it may have heard of one after
     * it had ended the consumer.
     */
    List<Drain> end(int consumerId) {
        consumers.remove(consumerId);
        return drains.values().stream().filter(drain -> drain.consumerId() == consumerId).toList();
    }

    /** Forgets a consumer and returns its drains, which the caller completes. */
    List<Drain> remove(int consumerId) {
        consumers.remove(consumerId);
        List<Drain> removed = new ArrayList<>();
        Iterator<Drain> all = drains.values().iterator();
        while (all.hasNext()) {
            Drain drain = all.next();
            if (drain.consumerId() == consumerId) {
                all.remove();
                removed.add(drain);
            }
        }
        return removed;
    }

    /**
     * Notes a drain and returns its token, which is never 0.
     *
     * @throws WireException {@link ErrorCode#LIMIT_REACHED} over {@link #DRAINS_MAX}; {@link
     *     ErrorCode#NO_SUCH_CONSUMER} if the consumer isn't there or not any more
     */
    int addDrain(int consumerId, CompletableFuture<Void> future) {
        if (!has(consumerId)) {
            throw new WireException(ErrorCode.NO_SUCH_CONSUMER, "consumer " + consumerId);
        }
        if (drains.size() >= DRAINS_MAX) {
            throw new WireException(ErrorCode.LIMIT_REACHED, DRAINS_MAX + " drains are under way");
        }
        do {
            lastToken++;
        } while (lastToken == 0 || drains.containsKey(lastToken));
        drains.put(lastToken, new Drain(consumerId, future));
        return lastToken;
    }

    /**
     * Takes out a drain that has ended.
     *
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION} if it isn't under way
     */
    Drain takeDrain(int consumerId, int token) {
        Drain drain = drains.remove(token);
        if (drain == null || drain.consumerId() != consumerId) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "the end of drain " + token + " of consumer " + consumerId + ", which isn't");
        }
        return drain;
    }

    /** Takes out all drains. */
    List<Drain> takeDrains() {
        List<Drain> all = new ArrayList<>(drains.values());
        drains.clear();
        return all;
    }

    /** Takes out all consumers. */
    List<ConsumerInbound> takeConsumers() {
        List<ConsumerInbound> all = new ArrayList<>(consumers.values());
        consumers.clear();
        return all;
    }

    private static WireException unknown(int consumerId) {
        return new WireException(
                ErrorCode.PROTOCOL_VIOLATION,
                "a frame for consumer " + consumerId + ", which isn't there");
    }
}
