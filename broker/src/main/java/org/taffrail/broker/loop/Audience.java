// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;

/** Who hears what the broker says, once it may be said. Called by the loop's owner. */
@FunctionalInterface
public interface Audience {
    /**
     * Takes a frame for a client.
     *
     * @param connection the client's connection; one that is gone is passed over
     * @param frame what; its bytes never change
     */
    void tell(long connection, BrokerFrame frame);

    /**
     * Hears that a client broke the protocol with a frame that was not decided when it came.
     *
     * @param connection the connection, which is to be ended
     * @param why what the client is told
     */
    default void violated(long connection, WireException why) {}

    /**
     * Hears that all which was to be told to a connection before its end has been told, and that
     * what its end has changed is durable.
     *
     * @param connection the connection
     */
    default void ended(long connection) {}
}
