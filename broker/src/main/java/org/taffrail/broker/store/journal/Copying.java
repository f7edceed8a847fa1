// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Copies and sums up files, a piece at a time. */
final class Copying {
    static final int CHUNK_BYTES = 1 << 20;

    /** Much that waits to reach the disk would hold up the forces of a broker beside. */
    private static final int UNFORCED_BYTES_MAX = 8 << 20;

    private static final byte[] ZEROS = new byte[CHUNK_BYTES];

    private Copying() {}

    /**
     * Copies a file, and forces it every few MiB.
     *
     * @param from is read from its beginning to its end, once
     * @param to an empty file
     * @param zeros whether to write what is zero as well; otherwise the copy has holes there
     * @param pace hears of each piece
     * @return where the last piece ends that is not all zero
     */
    static long copy(DataFile from, DataFile to, boolean zeros, FolderBackup.Pace pace)
            throws IOException {
        long size = from.size();
        long used = 0;
        long unforced = 0;
        byte[] chunk = new byte[CHUNK_BYTES];
        for (long at = 0; at < size; ) {
            int bytes = read(from, chunk, at, size);
            boolean blank = Arrays.equals(chunk, 0, bytes, ZEROS, 0, bytes);
            if (!blank || zeros) {
                to.write(ByteBuffer.wrap(chunk, 0, bytes), at);
                unforced += bytes;
            }
            if (unforced >= UNFORCED_BYTES_MAX) {
                to.force();
                unforced = 0;
            }
            at += bytes;
            used = blank ? used : at;
            pace.copied(bytes);
        }
        if (used < size && !zeros) {
            to.write(ByteBuffer.allocate(1), size - 1);
        }
        return used;
    }

    private static int read(DataFile from, byte[] chunk, long at, long size) throws IOException {
        int wanted = (int) Math.min(chunk.length, size - at);
        int bytes = from.read(ByteBuffer.wrap(chunk, 0, wanted), at);
        if (bytes < wanted) {
            throw new IOException("a file became shorter while it was read");
        }
        return bytes;
    }

    /** Returns the CRC32C of a file. */
    static int checksum(DataFile file) throws IOException {
        CRC32C sum = new CRC32C();
        long size = file.size();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (long at = 0; at < size; ) {
            int bytes = read(file, chunk, at, size);
            sum.update(chunk, 0, bytes);
            at += bytes;
        }
        return (int) sum.getValue();
    }
}
