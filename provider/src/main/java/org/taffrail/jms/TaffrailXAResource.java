// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

import java.util.List;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * What a transaction manager has of a session: lets it work in branches, and ends branches of any
 * session of the user. It goes on to end branches when its session is closed, as long as the
 * connection is there.
 *
 * <p>Resources of one connection are the same resource manager: their sessions may work in one
 * branch together.
 */
final class TaffrailXAResource implements XAResource {
    private static final int SCAN = TMSTARTRSCAN | TMENDRSCAN;

    private final SessionCore session;
    private final BranchWork work;
    private final XaBranches branches;
    private volatile int timeoutSeconds;

    TaffrailXAResource(SessionCore session, BranchWork work) {
        this.session = session;
        this.work = work;
        this.branches = session.connection().branches();
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        org.taffrail.wire.Xid name = BranchXid.nameOf(xid);
        requireSession();
        switch (flags) {
            case TMNOFLAGS -> branches.begin(name, work, timeoutSeconds);
            case TMJOIN -> work.start(branches.find(name), false);
            case TMRESUME -> work.start(branches.find(name), true);
            default -> throw invalidFlags("start", flags);
        }
    }

    private void requireSession() throws XAException {
        try {
            session.state().checkNotClosed();
        } catch (JMSException e) {
            throw XaErrors.caused(XaErrors.make(XAException.XAER_RMFAIL, e.getMessage()), e);
        }
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        org.taffrail.wire.Xid name = BranchXid.nameOf(xid);
        switch (flags) {
            case TMSUCCESS -> {
                awaitSends();
                work.leave(branches.find(name), false);
            }
            case TMSUSPEND -> {
                awaitSends();
                work.suspend(branches.find(name));
            }
            // a manager whose time is over waits for nothing
            case TMFAIL -> work.leave(branches.find(name), true);
            default -> throw invalidFlags("end", flags);
        }
    }

    /** Waits for the completion listeners of sends, as the commit of a local transaction does. */
    private void awaitSends() throws XAException {
        try {
            session.checkNotInCompletion("a branch can't be ended");
        } catch (JMSException e) {
            throw XaErrors.caused(XaErrors.protocol(e.getMessage()), e);
        }
        session.completions().awaitAll();
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        return branches.prepare(BranchXid.nameOf(xid));
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        org.taffrail.wire.Xid name = BranchXid.nameOf(xid);
        if (onePhase) {
            branches.commitInOnePhase(name);
        } else {
            branches.commit(name);
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        branches.rollback(BranchXid.nameOf(xid));
    }

    @Override
    public void forget(Xid xid) throws XAException {
        branches.forget(BranchXid.nameOf(xid));
    }

    /**
     * Returns the branches that wait for their end: all of them where a scan is started, and so
     * none where one goes on.
     */
    @Override
    public Xid[] recover(int flag) throws XAException {
        if ((flag & ~SCAN) != 0) {
            throw invalidFlags("recover", flag);
        }
        List<org.taffrail.wire.Xid> names =
                (flag & TMSTARTRSCAN) == 0 ? List.of() : branches.list();
        return names.stream().map(BranchXid::new).toArray(Xid[]::new);
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other instanceof TaffrailXAResource resource && resource.branches == branches;
    }

    @Override
    public int getTransactionTimeout() {
        return timeoutSeconds;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        if (seconds < 0) {
            throw XaErrors.make(XAException.XAER_INVAL, seconds + " seconds");
        }
        timeoutSeconds = seconds;
        return true;
    }

    private static XAException invalidFlags(String method, int flags) {
        return XaErrors.make(
                XAException.XAER_INVAL, method + " with flags 0x" + Integer.toHexString(flags));
    }

    /** Returns whose resource it is, for the logs of transaction managers. */
    @Override
    public String toString() {
        return "TaffrailXAResource[" + session.name() + "]";
    }
}
