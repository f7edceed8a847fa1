// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;

import java.io.Serializable;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Watches a resource of global transactions. It is no dynamic proxy: those are always {@code
 * Serializable}, and a transaction manager writes a resource that is into its log. So it has the
 * one interface that transaction managers use; a resource with others that are meant for them is
 * not watched.
 */
final class WatchedXaResource implements XAResource {
    private static final String[] FOR_MANAGERS = {
        "org.jboss.", "com.arjuna.", "com.atomikos.", "bitronix.", "com.ibm.tx.", "com.ibm.ws."
    };

    private final XAResource resource;
    private final Recorder recorder;

    WatchedXaResource(XAResource resource, Recorder recorder) {
        this.resource = resource;
        this.recorder = recorder;
    }

    /** Tells whether a transaction manager can't tell the difference. */
    static boolean canWatch(XAResource resource) {
        return !(resource instanceof Serializable) && !isMarked(resource.getClass());
    }

    private static boolean isMarked(Class<?> type) {
        if (type == null) {
            return false;
        }
        if (type.isInterface()) {
            for (String prefix : FOR_MANAGERS) {
                if (type.getName().startsWith(prefix)) {
                    return true;
                }
            }
        }
        for (Class<?> each : type.getInterfaces()) {
            if (isMarked(each)) {
                return true;
            }
        }
        return isMarked(type.getSuperclass());
    }

    XAResource resource() {
        return resource;
    }

    private void used(Feature feature, String detail) {
        try {
            recorder.used(feature, detail);
        } catch (RuntimeException | LinkageError e) {
            recorder.failed(e);
        }
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        resource.start(xid, flags);
        used(Feature.XA_START, "");
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        resource.end(xid, flags);
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        int vote = resource.prepare(xid);
        used(Feature.XA_PREPARE, "");
        return vote;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        resource.commit(xid, onePhase);
        used(Feature.XA_COMMIT, onePhase ? "one-phase" : "two-phase");
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        resource.rollback(xid);
        used(Feature.XA_ROLLBACK, "");
    }

    @Override
    public void forget(Xid xid) throws XAException {
        resource.forget(xid);
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        Xid[] xids = resource.recover(flag);
        used(Feature.XA_RECOVER, "");
        return xids;
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        return resource.isSameRM((XAResource) Taps.unwrapped(other));
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return resource.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return resource.setTransactionTimeout(seconds);
    }

    @Override
    public boolean equals(Object other) {
        return other == this || resource.equals(Taps.unwrapped(other));
    }

    @Override
    public int hashCode() {
        return resource.hashCode();
    }

    @Override
    public String toString() {
        return resource.toString();
    }
}
