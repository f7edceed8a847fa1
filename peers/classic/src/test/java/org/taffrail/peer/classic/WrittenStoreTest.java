// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.activemq.store.kahadb.disk.journal.Journal;
import org.apache.activemq.util.ByteSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class WrittenStoreTest {
    private static final int WRITES = 200;

    @TempDir Path folder;

    @Test
    void aSafeWriteIsInTheFileWhenItReturns() throws IOException {
        WrittenStore store = new WrittenStore();
        store.setDirectory(folder.toFile());
        store.setJournalMaxFileLength(64 * 1024);
        store.setPreallocationStrategy(Journal.PreallocationStrategy.ZEROS.name());
        Journal journal = store.createJournal();
        journal.start();
        try {
            for (int i = 0; i < WRITES; i++) {
                String text = "message " + i + ";";
                journal.write(new ByteSequence(text.getBytes(StandardCharsets.US_ASCII)), true);
                assertTrue(content().contains(text), text);
            }
        } finally {
            journal.close();
        }
    }

    private String content() throws IOException {
        return Files.readString(folder.resolve("db-1.log"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void itsJournalIsSetUpAsTheStoreSays() throws IOException {
        WrittenStore store = new WrittenStore();
        store.setDirectory(folder.toFile());
        store.setJournalMaxFileLength(4096);
        store.setPreallocationScope(Journal.PreallocationScope.NONE.name());

        Journal journal = store.createJournal();

        assertInstanceOf(WrittenJournal.class, journal);
        assertEquals(folder.toFile(), journal.getDirectory());
        assertEquals(4096, journal.getMaxFileLength());
        assertEquals(Journal.PreallocationScope.NONE, journal.getPreallocationScope());
        assertEquals(Journal.JournalDiskSyncStrategy.NEVER, journal.getJournalDiskSyncStrategy());
        assertTrue(journal.isChecksum());
    }
}
