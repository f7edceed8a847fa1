// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.memory;

import org.taffrail.broker.store.StagingContract;
import org.taffrail.broker.store.Store;

class MemoryStoreTest extends StagingContract {
    private final MemoryLog log = new MemoryLog();

    @Override
    protected Store open() {
        return new MemoryStore(log);
    }
}
