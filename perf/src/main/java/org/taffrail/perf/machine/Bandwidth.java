// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How many bytes a second this machine writes to its disk and copies in its memory at most. */
final class Bandwidth {
    private static final int BLOCK_BYTES = 1024 * 1024;
    private static final int BLOCKS = 128;

    /** The first time, the file system looks for room as well. */
    private static final int WRITES = 2;

    /** Larger than any cache. */
    private static final int COPY_BYTES = 64 * 1024 * 1024;

    private static final int COPIES = 8;

    private Bandwidth() {}

    /** Writes a file from start to end and forces it; the better of two times. */
    static double writeMbPerSecond() throws IOException {
        Path file = Files.createTempFile("taffrail-perf-write", ".bin");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            double best = 0;
            for (int time = 0; time < WRITES; time++) {
                long startNs = System.nanoTime();
                for (int i = 0; i < BLOCKS; i++) {
                    channel.write(block.clear(), (long) i * BLOCK_BYTES);
                }
                channel.force(false);
                double seconds = (System.nanoTime() - startNs) / 1e9;
                best = Math.max(best, (double) BLOCKS * BLOCK_BYTES / 1e6 / seconds);
            }
            return best;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Copies an array to another; the best of several times. */
    static double copyGbPerSecond() {
        byte[] from = new byte[COPY_BYTES];
        byte[] to = new byte[COPY_BYTES];
        double best = 0;
        for (int time = 0; time < COPIES; time++) {
            from[time] = 1;
            long startNs = System.nanoTime();
            System.arraycopy(from, 0, to, 0, COPY_BYTES);
            double seconds = (System.nanoTime() - startNs) / 1e9;
            best = Math.max(best, COPY_BYTES / 1e9 / seconds);
        }
        return best;
    }
}
