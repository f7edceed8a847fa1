// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;

/**
 * Hears what those who look after a broker should know of its disk; the server writes it to the
 * log. Called by the loop's owner.
 */
public interface RoomObserver {
    /** Hears nothing. */
    RoomObserver NONE = new RoomObserver() {};

    /**
     * Hears that sends get no room from now on; everything else goes on.
     *
     * @param room what the store found
     * @param full why nothing at all can be appended; null where there is still the reserve
     * @param refuses whether sends are refused; otherwise they wait
     */
    default void shortOfRoom(StoreNotice.Room room, StoreException full, boolean refuses) {}

    /**
     * Hears that there is room again.
     *
     * @param room what the store found
     */
    default void roomAgain(StoreNotice.Room room) {}

    /**
     * Hears what else the store says.
     *
     * @param notice anything but a {@link StoreNotice.Room}; {@link StoreNotice.Scarce} where
     *     something of the history was given up because of it
     */
    default void noticed(StoreNotice notice) {}
}
