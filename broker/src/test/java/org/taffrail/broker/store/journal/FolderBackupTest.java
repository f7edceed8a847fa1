// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.FolderDecorator;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

class FolderBackupTest {
    private static final int BATCHES = 40;
    private static final FolderBackup.Pace NO_PACE = bytes -> {};

    @TempDir private Path path;

    private Folder source() throws IOException {
        return new DiskFolder(path.resolve("source"));
    }

    private Folder target() throws IOException {
        return new DiskFolder(path.resolve("target"));
    }

    /** A store that has written some batches, and goes on. */
    private JournalStore writing() throws IOException, StoreException {
        JournalStore store = new JournalStore(source(), JournalOptions.DEFAULT);
        store.claim();
        store.recover(
                new Store.RecoveryTarget() {
                    @Override
                    public void snapshot(long key, long sequence, byte[] state) {
                        throw new AssertionError("no snapshot was made");
                    }

                    @Override
                    public void batch(long sequence, Batch batch) {
                        throw new AssertionError("the folder was new");
                    }

                    @Override
                    public void staging(long stagingId) {
                        throw new AssertionError("nothing was staged");
                    }
                });
        for (int i = 0; i < BATCHES; i++) {
            write(store);
        }
        return store;
    }

    private static void write(JournalStore store) throws StoreException {
        ByteSink events = new ByteSink(6000);
        events.putBytes(new byte[6000], 0, 6000);
        store.append(new Batch(events, new ByteSink(0), false, 1));
        store.poll(
                new Store.Listener() {
                    @Override
                    public void completed(long sequence, Batch batch) {}

                    @Override
                    public void failed(long sequence, StoreException cause) {
                        throw new AssertionError(cause);
                    }

                    @Override
                    public void read(long partition, long fromOffset, List<byte[]> runs) {}
                });
    }

    private void assertSound(long lastSequence) throws IOException, StoreException {
        Findings findings =
                new Findings(
                        9,
                        each -> {
                            if (each.harm() != Findings.Harm.NONE) {
                                throw new AssertionError(each.toString());
                            }
                        });
        assertEquals(lastSequence, new FolderCheck(target(), findings).run().lastSequence());
    }

    @Test
    void copiesAllThatIsWrittenOfAStoreThatGoesOn() throws IOException, StoreException {
        JournalStore store = writing();

        FolderBackup.Moment moment = new FolderBackup(source(), target(), NO_PACE).run();

        write(store);
        store.close();
        assertEquals(new FolderBackup.Moment(1, BATCHES), moment);
        assertSound(BATCHES);
    }

    /** What is read before it is written is a hole, though what is behind it is there. */
    @Test
    void cutsAtABatchThatWasReadBeforeItWasWritten() throws IOException, StoreException {
        JournalStore store = writing();
        Folder torn =
                new FolderDecorator(source()) {
                    @Override
                    public DataFile open(String name) throws IOException {
                        DataFile file = super.open(name);
                        return name.endsWith(".journal") ? new Holed(file, 100_000) : file;
                    }
                };

        FolderBackup.Moment moment = new FolderBackup(torn, target(), NO_PACE).run();

        store.close();
        assertTrue(moment.lastSequence() > 5, moment.toString());
        assertTrue(moment.lastSequence() < BATCHES - 5, moment.toString());
        assertSound(moment.lastSequence());
    }

    /** A file of which 4 KiB are still zero. */
    private record Holed(DataFile file, int at) implements DataFile {
        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            int from = into.position();
            int bytes = file.read(into, position);
            for (int i = 0; i < 4096; i++) {
                long index = from + at + i - position;
                if (index >= from && index < from + bytes) {
                    into.put((int) index, (byte) 0);
                }
            }
            return bytes;
        }

        @Override
        public void write(ByteBuffer from, long position) {
            throw new AssertionError("a backup writes nothing to its source");
        }

        @Override
        public void preallocate(long bytes) {
            throw new AssertionError("a backup writes nothing to its source");
        }

        @Override
        public void force() {
            throw new AssertionError("a backup writes nothing to its source");
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @Test
    void beginsAnewWhereAFileIsGoneAndWhereABrokerHasStarted() throws IOException, StoreException {
        writing().close();
        int[] opened = new int[1];
        int[] missed = new int[1];
        Folder changing =
                new FolderDecorator(source()) {
                    @Override
                    public DataFile open(String name) throws IOException {
                        if (name.endsWith(".journal") && opened[0]++ == 0) {
                            missed[0]++;
                            throw new NoSuchFileException(name);
                        }
                        return super.open(name);
                    }
                };
        int[] copied = new int[1];
        FolderBackup backup =
                new FolderBackup(
                        changing,
                        target(),
                        bytes -> {
                            if (copied[0]++ == 0) {
                                restart();
                            }
                        });

        assertEquals(new FolderBackup.Moment(2, BATCHES), backup.run());
        assertEquals(1, missed[0]);
        assertTrue(copied[0] > 1);
        assertSound(BATCHES);
    }

    /** Claims and recovers, as another broker does that starts meanwhile. */
    private void restart() throws IOException {
        JournalStore next = new JournalStore(source(), JournalOptions.DEFAULT);
        try {
            next.claim();
        } catch (StoreException e) {
            throw new IOException(e);
        }
        next.close();
    }

    @Test
    void anInterruptedCopyIsNoBackupAndHarmsNothing() throws IOException, StoreException {
        JournalStore store = writing();
        FolderBackup backup =
                new FolderBackup(
                        source(),
                        target(),
                        bytes -> {
                            throw new IOException("killed");
                        });

        assertThrows(IOException.class, backup::run);
        StoreException refused =
                assertThrows(StoreException.class, () -> BackupNote.read(target()));

        assertTrue(refused.getMessage().contains("no backup"), refused.getMessage());
        write(store);
        store.close();
        assertEquals(
                BATCHES + 1, new FolderCheck(source(), Findings.ignored()).run().lastSequence());
    }

    @Test
    void refusesAFolderThatNoBrokerHasWrittenTo() throws IOException {
        StoreException refused =
                assertThrows(
                        StoreException.class,
                        () -> new FolderBackup(source(), target(), NO_PACE).run());

        assertTrue(refused.getMessage().contains("holds nothing"), refused.getMessage());
    }
}
