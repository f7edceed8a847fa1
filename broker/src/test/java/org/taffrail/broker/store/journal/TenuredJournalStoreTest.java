// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.StagingContract;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.tenured.TenuredSizes;

/** The contract where segments retire as soon as they may; on files in memory, in one thread. */
class TenuredJournalStoreTest extends StagingContract {
    private final FaultyFolder folder = new FaultyFolder();

    @Override
    protected Store open() {
        JournalOptions options =
                JournalOptions.DEFAULT
                        .withSizes(1 << 20, 1 << 18)
                        .withTenure(0, new TenuredSizes(64 << 10, 256 << 10, 3));
        return new JournalStore(folder, options, Machine.callersThread(42));
    }
}
