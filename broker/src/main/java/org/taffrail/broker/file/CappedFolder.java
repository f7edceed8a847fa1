// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.IOException;

/**
 * A folder whose files together have a limit, as if it were on a disk of that size. The limit holds
 * for what is preallocated, which is nearly all of a store; what is written without, such as an
 * index, is counted and not refused.
 */
public final class CappedFolder extends FolderDecorator {
    private final long bytesMax;

    /**
     * Makes a view of a folder.
     *
     * @param folder where the files are
     * @param bytesMax the most bytes of all its files
     */
    public CappedFolder(Folder folder, long bytesMax) {
        super(folder);
        this.bytesMax = bytesMax;
    }

    @Override
    public DiskSpace space() throws IOException {
        DiskSpace disk = super.space();
        long left = Math.max(0, bytesMax - usedBytes());
        return new DiskSpace(
                Math.min(left, disk.freeBytes()), Math.min(bytesMax, disk.totalBytes()));
    }

    @Override
    protected DataFile file(String name, DataFile file) {
        return new CappedFile(name, file);
    }

    private final class CappedFile extends File {
        private final String name;

        CappedFile(String name, DataFile file) {
            super(file);
            this.name = name;
        }

        @Override
        public void preallocate(long bytes) throws IOException {
            long more = bytes - size();
            long left = bytesMax - usedBytes();
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
            super.preallocate(bytes);
        }
    }
}
