// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A folder of the file system that is only looked at: whatever would change something in it fails,
 * and it may be on a medium that can't be written to.
 */
public final class ReadOnlyFolder implements Folder {
    private final Path path;

    /**
     * Opens a folder.
     *
     * @param path where it is
     * @throws NoSuchFileException if there is none
     * @throws NotDirectoryException if it is none
     */
    public ReadOnlyFolder(Path path) throws NoSuchFileException, NotDirectoryException {
        this.path = path.toAbsolutePath().normalize();
        if (!Files.exists(this.path)) {
            throw new NoSuchFileException("there is no folder " + this.path);
        }
        if (!Files.isDirectory(this.path)) {
            throw new NotDirectoryException(this.path + " is no folder");
        }
    }

    /**
     * Says who holds a lock that {@link Folder#lock} gives.
     *
     * @param lockName the lock file's name
     * @return the holder's line, or null if nobody holds it
     * @throws IOException if it can't be told
     */
    public String holder(String lockName) throws IOException {
        return HeldLocks.unlessHeld(
                HeldLocks.key(path, lockName), () -> otherHolder(path.resolve(lockName)));
    }

    private static String otherHolder(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            try (FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return shared == null ? DiskFolder.owner(channel) : null;
            } catch (OverlappingFileLockException e) {
                return DiskFolder.owner(channel);
            }
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public String describe(String name) {
        return path.resolve(name).toString();
    }

    @Override
    public List<String> list() throws IOException {
        return DiskFolder.list(path);
    }

    @Override
    public DataFile open(String name) throws IOException {
        Path file = path.resolve(name);
        return new DiskFile(file, FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public DataFile create(String name) throws IOException {
        throw refused(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        throw refused(to);
    }

    @Override
    public void delete(String name) throws IOException {
        throw refused(name);
    }

    @Override
    public void force() throws IOException {
        throw refused("its names");
    }

    @Override
    public DiskSpace space() throws IOException {
        return DiskFolder.space(Files.getFileStore(path));
    }

    @Override
    public long usedBytes() throws IOException {
        return DiskFolder.usedBytes(path);
    }

    @Override
    public Closeable lock(String name, String owner) throws IOException {
        throw refused(name);
    }

    private IOException refused(String what) {
        return new IOException(path + " is only looked at: " + what + " can't be changed");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
