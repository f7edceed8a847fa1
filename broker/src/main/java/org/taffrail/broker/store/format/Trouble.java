// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.format;

import org.taffrail.broker.store.StoreException;

/** Hears of damage while a file is read; whoever can't go on throws it. */
@FunctionalInterface
public interface Trouble {
    /** Goes on with nothing that is damaged. */
    Trouble REFUSED =
            damage -> {
                throw damage;
            };

    /**
     * Hears of damage.
     *
     * @param damage says where; what is damaged is left out if this returns
     * @throws StoreException to end reading
     */
    void found(StoreException damage) throws StoreException;
}
