// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ManagedConnectionMetaData;

/** What a server may know of a connection in its pool. */
final class ConnectionFacts implements ManagedConnectionMetaData {
    private final String product;
    private final String version;
    private final String user;

    ConnectionFacts(Connection connection, String user) throws ResourceException {
        try {
            product = connection.getMetaData().getJMSProviderName();
            version = connection.getMetaData().getProviderVersion();
        } catch (JMSException e) {
            throw new ResourceException(e.getMessage(), e);
        }
        this.user = user;
    }

    @Override
    public String getEISProductName() {
        return product;
    }

    @Override
    public String getEISProductVersion() {
        return version;
    }

    /** Returns 0: the broker's configuration says how many there may be, and no client knows it. */
    @Override
    public int getMaxConnections() {
        return 0;
    }

    @Override
    public String getUserName() {
        return user;
    }
}
