// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.file.FolderDecorator;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;

import java.io.IOException;

class InlineJournalStoreTest extends JournalContract {
    private static final JournalOptions INLINE =
            JournalOptions.DEFAULT.with(JournalOptions.ForceWay.INLINE);

    InlineJournalStoreTest() {
        super(INLINE);
    }

    /** Counts the forces of files. */
    private final class CountingFolder extends FolderDecorator {
        private int forces;

        CountingFolder() throws IOException {
            super(new DiskFolder(dir.resolve("counted")));
        }

        @Override
        protected DataFile file(String name, DataFile file) {
            return new File(file) {
                @Override
                public void force() throws IOException {
                    forces++;
                    super.force();
                }
            };
        }
    }

    @Test
    void forcesPatientBatchesWithThoseThatSomebodyWaitsFor() throws IOException, StoreException {
        CountingFolder folder = new CountingFolder();
        try (Store store = new JournalStore(folder, INLINE)) {
            StoreDriver counted = new StoreDriver(store).start();
            counted.appendAndAwait(Batches.at(10).event("a"));
            int before = folder.forces;
            for (int i = 0; i < 100; i++) {
                Batches patient = Batches.at(10).event("b");
                patient.build().patient(true);
                counted.append(patient);
                store.poll(counted);
            }
            assertEquals(before, folder.forces);
            counted.appendAndAwait(Batches.at(10).event("c"));
            assertEquals(before + 1, folder.forces);
        }
    }
}
