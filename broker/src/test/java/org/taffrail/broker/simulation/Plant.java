// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.core.Limits;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.loop.Audience;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.session.Outlet;
import org.taffrail.broker.store.Store;
import org.taffrail.wire.frame.ClientFrame;

/**
 * A place for a deliberate fault between the parts of a broker. The simulation proper runs with
 * {@link #NONE}; a test plants one fault at a time and expects the simulation to find it.
 */
interface Plant {
    /** No fault at all. */
    Plant NONE = new Plant() {};

    /** Stands between what is configured and the core. */
    default Limits limits(Limits limits) {
        return limits;
    }

    /** Stands between the loop and the store. */
    default Store store(Store store) {
        return store;
    }

    /** Hears of a loop before it serves. */
    default void started(Loop loop) {}

    /** Hears that nothing goes wrong any more from the next start on. */
    default void healed() {}

    /** Stands between the embedded store and its files. */
    default Folder folder(Folder folder) {
        return folder;
    }

    /** Stands between the loop and the sessions. */
    default Audience audience(Audience audience) {
        return audience;
    }

    /** Stands between what a client means and the bytes it says; null swallows the frame. */
    default ClientFrame frame(ClientFrame frame) {
        return frame;
    }

    /** Stands between the network and a session. */
    default Inlet inlet(Inlet inlet) {
        return inlet;
    }

    /** Stands between a session and the network. */
    default Outlet outlet(Outlet outlet) {
        return outlet;
    }
}
