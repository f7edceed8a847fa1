// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.file.CappedFolder;
import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.JournalOptions;
import org.taffrail.broker.store.journal.JournalStore;
import org.taffrail.broker.store.journal.RecoveryReport;
import org.taffrail.broker.store.tenured.TenuredSizes;

import java.io.IOException;
import java.nio.file.Path;

/** Opens the journal in a broker's data folder. */
final class JournalFactory implements StoreFactory {
    private static final int BLOCK_BYTES = 4096;

    private final Path folder;
    private final JournalOptions options;
    private final long bytesMax;

    JournalFactory(BrokerConfig config) {
        folder = Path.of(config.get(BrokerKeys.DATA));
        long segmentBytes = config.get(BrokerKeys.SEGMENT_BYTES) / BLOCK_BYTES * BLOCK_BYTES;
        options =
                JournalOptions.DEFAULT
                        .with(
                                config.get(BrokerKeys.DURABILITY).equals("force")
                                        ? JournalOptions.Durability.FORCE
                                        : JournalOptions.Durability.PAGE_CACHE)
                        .withSizes(segmentBytes, config.batchBytesMax())
                        .withTenure(config.get(BrokerKeys.YOUNG_BYTES), TenuredSizes.DEFAULT)
                        .withReserve(config.get(BrokerKeys.RESERVE_BYTES));
        bytesMax = config.get(BrokerKeys.DISK_BYTES_MAX);
    }

    @Override
    public Store open() throws StoreException {
        try {
            Folder disk = new DiskFolder(folder);
            Folder capped = bytesMax == 0 ? disk : new CappedFolder(disk, bytesMax);
            return new JournalStore(capped, options);
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.IO, "can't use the folder " + folder + ": " + e, e);
        }
    }

    @Override
    public String found(Store store) {
        RecoveryReport report = ((JournalStore) store).recoveryReport();
        return "clean="
                + report.clean()
                + " snapshot_parts="
                + report.snapshotParts()
                + " batches="
                + report.batches()
                + " last_sequence="
                + report.lastSequence()
                + " cut_bytes="
                + report.cutBytes()
                + " cut_at="
                + (report.cutAt() == null ? "none" : '"' + report.cutAt() + '"');
    }
}
