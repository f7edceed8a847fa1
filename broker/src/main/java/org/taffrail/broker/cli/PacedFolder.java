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

    private static final class PacedFile extends File {
        private final FolderBackup.Pace pace;

        PacedFile(DataFile file, FolderBackup.Pace pace) {
            super(file);
            this.pace = pace;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int bytes = super.read(target, position);
            pace.copied(Math.max(0, bytes));
            return bytes;
        }
    }
}
