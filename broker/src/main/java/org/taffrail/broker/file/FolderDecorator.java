// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A folder that does what another does; what is to be different, a subclass overrides. */
public class FolderDecorator implements Folder {
    private final Folder folder;

    /**
     * Makes a view of a folder.
     *
     * @param folder where the files are
     */
    protected FolderDecorator(Folder folder) {
        this.folder = folder;
    }

    /**
     * Stands between a file, made or opened, and who uses it.
     *
     * @param name the file's name
     * @param file the folder's own
     * @return what is given out in its place
     */
    protected DataFile file(String name, DataFile file) {
        return file;
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
        return file(name, folder.create(name));
    }

    @Override
    public DataFile open(String name) throws IOException {
        return file(name, folder.open(name));
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
    public DiskSpace space() throws IOException {
        return folder.space();
    }

    @Override
    public long usedBytes() throws IOException {
        return folder.usedBytes();
    }

    @Override
    public Closeable lock(String name, String owner) throws IOException {
        return folder.lock(name, owner);
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    /** A file that does what another does; what is to be different, a subclass overrides. */
    public static class File implements DataFile {
        private final DataFile file;

        /**
         * Makes a view of a file.
         *
         * @param file the other
         */
        protected File(DataFile file) {
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
