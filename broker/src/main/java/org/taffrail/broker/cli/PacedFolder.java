// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.FolderDecorator;
import org.taffrail.broker.store.journal.FolderBackup;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A folder that is read no faster than a pace allows. */
final class PacedFolder extends FolderDecorator {
    private final FolderBackup.Pace pace;

    PacedFolder(Folder folder, FolderBackup.Pace pace) {
        super(folder);
        this.pace = pace;
    }

    @Override
    protected DataFile file(String name, DataFile file) {
        return new PacedFile(file, pace);
    }

    private record PacedFile(DataFile file, FolderBackup.Pace pace) implements DataFile {
        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int bytes = file.read(target, position);
            pace.copied(Math.max(0, bytes));
            return bytes;
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
