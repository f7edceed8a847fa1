// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.resource.spi.ManagedConnectionFactory;

import org.taffrail.jms.TaffrailConnectionFactory;

/** A factory of connections for a server's pool that tells what it connects with. */
public interface PhysicalConnections extends ManagedConnectionFactory {
    /**
     * Makes a factory of the provider with the settings of this one.
     *
     * @return a new factory
     */
    TaffrailConnectionFactory physicalFactory();

    /**
     * Returns the client id of the connections.
     *
     * @return the client id or null
     */
    String getClientId();
}
