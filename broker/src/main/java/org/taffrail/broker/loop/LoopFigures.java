// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.store.StoreFigures;

/**
 * What a loop says of its work since it was made.
 *
 * @param batches how many batches it has appended
 * @param batchBytes how many bytes these had
 * @param shortOfRoom whether there is no room for sends: they wait, or are refused
 * @param heldBytes how many bytes of sends wait, for room or until their destination is opened
 * @param store what its store says
 */
public record LoopFigures(
        long batches, long batchBytes, boolean shortOfRoom, long heldBytes, StoreFigures store) {
    /**
     * Tells whether there is a limit on what could be written.
     *
     * @return false in memory, where {@link #freeBytes} means nothing
     */
    public boolean isRoomLimited() {
        return store.freeBytes() != Long.MAX_VALUE;
    }

    /**
     * Returns what could still be written.
     *
     * @return bytes
     */
    public long freeBytes() {
        return store.freeBytes();
    }

    /**
     * Returns below which room sends wait or are refused.
     *
     * @return bytes
     */
    public long reserveBytes() {
        return store.reserveBytes();
    }

    /**
     * Counts forces.
     *
     * @return how many have ended
     */
    public long forces() {
        return store.forces();
    }

    /**
     * Sums up how long forces took.
     *
     * @return ns
     */
    public long forceNs() {
        return store.forceNs();
    }
}
