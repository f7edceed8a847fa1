// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.TransactionRolledBackException;

import org.taffrail.link.Link;
import org.taffrail.wire.Xid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;

import javax.transaction.xa.XAException;

/**
 * One branch of a global transaction that sessions of this connection work in: its state, and which
 * moves are legal (X/Open XA, chapter 6).
 *
 * <pre>
 *               join, resume                beginEnding             prepared
 *   no session  ----------->  working  ...  -----------> ending  -----------> prepared
 *   works in it <-----------                                |
 *               leave, suspend                              +--> ended, and forgotten here
 * </pre>
 *
 * Each session is in it, has suspended its part, or has left; only when all have left may it be
 * prepared, committed or rolled back. An illegal move is {@link XAException#XAER_PROTO}.
 *
 * <p>Thread-safe. Its monitor is taken under sessions' locks; no other lock is taken under it.
 */
final class Branch {
    private enum State {
        WORKING,
        ENDING,
        PREPARED
    }

    private final Xid xid;
    private final Set<BranchWork> active = new LinkedHashSet<>();
    private final Set<BranchWork> suspended = new LinkedHashSet<>();

    /** All that were ever in it. */
    private final Set<BranchWork> workers = new LinkedHashSet<>();

    private State state = State.WORKING;

    /** The transaction of the link; 0 while nothing was done in it. */
    private long transactionId;

    private Doom doom;
    private Future<?> timer;

    Branch(Xid xid) {
        this.xid = xid;
    }

    Xid xid() {
        return xid;
    }

    // ---- sessions come and go

    /**
     * A session begins to work in it.
     *
     * @throws XAException {@link XAException#XAER_PROTO} if it does already, has suspended its
     *     part, or the branch is being ended; one of {@code XA_RB*} if it can only be rolled back
     */
    synchronized void join(BranchWork work) throws XAException {
        if (active.contains(work) || suspended.contains(work)) {
            throw XaErrors.protocol("the resource is in the branch already");
        }
        requireAlive();
        active.add(work);
        workers.add(work);
    }

    /**
     * A session takes up what it, or if it has not, another session has suspended.
     *
     * @throws XAException {@link XAException#XAER_PROTO} if none has, or the branch is being ended;
     *     one of {@code XA_RB*} if it can only be rolled back
     */
    synchronized void resume(BranchWork work) throws XAException {
        if (active.contains(work) || suspended.isEmpty()) {
            throw XaErrors.protocol("nothing of the branch is suspended");
        }
        requireAlive();
        if (!suspended.remove(work)) {
            suspended.remove(suspended.iterator().next());
        }
        active.add(work);
        workers.add(work);
    }

    private void requireAlive() throws XAException {
        if (state != State.WORKING) {
            throw XaErrors.protocol("the branch is being ended, or is prepared");
        }
        if (doom != null) {
            throw doom.toManager();
        }
    }

    /**
     * A session puts its part aside.
     *
     * @throws XAException {@link XAException#XAER_PROTO} if it has none
     */
    synchronized void suspend(BranchWork work) throws XAException {
        if (!active.remove(work)) {
            throw XaErrors.protocol("the resource is not in the branch");
        }
        suspended.add(work);
    }

    /**
     * A session leaves it. Also where the branch is doomed that is no failure: Narayana, which
     * leaves on the way to prepare, would call nothing more after one, so that the branch would
     * hold its messages for ever, and Atomikos takes no notice; prepare and the commit in one phase
     * say it.
     *
     * @param failed whether that makes it one that can only be rolled back
     * @throws XAException {@link XAException#XAER_PROTO} if the session has no part in it
     */
    synchronized void leave(BranchWork work, boolean failed) throws XAException {
        if (!active.remove(work) && !suspended.remove(work)) {
            throw XaErrors.protocol("the resource is not in the branch");
        }
        if (failed && doom == null) {
            doom = Doom.failed();
        }
    }

    /**
     * Returns the transaction of the link that its work is done in; begins it if need be.
     *
     * @throws TransactionRolledBackException if it is rolled back already
     */
    synchronized long begin(Link link) throws TransactionRolledBackException {
        requireUsable();
        if (transactionId == 0) {
            transactionId = link.newTransaction();
        }
        return transactionId;
    }

    /**
     * Demands that something may still be done in it.
     *
     * @throws TransactionRolledBackException if it is rolled back already
     */
    synchronized void requireUsable() throws TransactionRolledBackException {
        if (doom != null && doom.over()) {
            throw doom.toApplication();
        }
    }

    // ---- doom

    /** Takes note that a send was refused, if it was one of this branch. */
    synchronized void refused(long refusedIn, Throwable cause) {
        if (transactionId == refusedIn && doom == null) {
            doom = Doom.refused(cause);
        }
    }

    /** Takes note that the connection is lost: what was done and is not prepared went with it. */
    synchronized void interrupted(Throwable cause) {
        if (state == State.WORKING && transactionId != 0) {
            overBy(Doom.interrupted(cause));
        }
    }

    /** Takes note that a session that works in it is closed. */
    synchronized void closed() {
        overBy(Doom.closed());
    }

    /**
     * Takes note that its time is over.
     *
     * @return whether it is to be rolled back for that
     */
    synchronized boolean timedOut(int seconds) {
        return state == State.WORKING && overBy(Doom.timedOut(seconds));
    }

    private boolean overBy(Doom cause) {
        if (doom != null && doom.over()) {
            return false;
        }
        doom = cause;
        return true;
    }

    // ---- the end

    synchronized void timer(Future<?> newTimer) {
        timer = newTimer;
    }

    /**
     * Begins its end.
     *
     * @return why it can only be rolled back, or null
     * @throws XAException {@link XAException#XAER_PROTO} if a session has not left, or it is being
     *     ended already or prepared
     */
    synchronized Doom beginEnding() throws XAException {
        if (state != State.WORKING || !active.isEmpty() || !suspended.isEmpty()) {
            throw XaErrors.protocol(
                    state != State.WORKING
                            ? "the branch is being ended, or is prepared"
                            : "a resource was not ended with TMSUCCESS or TMFAIL");
        }
        state = State.ENDING;
        if (timer != null) {
            timer.cancel(false);
        }
        return doom;
    }

    synchronized void prepared() {
        state = State.PREPARED;
    }

    synchronized boolean isPrepared() {
        return state == State.PREPARED;
    }

    /** Returns the transaction of the link; 0 where nothing was done. */
    synchronized long transactionId() {
        return transactionId;
    }

    /** Returns all sessions' work that was ever in it, in the order of the sessions' numbers. */
    synchronized List<BranchWork> workers() {
        List<BranchWork> sorted = new ArrayList<>(workers);
        sorted.sort(Comparator.comparingInt(work -> work.session().number()));
        return sorted;
    }
}
