// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.file.FaultyFolder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

class HandlesTest {
    private static final int OPEN_MAX = 3;

    private final FaultyFolder folder = new FaultyFolder();
    private final Handles handles = new Handles(folder, OPEN_MAX);

    private byte read(long id) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(1);
        assertEquals(1, handles.read(id, target, 0));
        return target.get(0);
    }

    @Test
    void readsAnyNumberOfFilesAndKeepsFewOpen() throws IOException {
        for (int id = 1; id <= 20; id++) {
            folder.put(TenuredLayout.name(id), new byte[] {(byte) id});
        }
        for (int round = 0; round < 3; round++) {
            for (int id = 1; id <= 20; id++) {
                assertEquals(id, read(id));
                assertTrue(handles.openCount() <= OPEN_MAX, handles.openCount() + " are open");
            }
        }
    }

    @Test
    void closesWhatItWasToldToAndSaysThatAMissingFileIsMissing() throws IOException {
        folder.put(TenuredLayout.name(1), new byte[] {1});
        read(1);

        handles.close(1);

        assertEquals(0, handles.openCount());
        assertThrows(NoSuchFileException.class, () -> read(2));
    }
}
