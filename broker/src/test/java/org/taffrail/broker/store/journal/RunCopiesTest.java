// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.file.FolderDecorator;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

class RunCopiesTest {
    private static final long PARTITION = 7;
    private static final int MUCH = 1 << 20;

    /** Room for one of the runs that are staged here, and not for two. */
    private static final int ONE_RUN_BYTES = 150;

    @TempDir Path dir;

    /** Counts the reads of files. */
    private final class CountingFolder extends FolderDecorator {
        private int reads;

        CountingFolder() throws IOException {
            super(new DiskFolder(dir.resolve("counted")));
        }

        @Override
        protected DataFile file(String name, DataFile file) {
            return new File(file) {
                @Override
                public int read(ByteBuffer target, long position) throws IOException {
                    reads++;
                    return super.read(target, position);
                }
            };
        }
    }

    private static JournalStore store(CountingFolder folder, int copiesBytes) {
        return new JournalStore(
                folder, JournalOptions.DEFAULT.withCopies(copiesBytes), Machine.callersThread(1));
    }

    private static void commit(StoreDriver driver, long stagingId, String... bodies)
            throws StoreException {
        for (String body : bodies) {
            driver.append(Batches.at(10).stage(stagingId, PARTITION, body));
        }
        driver.appendAndAwait(Batches.at(11).commit(stagingId));
    }

    private static List<String> described(List<byte[]> runs) {
        return runs.stream().map(run -> RunLayout.offset(run, 0) + Batches.bodiesOf(run)).toList();
    }

    @Test
    void whatWasStagedIsReadWithoutItsFile() throws IOException, StoreException {
        CountingFolder folder = new CountingFolder();
        try (Store store = store(folder, MUCH)) {
            StoreDriver driver = new StoreDriver(store).start();
            commit(driver, 1, "a", "b");
            int before = folder.reads;

            List<byte[]> runs = driver.readRuns(PARTITION, 0, MUCH);

            assertEquals(List.of("0 a", "1 b"), described(runs));
            assertEquals(before, folder.reads);
        }
    }

    @Test
    void whatIsReadWithoutItsFileIsWhatStandsThere() throws IOException, StoreException {
        CountingFolder folder = new CountingFolder();
        List<byte[]> copies;
        try (Store store = store(folder, MUCH)) {
            StoreDriver driver = new StoreDriver(store).start();
            commit(driver, 1, "a", "b");
            copies = driver.readRuns(PARTITION, 0, MUCH);
        }
        try (Store store = store(folder, MUCH)) {
            int before = folder.reads;
            List<byte[]> read = new StoreDriver(store).start().readRuns(PARTITION, 0, MUCH);

            assertTrue(folder.reads > before);
            assertEquals(copies.size(), read.size());
            for (int i = 0; i < read.size(); i++) {
                assertArrayEquals(read.get(i), copies.get(i));
            }
        }
    }

    @Test
    void whatIsTooOldIsReadFromItsFile() throws IOException, StoreException {
        CountingFolder folder = new CountingFolder();
        try (Store store = store(folder, ONE_RUN_BYTES)) {
            StoreDriver driver = new StoreDriver(store).start();
            commit(driver, 1, "a");
            commit(driver, 2, "b");
            int before = folder.reads;

            assertEquals(List.of("1 b"), described(driver.readRuns(PARTITION, 1, MUCH)));
            assertEquals(before, folder.reads);
            assertEquals(List.of("0 a"), described(driver.readRuns(PARTITION, 0, 1)));
            assertEquals(before + 1, folder.reads);
        }
    }

    @Test
    void whatWasReadIsNotOverwrittenByWhatComesLater() throws IOException, StoreException {
        try (Store store = store(new CountingFolder(), ONE_RUN_BYTES)) {
            StoreDriver driver = new StoreDriver(store).start();
            commit(driver, 1, "a");
            List<byte[]> runs = driver.readRuns(PARTITION, 0, MUCH);
            commit(driver, 2, "b");

            assertEquals(List.of("0 a"), described(runs));
        }
    }
}
