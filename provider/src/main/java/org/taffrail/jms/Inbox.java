// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import org.taffrail.link.Link;
import org.taffrail.wire.frame.ClientFrame;

import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * The incoming side of one consumer: its credit, what was sent ahead, and the gate that lets
 * deliveries in.
 *
 * <p>The gate is open while the connection is started, the consumer lives and nothing is being
 * rewound. <em>Shutting</em> takes the credit back; <em>giving back</em> then releases all that
 * waits here as unseen, and sends a drain behind it, the fence: what arrives before its answer was
 * under way and is released as unseen too. Only then may the gate open with new credit. So whatever
 * the broker delivers next, it delivers in its order: no message that was under way gets ahead of
 * one that went back.
 *
 * <p>Everything is called under the session's lock, except the methods of {@link
 * Link.ConsumerListener}, which take it.
 */
final class Inbox implements Link.ConsumerListener {
    private final SessionState state;
    private final Link link;
    private final Link.ConsumerSpec spec;
    private final int consumerId;
    private final CreditWindow credit;
    private final LongSupplier brokerClock;
    private final ConsumerBuffer buffer = new ConsumerBuffer();
    private final Settlements unseen = new Settlements();
    private boolean attached;
    private boolean open;
    private boolean rewinding;
    private boolean asked;
    private boolean draining;
    private boolean detached;
    private CompletableFuture<Void> fence;
    private Throwable ended;

    /**
     * Makes the inbox of a consumer that is not attached yet.
     *
     * @param brokerClock the broker's clock, ms since 1970: the one that decides on expiry
     */
    Inbox(
            SessionState state,
            Link link,
            Link.ConsumerSpec spec,
            CreditWindow credit,
            LongSupplier brokerClock) {
        this.state = state;
        this.link = link;
        this.spec = spec;
        this.consumerId = spec.consumerId();
        this.credit = credit;
        this.brokerClock = brokerClock;
    }

    @Override
    public void delivered(Link.Delivery delivery) {
        state.lock();
        try {
            credit.delivered(delivery.record().length);
            if (asked) {
                // one was asked for: without this an urgent one more could come on top
                asked = false;
                credit.forget();
                link.credit(consumerId, 0, 0, true);
            }
            if (open) {
                buffer.add(Held.of(delivery, spec.source()));
                state.signal();
            } else {
                unseen.add(delivery);
                if (fence == null) {
                    releaseUnseen();
                }
            }
        } finally {
            state.unlock();
        }
    }

    @Override
    public void closed(Throwable cause) {
        state.lock();
        try {
            ended = cause;
            open = false;
            state.signal();
        } finally {
            state.unlock();
        }
    }

    /** Takes note that the broker knows the consumer. */
    void attached() {
        attached = true;
        reopen();
    }

    /**
     * Forgets what was sent ahead, and all credit: the connection was interrupted. What was held
     * here comes again.
     */
    void interrupted() {
        open = false;
        asked = false;
        fence = null;
        buffer.drainTo(lost -> {});
        unseen.clear();
        credit.forget();
        state.signal();
    }

    /** Begins anew: the broker knows the consumer again. */
    void restored() {
        interrupted();
        reopen();
    }

    /** Opens the gate if nothing speaks against it. */
    void reopen() {
        boolean wanted =
                attached && state.isDelivering() && !rewinding && !detached && ended == null;
        if (wanted && !open && fence == null) {
            open = true;
            credit.forget(); // what was under way when it was taken back counted once more
            replenish();
            state.signal();
        }
    }

    /** Shuts the gate: takes the credit back. What waits stays until {@link #giveBack}. */
    void shut() {
        if (open) {
            open = false;
            asked = false;
            credit.forget();
            link.credit(consumerId, 0, 0, true);
        }
    }

    /** Begins a rewind: shuts the gate and keeps it shut until {@link #endRewind}. */
    void beginRewind() {
        rewinding = true;
        shut();
    }

    /** Ends a rewind: the gate opens, as soon as the fence is answered. */
    void endRewind() {
        rewinding = false;
        reopen();
    }

    /**
     * Releases what waits here, once the gate is shut, and sets the fence. One that stands already
     * serves: the gate was not open since, so that nothing is under way that it does not catch, and
     * new credit will follow all that is released now. A connection that is stopped and started in
     * a loop sends one drain for each answer, and not one for each turn.
     */
    void giveBack() {
        if (!attached || detached || ended != null) {
            return;
        }
        buffer.drainTo(unseen::add);
        releaseUnseen();
        if (fence != null) {
            return;
        }
        CompletableFuture<Void> newFence = link.drain(consumerId, 0, 0);
        fence = newFence;
        newFence.whenComplete((nothing, failure) -> fenceAnswered(newFence));
    }

    private void fenceAnswered(CompletableFuture<Void> answered) {
        state.lock();
        try {
            if (fence == answered) {
                fence = null;
                releaseUnseen();
                reopen();
            }
        } finally {
            state.unlock();
        }
    }

    /**
     * Ends the consumer: releases what waits as unseen and detaches. What the application has and
     * did not acknowledge stays held by the session.
     *
     * @return when the broker has done it
     */
    CompletableFuture<Void> detach() {
        if (detached) {
            return CompletableFuture.completedFuture(null);
        }
        shut();
        detached = true;
        if (ended != null || !attached) {
            return CompletableFuture.completedFuture(null);
        }
        buffer.drainTo(unseen::add);
        releaseUnseen();
        CompletableFuture<Void> done = link.detach(consumerId);
        fence = done;
        return done.whenComplete((nothing, failure) -> fenceAnswered(done));
    }

    /**
     * Takes the next message that is not expired. An expired one goes back unseen: it is the broker
     * that expires it, counts it and moves it to where expired messages go.
     *
     * @return null where there is none now
     */
    Held take() {
        if (!open) {
            return null;
        }
        Held held = buffer.poll();
        while (held != null && isExpired(held)) {
            unseen.add(held);
            held = buffer.poll();
        }
        releaseUnseen();
        replenish();
        return held;
    }

    private boolean isExpired(Held held) {
        return held.expirationMs() != 0 && held.expirationMs() <= brokerClock.getAsLong();
    }

    /** Puts a message back that {@link #take} gave, as if it had not. */
    void putBack(Held held) {
        if (open) {
            buffer.putBack(held);
            state.signal();
        } else {
            unseen.add(held);
            releaseUnseen();
        }
    }

    boolean hasMessage() {
        return open && !buffer.isEmpty();
    }

    boolean isOpen() {
        return open;
    }

    /** Asks for one message where nothing is sent ahead and none is on its way. */
    void want() {
        boolean idle = open && !draining && buffer.isEmpty();
        if (idle && credit.isPull() && credit.replenishOne()) {
            asked = true;
            link.credit(consumerId, credit.grantMessages(), credit.grantBytes(), false);
        }
    }

    /**
     * Asks the broker for what it can deliver now, up to the credit it has, and takes the rest of
     * the credit back.
     *
     * @return when all is here
     */
    CompletableFuture<Void> beginDrain() {
        draining = true;
        asked = false;
        if (credit.messages() <= 0 && credit.replenishOne()) {
            return link.drain(consumerId, credit.grantMessages(), credit.grantBytes());
        }
        return link.drain(consumerId, 0, 0);
    }

    /** Ends a drain that was answered; what is sent ahead is granted again. */
    void endDrain() {
        draining = false;
        if (open) {
            credit.forget();
            replenish();
        }
    }

    /** Returns why the broker has ended the consumer, or null. */
    Throwable ended() {
        return ended;
    }

    private void replenish() {
        if (open && !draining && credit.replenish(buffer.size(), buffer.bytes())) {
            link.credit(consumerId, credit.grantMessages(), credit.grantBytes(), false);
        }
    }

    private void releaseUnseen() {
        if (!unseen.isEmpty()) {
            unseen.settle(link, 0, ClientFrame.Verb.RELEASE_UNSEEN);
        }
    }
}
