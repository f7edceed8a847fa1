// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** How long this machine's disk takes to force 4 KiB: below this no forced send can get. */
public final class ForceTime {
    private static final int BLOCK_BYTES = 4096;
    private static final int BLOCKS = 100;

    private ForceTime() {}

    /**
     * Writes and forces blocks of a preallocated file in the folder for temporary files, where
     * brokers that are started here have their data.
     *
     * @return the median time of a write with its force, in microseconds
     * @throws IOException if that is not possible
     */
    public static double medianUs() throws IOException {
        Path file = Files.createTempFile("taffrail-perf-force", ".bin");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            for (int i = 0; i < BLOCKS; i++) {
                channel.write(block.clear(), (long) i * BLOCK_BYTES);
            }
            channel.force(true);
            long[] timesNs = new long[BLOCKS];
            for (int i = 0; i < BLOCKS; i++) {
                long startNs = System.nanoTime();
                channel.write(block.clear(), (long) i * BLOCK_BYTES);
                channel.force(false);
                timesNs[i] = System.nanoTime() - startNs;
            }
            Arrays.sort(timesNs);
            return timesNs[BLOCKS / 2] / 1_000.0;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
