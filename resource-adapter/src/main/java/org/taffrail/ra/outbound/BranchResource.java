// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * The resource of a connection in the server's pool, which remembers whether its session works in a
 * branch now. May be called from any thread.
 */
final class BranchResource implements XAResource {
    private final XAResource physical;
    private volatile boolean inBranch;

    BranchResource(XAResource physical) {
        this.physical = physical;
    }

    boolean isInBranch() {
        return inBranch;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        physical.start(xid, flags);
        inBranch = true;
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        try {
            physical.end(xid, flags);
        } finally {
            inBranch = false;
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        return physical.prepare(xid);
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        physical.commit(xid, onePhase);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        physical.rollback(xid);
    }

    @Override
    public void forget(Xid xid) throws XAException {
        physical.forget(xid);
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return physical.recover(flag);
    }

    /** Tells whether both are of one connection: only then can they work in one branch. */
    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        return physical.isSameRM(other instanceof BranchResource branch ? branch.physical : other);
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return physical.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return physical.setTransactionTimeout(seconds);
    }

    /** Returns whose resource it is, for the logs of transaction managers. */
    @Override
    public String toString() {
        return physical.toString();
    }
}
