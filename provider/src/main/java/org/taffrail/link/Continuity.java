// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame.Recognition;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a client has beyond the links that it uses one after the other: who it is for the broker,
 * the sends that are not finished, and the numbers of its transactions. One link has it at a time,
 * the one that was opened last; an earlier one, should it still be ending, leaves it alone.
 */
public final class Continuity {
    final UUID instance = UUID.randomUUID();

    /** The lock of each of the links; guards all that is not final here. */
    final ReentrantLock lock = new ReentrantLock();

    final SendWindow window = new SendWindow();
    private final AtomicLong lastTransaction = new AtomicLong();
    private final boolean resumable;
    private long producerId;
    private Object owner;

    private Continuity(boolean resumable) {
        this.resumable = resumable;
    }

    /**
     * Makes that of a client whose links follow one after the other.
     *
     * @return for the first of its links
     */
    public static Continuity resumable() {
        return new Continuity(true);
    }

    /** Makes that of a link that none follows. */
    static Continuity single() {
        return new Continuity(false);
    }

    /** Tells whether another link may follow. */
    boolean isResumable() {
        return resumable;
    }

    /** Gives it to a link. */
    void take(Object link) {
        owner = link;
    }

    /** Tells whether a link has it. */
    boolean isWith(Object link) {
        return owner == link;
    }

    /** Returns as whom the client has sent; 0 for none. */
    long producerId() {
        return producerId;
    }

    /**
     * Goes on as the broker lets it.
     *
     * @param newProducerId as whom the client sends from now on
     * @param forgotten what becomes of sends whose outcome nobody knows any more
     * @return the sends that have finished by that, in order; to be told outside the lock
     */
    List<SendWindow.Outcome> welcomed(
            long newProducerId, Recognition recognition, Throwable forgotten) {
        producerId = newProducerId;
        switch (recognition) {
            case KNOWN:
                window.sendAgain();
                return List.of();
            case NOTHING_LASTING:
                return window.sendAnew(newProducerId);
            default:
                List<SendWindow.Outcome> failed = window.fail(forgotten);
                window.restart();
                return failed;
        }
    }

    /**
     * Returns an id for a new transaction.
     *
     * @return higher than all before
     */
    public long newTransaction() {
        return lastTransaction.incrementAndGet();
    }

    /**
     * Returns the last transaction's id.
     *
     * @return 0 where there was none
     */
    public long lastTransaction() {
        return lastTransaction.get();
    }

    /**
     * Keeps a send no longer for being sent again through another link: who has sent it has given
     * it up.
     *
     * @param listener hears its outcome, if one comes
     */
    public void abandon(Link.SendListener listener) {
        List<SendWindow.Outcome> finished;
        lock.lock();
        try {
            finished =
                    window.abandon(
                            listener,
                            new WireException(ErrorCode.CONNECTION_LOST, "it was given up"));
        } finally {
            lock.unlock();
        }
        finished.forEach(outcome -> Waiters.safely(outcome::tell));
    }

    /**
     * Fails all sends that are not finished, as no link follows.
     *
     * @param lost why
     */
    public void abandon(Throwable lost) {
        List<SendWindow.Outcome> failed;
        lock.lock();
        try {
            owner = null;
            failed = window.fail(lost);
        } finally {
            lock.unlock();
        }
        failed.forEach(outcome -> Waiters.safely(outcome::tell));
    }
}
