// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import jakarta.jms.JMSException;
import jakarta.jms.XAConnection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * What a transaction manager ends branches with that nobody works in any more: of this server
 * before it died, of connections that were lost. It connects when it is first asked, and once more
 * after a loss; no work can be begun with it.
 *
 * <p>Thread-safe; one call at a time.
 */
final class RecoveryResource implements XAResource {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryResource.class);

    private final BrokerAccess access;
    private XAConnection connection;
    private XAResource resource;
    private boolean closed;

    RecoveryResource(BrokerAccess access) {
        this.access = access;
    }

    /** What is asked of a resource. */
    private interface Question<T> {
        T ask(XAResource resource) throws XAException;
    }

    /** Asks; over a new connection, if the one that is there turns out to be lost. */
    private synchronized <T> T ask(Question<T> question) throws XAException {
        boolean fresh = resource == null;
        try {
            return question.ask(connected());
        } catch (XAException e) {
            if (e.errorCode != XAException.XAER_RMFAIL) {
                throw e;
            }
            disconnect();
            if (fresh) {
                throw e;
            }
            return question.ask(connected());
        }
    }

    private XAResource connected() throws XAException {
        if (closed) {
            throw failure("the resource adapter is stopped", null);
        }
        if (resource == null) {
            try {
                connection = access.factory().createXAConnection();
                resource = connection.createXASession().getXAResource();
            } catch (JMSException e) {
                disconnect();
                throw failure("no connection to recover with: " + e.getMessage(), e);
            }
        }
        return resource;
    }

    private static XAException failure(String message, Throwable cause) {
        XAException made = new XAException(message);
        made.errorCode = XAException.XAER_RMFAIL;
        made.initCause(cause);
        return made;
    }

    private void disconnect() {
        XAConnection ended = connection;
        connection = null;
        resource = null;
        if (ended != null) {
            try {
                ended.close();
            } catch (JMSException e) {
                LOG.debug("event=recovery_connection_not_closed", e);
            }
        }
    }

    /** Ends the connection; what follows is refused. */
    synchronized void close() {
        closed = true;
        disconnect();
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return ask(resource -> resource.recover(flag));
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        ask(
                resource -> {
                    resource.commit(xid, onePhase);
                    return null;
                });
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        ask(
                resource -> {
                    resource.rollback(xid);
                    return null;
                });
    }

    @Override
    public void forget(Xid xid) throws XAException {
        ask(
                resource -> {
                    resource.forget(xid);
                    return null;
                });
    }

    /** Tells whether it ends the same branches: those of one user at one broker. */
    @Override
    public boolean isSameRM(XAResource other) {
        return other instanceof RecoveryResource recovery && access.equals(recovery.access);
    }

    private static XAException noWork() {
        XAException refusal = new XAException("this resource is for recovery alone");
        refusal.errorCode = XAException.XAER_PROTO;
        return refusal;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        throw noWork();
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        throw noWork();
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        throw noWork();
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }

    /** Returns where it recovers, for the logs of transaction managers. */
    @Override
    public String toString() {
        return "RecoveryResource[" + access + "]";
    }
}
