// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.loop.Audience;
import org.taffrail.broker.store.Store;
import org.taffrail.wire.frame.ClientFrame;

/**
 * A place for a deliberate fault between the parts of a broker. The simulation proper runs with
 * {@link #NONE}; a test plants one fault at a time and expects the simulation to find it.
 */
interface Plant {
    /** No fault at all. */
    Plant NONE = new Plant() {};

    /** Stands between the loop and the store. */
    default Store store(Store store) {
        return store;
    }

    /** Stands between the loop and the clients. */
    default Audience audience(Audience audience) {
        return audience;
    }

    /** Stands between a client and the loop; null swallows the frame. */
    default ClientFrame frame(ClientFrame frame) {
        return frame;
    }

    /** Whether the broker hears that a connection has ended. */
    default boolean hearsDisconnect() {
        return true;
    }
}
