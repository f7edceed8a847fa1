// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** The pool of an application server, and the global transaction of its one thread. */
final class FakePool implements ConnectionManager, ConnectionEventListener {
    private static final long serialVersionUID = 1L;

    final transient Set<ManagedConnection> free = new LinkedHashSet<>();
    final transient List<ConnectionEvent> errors = new ArrayList<>();
    transient int made;

    /** What takes part in the transaction, by the names of its branches; null outside of one. */
    private transient Map<Xid, XAResource> enlisted;

    private final transient List<ManagedConnection> afterwards = new ArrayList<>();

    @Override
    public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo info)
            throws ResourceException {
        ManagedConnection found = factory.matchManagedConnections(free, null, info);
        if (found == null) {
            found = factory.createManagedConnection(null, info);
            found.addConnectionEventListener(this);
            made++;
        }
        free.remove(found);
        if (enlisted != null) {
            enlist(found.getXAResource());
        }
        return found.getConnection(null, info);
    }

    private void enlist(XAResource resource) throws ResourceException {
        try {
            Xid xid = FakeBeans.Name.next();
            resource.start(xid, XAResource.TMNOFLAGS);
            enlisted.put(xid, resource);
        } catch (XAException e) {
            throw new ResourceException(e);
        }
    }

    void begin() {
        enlisted = new LinkedHashMap<>();
    }

    /** Ends the transaction in two phases. */
    void end(boolean commit) throws XAException, ResourceException {
        prepare();
        for (Map.Entry<Xid, XAResource> branch : enlisted.entrySet()) {
            if (commit) {
                branch.getValue().commit(branch.getKey(), false);
            } else {
                branch.getValue().rollback(branch.getKey());
            }
        }
        enlisted = null;
        for (ManagedConnection connection : afterwards) {
            connection.cleanup();
            free.add(connection);
        }
        afterwards.clear();
    }

    /** The first phase, after which the server may die. */
    void prepare() throws XAException {
        for (Map.Entry<Xid, XAResource> branch : enlisted.entrySet()) {
            branch.getValue().end(branch.getKey(), XAResource.TMSUCCESS);
            branch.getValue().prepare(branch.getKey());
        }
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
        ManagedConnection connection = (ManagedConnection) event.getSource();
        if (enlisted != null) {
            afterwards.add(connection);
            return;
        }
        try {
            connection.cleanup();
        } catch (ResourceException e) {
            throw new AssertionError(e);
        }
        free.add(connection);
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        errors.add(event);
    }

    @Override
    public void localTransactionStarted(ConnectionEvent event) {
        throw new AssertionError("applications begin none");
    }

    @Override
    public void localTransactionCommitted(ConnectionEvent event) {
        throw new AssertionError("applications begin none");
    }

    @Override
    public void localTransactionRolledback(ConnectionEvent event) {
        throw new AssertionError("applications begin none");
    }

    void destroyAll() throws ResourceException {
        for (ManagedConnection connection : free) {
            connection.destroy();
        }
    }
}
