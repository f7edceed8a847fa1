// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A folder whose files together have a limit, as if it were on a disk of that size. The limit holds
 * for what is preallocated, which is nearly all of a store; what is written without, such as an
 * index, is counted and not refused.
 */
public final class CappedFolder implements Folder {
    private final Folder folder;
    private final long bytesMax;

    /**
     * Makes a view of a folder.
     *
     * @param folder where the files are
     * @param bytesMax the most bytes of all its files
     */
    public CappedFolder(Folder folder, long bytesMax) {
        this.folder = folder;
        this.bytesMax = bytesMax;
    }

    @Override
    public DiskSpace space() throws IOException {
        DiskSpace disk = folder.space();
        long left = Math.max(0, bytesMax - folder.usedBytes());
        return new DiskSpace(
                Math.min(left, disk.freeBytes()), Math.min(bytesMax, disk.totalBytes()));
    }

    @Override
    public long usedBytes() throws IOException {
        return folder.usedBytes();
    }

    @Override
    public String describe(String name) {
        return folder.describe(name);
    }

    @Override
    public List<String> list() throws IOException {
        return folder.list();
    }

    @Override
    public DataFile create(String name) throws IOException {
        return new CappedFile(name, folder.create(name));
    }

    @Override
    public DataFile open(String name) throws IOException {
        return new CappedFile(name, folder.open(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        folder.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        folder.delete(name);
    }

    @Override
    public void force() throws IOException {
        folder.force();
    }

    @Override
    public Closeable lock(String name, String owner) throws IOException {
        return folder.lock(name, owner);
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private final class CappedFile implements DataFile {
        private final String name;
        private final DataFile file;

        CappedFile(String name, DataFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            file.write(source, position);
        }

        @Override
        public void preallocate(long bytes) throws IOException {
            long more = bytes - file.size();
            long left = bytesMax - folder.usedBytes();
            if (more > left) {
                throw new NoRoomException(
                        describe(name)
                                + " needs "
                                + more
                                + " bytes, left of the "
                                + bytesMax
                                + " that the folder may have are "
                                + Math.max(0, left),
                        null);
            }
            file.preallocate(bytes);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
