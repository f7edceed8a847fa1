// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.management;

import org.taffrail.broker.core.ConnectionStatus;
import org.taffrail.broker.core.Page;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/** Who is connected, as managers are told of it. Owned by the broker's thread. */
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
     * A client that was let in.
     *
     * @param status what it has
     * @param peer who it is
     */
    record Connected(ConnectionStatus status, Peer peer) {}

    /**
     * Looks for a connection, be it on its way in or out.
     *
     * @param connection its number
     * @return who it is; null where there is none
     */
    Peer find(long connection);

    /**
     * Looks for a client that was let in and is not on its way out.
     *
     * @param connection its number
     * @return null where there is none now
     */
    Connected connected(long connection);

    /**
     * Lists those that were let in, in the order in which they came.
     *
     * @param after where to begin: {@link Page#next} of the page before, null for the first
     * @param rowsMax at most so many
     * @return the page
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if there is no such page
     */
    Page<Connected> page(String after, int rowsMax);
}
