// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.selector.Selector;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * One consumer: its credit, what it holds, and, where it has a selector on a queue, how far it has
 * looked. A detached consumer gets nothing more but may still hold messages. A {@link Browser} is
 * one that never holds any.
 */
class Consumer {
    /** One in so many of what a consumer holds may come on top of its credit if it is urgent. */
    private static final int URGENT_PART = 8;

    /** How many credit frames may wait for the end of a drain. */
    private static final int LATER_MAX = 1000;

    final Client client;
    final int id;
    final Group group;
    final Selector selector;

    /** Whether it wants all messages for itself. */
    final boolean exclusive;

    /** Whether its deliveries tell when the message was appended. */
    boolean timed;

    /** Whether a record is being loaded for this consumer, or an expired one stands in its way. */
    boolean awaits;

    /** The large message on its way to it, or null. */
    PartStream stream;

    /** Whether it is among those whose turn comes. */
    boolean inTurn;

    /** What it has looked at, where it has a selector. */
    private Looked looked = new Looked();

    private final int[] heldByPriority = new int[Position.PRIORITIES];
    private OffsetSet[] fronts;
    private Hold firstFree;
    private Hold lastFree;
    private int free;
    private Hold oldest;
    private Hold youngest;
    private int held;
    private int credit;
    private long byteCredit;
    private int overdraft;
    private int resets;

    /** The token of a drain under way, or 0. */
    private int drainToken;

    /** Credit that came during the drain. */
    private final ArrayDeque<ClientFrame.Credit> later = new ArrayDeque<>(0);

    private boolean flowing;
    private boolean detached;

    Consumer(Client client, int id, Group group, Selector selector, boolean exclusive) {
        this.client = client;
        this.id = id;
        this.group = group;
        this.selector = selector;
        this.exclusive = exclusive;
    }

    boolean isSelective() {
        return selector != Selector.ALL;
    }

    /** Whether it selects nothing but one correlation id; see {@link Correlations}. */
    boolean isCorrelated() {
        return selector.correlationIdEquals() != null;
    }

    /**
     * Takes credit; while a drain is under way it waits for the drain's end.
     *
     * @throws WireException where too many frames wait
     */
    void grant(ClientFrame.Credit frame) {
        if (drainToken == 0) {
            apply(frame);
            return;
        }
        if (later.size() >= LATER_MAX) {
            throw new WireException(
                    ErrorCode.LIMIT_REACHED,
                    "consumer " + id + " gives credit without end during a drain");
        }
        later.add(frame);
    }

    private void apply(ClientFrame.Credit frame) {
        if (frame.reset()) {
            resets++;
            credit = 0;
            byteCredit = 0;
        }
        credit = (int) Math.min(Integer.MAX_VALUE, (long) credit + frame.messages());
        byteCredit = Math.min(Long.MAX_VALUE / 2, byteCredit + frame.bytes());
        if (credit >= 0 && byteCredit > 0) {
            overdraft = 0;
        }
        drainToken = frame.drainToken();
        flowing = drainToken == 0 && (frame.messages() > 0 || flowing && !frame.reset());
        group.draining += drainToken == 0 ? 0 : 1;
    }

    /** Ends a drain, forgets what credit is left, takes what has come since; returns the token. */
    int endDrain() {
        int token = drainToken;
        resets++;
        credit = 0;
        byteCredit = 0;
        drainToken = 0;
        flowing = false;
        group.draining--;
        while (drainToken == 0 && !later.isEmpty()) {
            apply(later.poll());
        }
        return token;
    }

    boolean isDraining() {
        return drainToken != 0;
    }

    int credit() {
        return credit;
    }

    boolean hasCredit() {
        return credit > 0 && byteCredit > 0 && !detached;
    }

    /**
     * Whether a message of a priority may be delivered now. One that is more urgent than something
     * the consumer holds may exceed the credit a little, so that priority counts under prefetch
     * too.
     */
    boolean mayTake(int priority) {
        if (client.paused || stream != null || client.holdings.holdsBack(group)) {
            return false;
        }
        return hasCredit()
                || flowing && !detached && overdraft < held / URGENT_PART && isUrgent(priority);
    }

    private boolean isUrgent(int priority) {
        for (int p = 0; p < priority; p++) {
            if (heldByPriority[p] > 0) {
                return true;
            }
        }
        return false;
    }

    /** Gives credit back for a message that it could not be shown. */
    void refund(long bytes, int sinceReset) {
        if (sinceReset == resets) {
            credit++;
            byteCredit += bytes;
        }
    }

    /** How often its credit was forgotten: what was charged before is not refunded. */
    int resets() {
        return resets;
    }

    void charge(long bytes) {
        if (!hasCredit()) {
            overdraft++;
        }
        credit--;
        byteCredit -= bytes;
    }

    void took(Hold hold) {
        addFree(hold);
        hold.earlier = youngest;
        if (youngest == null) {
            oldest = hold;
        } else {
            youngest.later = hold;
        }
        youngest = hold;
        held++;
        heldByPriority[hold.priority]++;
    }

    private void addFree(Hold hold) {
        hold.previous = lastFree;
        if (lastFree == null) {
            firstFree = hold;
        } else {
            lastFree.next = hold;
        }
        lastFree = hold;
        free++;
    }

    /** Puts a hold among those that are free again. */
    void free(Hold hold) {
        hold.bound = false;
        hold.next = null;
        addFree(hold);
    }

    /** Takes a hold out of those that are free. */
    void bind(Hold hold) {
        if (hold.bound) {
            return;
        }
        hold.bound = true;
        free--;
        if (hold.previous == null) {
            firstFree = hold.next;
        } else {
            hold.previous.next = hold.next;
        }
        if (hold.next == null) {
            lastFree = hold.previous;
        } else {
            hold.next.previous = hold.previous;
        }
    }

    void dropped(Hold hold) {
        bind(hold);
        if (stream != null && stream.hold == hold) {
            stream.abandon();
        }
        client.holdings.dropped(hold.bytes);
        if (hold.earlier == null) {
            oldest = hold.later;
        } else {
            hold.earlier.later = hold.later;
        }
        if (hold.later == null) {
            youngest = hold.earlier;
        } else {
            hold.later.earlier = hold.earlier;
        }
        hold.earlier = null; // or one that is long dead would keep what came after it alive
        hold.later = null;
        held--;
        heldByPriority[hold.priority]--;
        if (detached && held == 0) {
            client.forget(this);
            group.freed(this);
        }
    }

    /** The free hold it has had for longest, or null; others follow from {@link Hold#next}. */
    Hold firstFree() {
        return firstFree;
    }

    /**
     * The hold it has had for longest, bound or not, or null; others follow from {@link
     * Hold#later}.
     */
    Hold oldest() {
        return oldest;
    }

    int freeCount() {
        return free;
    }

    /** Binds the free holds one by one, as they are asked for. */
    Iterator<Hold> bindFree() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return firstFree != null;
            }

            @Override
            public Hold next() {
                if (firstFree == null) {
                    throw new NoSuchElementException();
                }
                Hold hold = firstFree;
                bind(hold);
                return hold;
            }
        };
    }

    int heldCount() {
        return held;
    }

    boolean isDetached() {
        return detached;
    }

    void detach() {
        detached = true;
        flowing = false;
        if (held == 0) {
            client.forget(this);
        }
    }

    /** Begins to look in another way. */
    void looks(Looked newLooked) {
        looked = newLooked;
    }

    /** What it has looked at of the queue. */
    Looked looks() {
        return looked;
    }

    /**
     * Of each lane that goes on with it, the first message that is put aside; see {@link Lanes}.
     */
    OffsetSet fronts(int priority) {
        if (fronts == null) {
            fronts = OffsetSets.byPriority();
        }
        return fronts[priority];
    }

    /** Whether something is listed for it in a lane. */
    boolean hasFronts() {
        if (fronts != null) {
            for (OffsetSet set : fronts) {
                if (!set.isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }
}
