// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.memory.MemoryLog;
import org.taffrail.broker.store.memory.MemoryStore;

/** Opens a broker's store: at its start, and again after each failure. */
@FunctionalInterface
public interface StoreFactory {
    /**
     * Opens the store, which nobody has claimed yet. Called on the broker's thread.
     *
     * @return a new store over the same data as the last one, which is closed
     * @throws StoreException if it can't be opened
     */
    Store open() throws StoreException;

    /**
     * Says what the store found when it was recovered, for the log.
     *
     * @param store one that this factory has opened, and that has recovered since
     * @return such as {@code clean=true batches=12}
     */
    default String found(Store store) {
        return "store=" + store.getClass().getSimpleName();
    }

    /**
     * Chooses the store that a configuration asks for.
     *
     * @param config the configuration
     * @return the journal in the data folder, or memory where there is no folder
     */
    static StoreFactory of(BrokerConfig config) {
        if (config.get(BrokerKeys.DATA) == null) {
            MemoryLog log = new MemoryLog();
            return () -> new MemoryStore(log);
        }
        return new JournalFactory(config);
    }
}
