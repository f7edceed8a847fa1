// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.store.StagingContract;
import org.taffrail.broker.store.Store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The contract on real files, with small segments so that they roll. */
abstract class JournalContract extends StagingContract {
    @TempDir Path dir;

    private final JournalOptions options;

    JournalContract(JournalOptions options) {
        this.options = options.withSizes(1 << 20, 1 << 18);
    }

    @Override
    protected Store open() {
        try {
            return new JournalStore(new DiskFolder(dir.resolve("data")), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
