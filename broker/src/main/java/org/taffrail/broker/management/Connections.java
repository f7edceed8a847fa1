// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.management;

/** Who is connected, as managers are told of it. */
@FunctionalInterface
public interface Connections {
    /**
     * Who a connection is.
     *
     * @param peer names the client's end
     * @param user who the client is, or null
     * @param clientId its client id, or null
     * @param product name and version of the client, or null
     */
    record Peer(String peer, String user, String clientId, String product) {}

    /**
     * Looks for a connection.
     *
     * @param connection its number
     * @return who it is; null where there is none
     */
    Peer find(long connection);
}
