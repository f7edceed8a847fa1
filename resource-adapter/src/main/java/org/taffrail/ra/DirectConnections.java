// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection manager of those who have none (Jakarta Connectors 6.5.2): no pool, no
 * transactions; a connection lives as long as its handle.
 */
final class DirectConnections implements ConnectionManager {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DirectConnections.class);

    @Override
    public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo info)
            throws ResourceException {
        ManagedConnection made = factory.createManagedConnection(null, info);
        made.addConnectionEventListener(new Destroyer(made));
        return made.getConnection(null, info);
    }

    /** Ends a connection when its handle is closed. */
    private record Destroyer(ManagedConnection connection) implements ConnectionEventListener {
        @Override
        public void connectionClosed(ConnectionEvent event) {
            destroy();
        }

        private void destroy() {
            try {
                connection.destroy();
            } catch (ResourceException e) {
                LOG.debug("event=connection_not_closed", e);
            }
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            destroy();
        }

        @Override
        public void localTransactionStarted(ConnectionEvent event) {
            // nobody here to take note
        }

        @Override
        public void localTransactionCommitted(ConnectionEvent event) {
            // nobody here to take note
        }

        @Override
        public void localTransactionRolledback(ConnectionEvent event) {
            // nobody here to take note
        }
    }
}
