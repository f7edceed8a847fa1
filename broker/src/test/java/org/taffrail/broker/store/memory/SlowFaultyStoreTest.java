// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.memory;

import org.taffrail.broker.store.StagingContract;
import org.taffrail.broker.store.Store;

/** A faulty store that is only slow keeps the whole contract. */
class SlowFaultyStoreTest extends StagingContract {
    private final MemoryLog log = new MemoryLog();
    private long seed;

    @Override
    protected Store open() {
        return new FaultyStore(log, FaultyStore.Faults.SLOW, seed++);
    }
}
