// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * How long this machine's disk takes to write and force 4 KiB: below this no forced send can get.
 *
 * @param medianUs the median time of a write with its force, in microseconds
 * @param perSecond how many of them, one after another, there were a second
 */
public record ForceTime(double medianUs, double perSecond) {
    private static final int BLOCK_BYTES = 4096;
    private static final int BLOCKS = 200;

    /**
     * Writes and forces blocks of a preallocated file in the folder for temporary files, where
     * brokers that are started here have their data.
     *
     * @return the times
     * @throws IOException if that is not possible
     */
    public static ForceTime measure() throws IOException {
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
            return of(timesNs);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    static ForceTime of(long[] timesNs) {
        double seconds = Arrays.stream(timesNs).sum() / 1e9;
        return new ForceTime(medianUs(timesNs), timesNs.length / seconds);
    }

    /** The median of some times, in microseconds. */
    static double medianUs(long[] timesNs) {
        long[] sorted = timesNs.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e3;
    }
}
