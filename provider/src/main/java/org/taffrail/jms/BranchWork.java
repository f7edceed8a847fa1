// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;

import org.taffrail.wire.frame.ClientFrame;

import java.util.concurrent.CompletableFuture;

import javax.transaction.xa.XAException;

/**
 * What a session does in branches of global transactions: in one at a time, which its {@link
 * TaffrailXAResource} says. Outside of any it neither sends nor receives.
 */
final class BranchWork extends TransactedWork {
    /** What the session works in; null outside. Guarded by the session's lock. */
    private Branch branch;

    BranchWork(SessionCore session) {
        super(session);
    }

    /**
     * Begins to work in a branch, or goes on.
     *
     * @throws XAException {@link XAException#XAER_PROTO} if the session works in one, or as {@link
     *     Branch#join} and {@link Branch#resume}
     */
    void start(Branch started, boolean resumed) throws XAException {
        session().state().lock();
        try {
            if (branch != null) {
                throw XaErrors.protocol("the resource is in a branch: " + branch.xid());
            }
            if (resumed) {
                started.resume(this);
            } else {
                started.join(this);
            }
            branch = started;
        } finally {
            session().state().unlock();
        }
    }

    /**
     * Puts the work in a branch aside, to be resumed.
     *
     * @throws XAException as {@link Branch#suspend}
     */
    void suspend(Branch suspended) throws XAException {
        session().state().lock();
        try {
            suspended.suspend(this);
            left(suspended);
        } finally {
            session().state().unlock();
        }
    }

    /**
     * Ends the work in a branch.
     *
     * @throws XAException as {@link Branch#leave}
     */
    void leave(Branch ended, boolean failed) throws XAException {
        session().state().lock();
        try {
            ended.leave(this, failed);
            left(ended);
        } finally {
            session().state().unlock();
        }
    }

    private void left(Branch from) {
        flushIn(from);
        if (branch == from) {
            branch = null;
        }
    }

    /** Tells the broker what is accepted in a branch. Called under the session's lock. */
    void flushIn(Branch accepting) {
        if (branch == accepting) {
            flush(accepting.transactionId());
        }
    }

    @Override
    long begun() throws JMSException {
        return required().begin(link());
    }

    private Branch required() throws IllegalStateException {
        if (branch == null) {
            throw new IllegalStateException(
                    "the session is in no global transaction: its XAResource is not enlisted");
        }
        return branch;
    }

    @Override
    public void checkMayReceive() throws JMSException {
        session().state().lock();
        try {
            required().requireUsable();
        } finally {
            session().state().unlock();
        }
    }

    @Override
    public void checkMayListen() throws IllegalStateException {
        throw new IllegalStateException(
                "a session of an XAConnection calls no message listeners: nobody could enlist its"
                        + " XAResource before a message is delivered; receive in the transaction");
    }

    /** A message that came when its branch was over, or suspended, was not received. */
    @Override
    public void received(Held held) throws JMSException {
        try {
            super.received(held);
        } catch (JMSException e) {
            try {
                giveBack(held);
            } catch (JMSException notGiven) {
                e.addSuppressed(notGiven);
            }
            throw e;
        }
    }

    private void giveBack(Held held) throws JMSException {
        session()
                .rewind(
                        session().consumers(),
                        () -> Replies.one(link(), held, ClientFrame.Verb.RELEASE_UNSEEN));
    }

    @Override
    void doom(long transactionId, Throwable cause) {
        session().connection().branches().refused(transactionId, cause);
    }

    /** The connection dooms its branches itself, also those that no session is in. */
    @Override
    public void interrupted(Throwable cause) {
        forgetAccepted();
    }

    /**
     * Rolls the branch back that the session is in, as the close of any transacted session does.
     * The session stays in it, so that its transaction manager can end that, and hears of it when
     * it prepares.
     */
    @Override
    public CompletableFuture<Void> close() {
        if (branch == null || branch.transactionId() == 0) {
            return Replies.nothing();
        }
        branch.closed();
        flushIn(branch);
        return link().rollback(branch.transactionId());
    }
}
