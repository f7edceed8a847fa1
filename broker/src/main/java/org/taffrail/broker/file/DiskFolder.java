// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** A folder of the file system. */
public final class DiskFolder implements Folder {
    private static final int OWNER_BYTES_MAX = 500;

    private final Path path;
    private final FileStore disk;

    /**
     * Opens a folder, and makes it if there is none.
     *
     * @param path where it is
     * @throws IOException if it can't be made, or is none
     */
    public DiskFolder(Path path) throws IOException {
        this.path = path.toAbsolutePath().normalize();
        Files.createDirectories(this.path);
        disk = Files.getFileStore(this.path);
    }

    @Override
    public String describe(String name) {
        return path.resolve(name).toString();
    }

    @Override
    public List<String> list() throws IOException {
        return list(path);
    }

    static List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public DataFile create(String name) throws IOException {
        Path file = path.resolve(name);
        try {
            return new DiskFile(
                    file,
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw DiskFile.typed(file, e);
        }
    }

    @Override
    public DataFile open(String name) throws IOException {
        Path file = path.resolve(name);
        return new DiskFile(
                file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                path.resolve(from),
                path.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name));
    }

    @Override
    public void force() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public DiskSpace space() throws IOException {
        return space(disk);
    }

    static DiskSpace space(FileStore disk) throws IOException {
        return new DiskSpace(disk.getUsableSpace(), disk.getTotalSpace());
    }

    @Override
    public long usedBytes() throws IOException {
        return usedBytes(path);
    }

    static long usedBytes(Path folder) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                bytes += sizeOf(file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return bytes;
    }

    private static long sizeOf(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.size() : 0;
        } catch (NoSuchFileException e) {
            return 0; // it was renamed or deleted meanwhile
        }
    }

    @Override
    public Closeable lock(String name, String owner) throws IOException {
        Path key = HeldLocks.key(path, name);
        String holder = HeldLocks.take(key, owner);
        if (holder != null) {
            throw new HeldException(path + " is held by " + holder);
        }
        boolean held = false;
        try {
            FileChannel channel = lock(path.resolve(name), owner);
            held = true;
            return new OwnLock(channel, key);
        } finally {
            if (!held) {
                HeldLocks.release(key);
            }
        }
    }

    private FileChannel lock(Path file, String owner) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new HeldException(path + " is held by " + owner(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((owner + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** A lock that this process holds until it is closed. */
    private record OwnLock(FileChannel channel, Path key) implements Closeable {
        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                try {
                    channel.close();
                } finally {
                    HeldLocks.release(key);
                }
            }
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    static String owner(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(OWNER_BYTES_MAX);
        channel.read(buffer, 0);
        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        return text.isBlank() ? "another process" : text.strip();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
