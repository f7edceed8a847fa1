// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

class DiskFolderTest {
    @TempDir private Path path;

    @Test
    void aLockIsHeldAgainstOtherProcesses() throws IOException {
        Closeable lock = new DiskFolder(path).lock("lock", "the first");

        assertHeldByTheFirst();

        lock.close();
        assertEquals("free", LockProbe.ask(path));
    }

    @Test
    void aRefusedSecondOwnerOfTheSameProcessDoesNotLoseTheLock() throws IOException {
        try (Closeable lock = new DiskFolder(path).lock("lock", "the first")) {
            assertNotNull(lock);

            DiskFolder second = new DiskFolder(path);
            HeldException refusal =
                    assertThrows(HeldException.class, () -> second.lock("lock", "the second"));
            assertTrue(refusal.getMessage().contains("is held by the first"));

            assertHeldByTheFirst();
        }
    }

    @Test
    void aSecondOwnerThatComesAnotherWayIsRefusedToo() throws IOException {
        Path link = path.resolveSibling(path.getFileName() + "-link");
        Files.createSymbolicLink(link, path);
        try (Closeable lock = new DiskFolder(path).lock("lock", "the first")) {
            assertNotNull(lock);

            DiskFolder second = new DiskFolder(link);
            assertThrows(HeldException.class, () -> second.lock("lock", "the second"));

            assertHeldByTheFirst();
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void whoAsksForTheHolderDoesNotLoseTheLock() throws IOException {
        ReadOnlyFolder looked = new ReadOnlyFolder(path);
        try (Closeable lock = new DiskFolder(path).lock("lock", "the first")) {
            assertNotNull(lock);

            assertEquals("the first", looked.holder("lock"));

            assertHeldByTheFirst();
        }
        assertNull(looked.holder("lock"));
    }

    @Test
    void aLockThatWasGivenBackTwiceIsTheNextOwners() throws IOException {
        DiskFolder folder = new DiskFolder(path);
        Closeable first = folder.lock("lock", "the first");
        first.close();
        try (Closeable second = folder.lock("lock", "the second")) {
            assertNotNull(second);
            first.close();

            assertThrows(HeldException.class, () -> folder.lock("lock", "the third"));
        }
    }

    @Test
    void tellsHowMuchRoomThereIsAndWhatIsUsed() throws IOException {
        DiskFolder folder = new DiskFolder(path);
        write(folder, "one", 1000);
        write(folder, "two", 234);

        assertEquals(1234, folder.usedBytes());
        DiskSpace space = folder.space();
        assertTrue(0 < space.freeBytes() && space.freeBytes() <= space.totalBytes());
    }

    @Test
    void aCappedFolderIsAsSmallAsItsCap() throws IOException {
        Folder folder = new CappedFolder(new DiskFolder(path), 10_000);
        write(folder, "one", 1000);

        assertEquals(new DiskSpace(9000, 10_000), folder.space());
        try (DataFile file = folder.create("two")) {
            file.preallocate(9000);
        }
        try (DataFile file = folder.create("three")) {
            NoRoomException refusal =
                    assertThrows(NoRoomException.class, () -> file.preallocate(1));
            assertTrue(refusal.getMessage().contains("three needs 1 bytes, left of the 10000"));
        }
    }

    private void assertHeldByTheFirst() throws IOException {
        assertTrue(LockProbe.ask(path).contains("is held by the first"));
    }

    private static void write(Folder folder, String name, int bytes) throws IOException {
        try (DataFile file = folder.create(name)) {
            file.write(ByteBuffer.allocate(bytes), 0);
        }
    }
}
