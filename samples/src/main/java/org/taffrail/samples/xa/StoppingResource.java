// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.xa;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource that stops its process when the transaction manager calls it at a certain point. */
final class StoppingResource implements XAResource {
    private static final int RESOURCES = 2;

    private final XAResource resource;
    private final Stop stop;

    /** The point at which a transaction stops, shared by its resources. For one thread. */
    static final class Stop {
        private final StopAt at;
        private final Runnable action;
        private int prepared;

        /**
         * One for a transaction.
         *
         * @param action does not return
         */
        Stop(StopAt at, Runnable action) {
            this.at = at;
            this.action = action;
        }

        private void afterPrepare() {
            prepared++;
            if (at == StopAt.PREPARED && prepared == RESOURCES) {
                action.run();
            }
        }

        private void beforeCommit() {
            if (at == StopAt.DECIDED) {
                action.run();
            }
        }
    }

    StoppingResource(XAResource resource, Stop stop) {
        this.resource = resource;
        this.stop = stop;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        int vote = resource.prepare(xid);
        stop.afterPrepare();
        return vote;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        stop.beforeCommit();
        resource.commit(xid, onePhase);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        resource.rollback(xid);
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        resource.start(xid, flags);
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        resource.end(xid, flags);
    }

    @Override
    public void forget(Xid xid) throws XAException {
        resource.forget(xid);
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return resource.recover(flag);
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        return resource.isSameRM(
                other instanceof StoppingResource stopping ? stopping.resource : other);
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return resource.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return resource.setTransactionTimeout(seconds);
    }
}
