// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import com.carrotsearch.hppc.LongObjectHashMap;

import java.util.function.Predicate;

/**
 * Who gets the messages that have a key ({@code JMSXGroupID}), in one position. It exists from the
 * first such message that is to be delivered; before, keys cost nothing.
 *
 * <p>The rules, for the messages of one key:
 *
 * <ul>
 *   <li>They go to one consumer, the <em>owner</em>, in the order of priority and offset. A key
 *       without an owner gets the consumer that is next in turn, has credit and selects the
 *       message. The owner stays until it ends, until a message with a negative {@code
 *       JMSXGroupSeq} has been delivered, or until too many other keys were used since.
 *   <li>An owner without credit keeps the key: its messages are <em>put aside</em>, the others flow
 *       past them.
 *   <li>Two consumers never hold messages of one key: who comes next waits until what the other one
 *       holds is settled or back.
 *   <li>While a message waits after a failed delivery, nothing else of its key is delivered.
 *   <li>Selectors come first. A message that the owner does not select goes to another consumer
 *       which does, when its turn in the key comes, and the key with it; one that nobody selects
 *       lies where it is and holds nobody back.
 * </ul>
 *
 * <p>A message is looked at once to learn its key, and then stays with its {@link Lane} until it is
 * delivered: of what is put aside only the first message of each lane, its <em>front</em>, is
 * looked at again. Nothing of this is durable but what {@link Position} knows anyway. What was
 * waiting after a failure when this began (after a start) is loaded first, to learn its key.
 */
final class Lanes {
    private final Position position;
    private final int rememberedMax;

    /** What is ready and not put aside: of unknown key, without one, or passed over. */
    private final OffsetSet[] free = new OffsetSet[Position.PRIORITIES];

    private final LongObjectHashMap<Lane> byKey = new LongObjectHashMap<>();
    private final LongObjectHashMap<Lane> byFront = new LongObjectHashMap<>();

    /** The lane of each message that waits after a failed delivery. */
    private final LongObjectHashMap<Lane> retries = new LongObjectHashMap<>();

    /** Messages that wait after a failed delivery, of which it is not known what key they have. */
    private final OffsetSet unknown = new OffsetSet();

    private Lane oldest;
    private Lane youngest;
    private int remembered;

    /**
     * Begins.
     *
     * @param position whose messages it knows
     * @param rememberedMax how many keys may be remembered of which nothing is held or waits after
     *     a failure
     */
    Lanes(Position position, int rememberedMax) {
        this.position = position;
        this.rememberedMax = rememberedMax;
        for (int p = 0; p < free.length; p++) {
            free[p] = position.ready(p).copy();
        }
        position.forEachRetry(unknown::add);
    }

    // What the dispatcher asks.

    /** The next message of a priority for a consumer to look at, or -1. */
    long next(Consumer consumer, int priority) {
        long other =
                consumer.isSelective()
                        ? consumer.looks().next(free[priority], priority)
                        : free[priority].first();
        long own = consumer.fronts(priority).first();
        return own < 0 || other >= 0 && other < own ? other : own;
    }

    /** What is ready of a priority and not put aside. */
    OffsetSet free(int priority) {
        return free[priority];
    }

    /** A message whose key must be known before one with a key can be delivered, or -1. */
    long firstUnknown() {
        return unknown.first();
    }

    /** Learns which key a message has that waits after a failed delivery. */
    void learnt(long offset, long key) {
        if (unknown.remove(offset)) {
            waits(offset, key);
        }
    }

    /** Learns that a message which waits after a failed delivery has no key. */
    void learntNone(long offset) {
        unknown.remove(offset);
    }

    /** Forgets a message to be looked at that is not ready any more. */
    void drop(Consumer consumer, long offset, int priority) {
        consumer.fronts(priority).remove(offset);
        gone(offset, priority);
    }

    /**
     * Decides who gets a message with a key now.
     *
     * @param asking whose turn it is
     * @param selects tells whether a consumer selects the message
     * @return null where nobody does: it has been put aside, or passed over
     */
    Consumer receiver(
            Consumer asking, long key, long offset, int priority, Predicate<Consumer> selects) {
        Lane lane = lane(key);
        Consumer owner = serving(lane.owner);
        Consumer wanted = null;
        if (owner != null && selects.test(owner)) {
            wanted = owner;
        } else if (owner != asking && selects.test(asking)) {
            wanted = asking;
        }
        if (wanted == null) {
            passOver(lane, asking, offset, priority);
            return null;
        }
        boolean next = lane.isNext(offset, priority);
        boolean now = next && lane.isOpenFor(wanted) && isReached(wanted, asking, priority);
        if (now || next && owner != null) {
            lane.owner = wanted;
        }
        if (now) {
            return wanted;
        }
        free[priority].remove(offset);
        lane.putAside(offset, priority);
        list(lane);
        unloosen(lane);
        rest(lane);
        return null;
    }

    /**
     * Whether a message may go to a consumer at this look. To another one than who looks only if it
     * is sure that nothing of the key comes before, which who has a selector may have passed over.
     */
    private static boolean isReached(Consumer wanted, Consumer asking, int priority) {
        return wanted == asking || !asking.isSelective() && wanted.mayTake(priority);
    }

    /** A consumer leaves a message, which neither it nor the owner selects, to others. */
    private void passOver(Lane lane, Consumer asking, long offset, int priority) {
        boolean own = asking.fronts(priority).contains(offset);
        if (serving(lane.owner) == null) {
            dissolve(lane);
        } else if (lane.isAside(offset, priority)) {
            unlist(lane);
            lane.removeAside(offset, priority);
            offerToAll(offset, priority);
            list(lane);
        }
        if (!own) {
            asking.looks().looked(offset, priority);
        }
        rest(lane);
    }

    /** Lets all consumers look at a message which does not lie there for all already. */
    private void offerToAll(long offset, int priority) {
        if (!free[priority].contains(offset)) {
            free[priority].add(offset);
            position.group.becameReady(offset, priority);
        }
    }

    /**
     * Notes that a message with a key has been delivered.
     *
     * @param last whether its key's owner is forgotten with it
     */
    void delivered(Hold hold, long key, boolean last) {
        Lane lane = lane(key);
        unlist(lane);
        lane.removeAside(hold.offset, hold.priority);
        hold.lane = lane;
        lane.holder = hold.consumer;
        lane.held++;
        lane.owner = last ? null : hold.consumer;
        unloosen(lane);
        if (last) {
            dissolve(lane);
        } else {
            list(lane);
        }
    }

    // What the position and the group tell.

    /** A message is ready (again). */
    void ready(long offset, int priority) {
        free[priority].add(offset);
    }

    /** A message is not ready any more: it is held or settled. */
    void gone(long offset, int priority) {
        free[priority].remove(offset);
        Lane lane = byFront.get(offset);
        if (lane != null) {
            unlist(lane);
            lane.removeAside(offset, priority);
            opened(lane);
        }
    }

    /** Takes the messages of a range out of those that are ready. */
    void takeOut(OffsetSet[] ready, long first, long last) {
        for (int priority = 0; priority < ready.length; priority++) {
            long offset = ready[priority].next(first);
            while (offset >= 0 && offset <= last) {
                ready[priority].remove(offset);
                gone(offset, priority);
                offset = ready[priority].next(offset + 1);
            }
        }
    }

    /** A hold has ended. */
    void ended(Hold hold) {
        Lane lane = hold.lane;
        lane.held--;
        if (lane.held == 0) {
            lane.holder = null;
            opened(lane);
        }
    }

    /** A message waits after a failed delivery. */
    void waits(long offset, long key) {
        Lane lane = lane(key);
        retries.put(offset, lane);
        lane.retries++;
        unloosen(lane);
        list(lane);
    }

    /** A message does not wait any more after a failed delivery: it is ready, or settled. */
    void waitEnded(long offset) {
        unknown.remove(offset);
        Lane lane = retries.remove(offset);
        if (lane != null) {
            lane.retries--;
            opened(lane);
        }
    }

    private void opened(Lane lane) {
        if (lane.hasAside()) {
            position.group.wake();
        }
        list(lane);
        rest(lane);
    }

    /** A consumer gets nothing more: its keys are for others. */
    void abandon(Consumer consumer) {
        for (int p = 0; p < free.length; p++) {
            OffsetSet fronts = consumer.fronts(p);
            giveBack(fronts, p);
            fronts.clear();
        }
    }

    // How it is kept.

    private Lane lane(long key) {
        Lane lane = byKey.get(key);
        if (lane == null) {
            lane = new Lane(key);
            byKey.put(key, lane);
        }
        return lane;
    }

    private Consumer serving(Consumer consumer) {
        return consumer == null || consumer.isDetached() || !position.group.serves(consumer)
                ? null
                : consumer;
    }

    /** Lists the front of a lane where it can be delivered, or nowhere as long as it can't. */
    private void list(Lane lane) {
        unlist(lane);
        Consumer owner = serving(lane.owner);
        if (!lane.hasAside() || lane.retries > 0) {
            return;
        }
        if (owner == null) {
            if (lane.held == 0) {
                dissolve(lane);
            }
        } else if (lane.isOpenFor(owner)) {
            lane.listedAt = owner;
            lane.frontPriority = lane.highestAside();
            lane.frontOffset = lane.aside(lane.frontPriority).first();
            owner.fronts(lane.frontPriority).add(lane.frontOffset);
            byFront.put(lane.frontOffset, lane);
            position.group.takesTurns(owner);
            if (owner.isSelective() && lane.offered != lane.frontOffset) {
                // the owner, which may have no credit, may not select it at all
                lane.offered = lane.frontOffset;
                offerToAll(lane.frontOffset, lane.frontPriority);
            }
        }
    }

    private void unlist(Lane lane) {
        if (lane.listedAt != null) {
            lane.listedAt.fronts(lane.frontPriority).remove(lane.frontOffset);
            byFront.remove(lane.frontOffset);
            lane.listedAt = null;
        }
    }

    /** Gives all back that is put aside in a lane: whoever looks may get it. */
    private void dissolve(Lane lane) {
        unlist(lane);
        for (int p = 0; p < free.length; p++) {
            if (lane.aside(p) != null) {
                giveBack(lane.aside(p), p);
            }
        }
        lane.clearAside();
    }

    private void giveBack(OffsetSet offsets, int priority) {
        if (!offsets.isEmpty()) {
            free[priority].addAll(offsets);
            position.group.becameReady(offsets, priority);
        }
    }

    /** Remembers a lane in which nothing happens, or forgets it where nothing is to be known. */
    private void rest(Lane lane) {
        if (lane.held > 0 || lane.retries > 0) {
            return;
        }
        if (!lane.hasAside() && serving(lane.owner) == null) {
            unloosen(lane);
            byKey.remove(lane.key);
            return;
        }
        if (!lane.loose) {
            loosen(lane);
            forgetOldest();
        }
    }

    private void forgetOldest() {
        while (remembered > rememberedMax) {
            Lane lane = oldest;
            unloosen(lane);
            dissolve(lane);
            byKey.remove(lane.key);
        }
    }

    private void loosen(Lane lane) {
        lane.loose = true;
        lane.older = youngest;
        if (youngest == null) {
            oldest = lane;
        } else {
            youngest.younger = lane;
        }
        youngest = lane;
        remembered++;
    }

    private void unloosen(Lane lane) {
        if (!lane.loose) {
            return;
        }
        lane.loose = false;
        if (lane.older == null) {
            oldest = lane.younger;
        } else {
            lane.older.younger = lane.younger;
        }
        if (lane.younger == null) {
            youngest = lane.older;
        } else {
            lane.younger.older = lane.older;
        }
        lane.older = null;
        lane.younger = null;
        remembered--;
    }
}
