// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.artemis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Measures what a journal write takes on a folder's disk, as {@code artemis create} does to choose
 * the journal's buffer timeout: Artemis gathers writes for that long before it forces them. Like
 * there it is measured once: a broker that is started again finds it in its folder.
 */
final class JournalTiming {
    private static final int BLOCK_BYTES = 4096;
    private static final int BLOCKS = 250;
    private static final int TRIES = 5;

    private JournalTiming() {}

    /**
     * What was measured when a folder was new, or else is measured now.
     *
     * @param folder the broker's; exists
     * @param force whether each block is forced to the disk
     * @return the time of a write, in nanoseconds
     * @throws IOException if the folder can't be read or written to
     */
    static int of(Path folder, boolean force) throws IOException {
        Path kept = folder.resolve(force ? "force-ns.txt" : "write-ns.txt");
        if (Files.exists(kept)) {
            return Integer.parseInt(Files.readString(kept).strip());
        }
        int measuredNs = writeNs(folder, force);
        Files.writeString(kept, Integer.toString(measuredNs));
        return measuredNs;
    }

    /**
     * Writes blocks into a preallocated file, one by one.
     *
     * @param folder where; exists
     * @param force whether each block is forced to the disk
     * @return the time of a write in the best of several tries, in nanoseconds
     * @throws IOException if the folder can't be written to
     */
    private static int writeNs(Path folder, boolean force) throws IOException {
        Path file = Files.createTempFile(folder, "timing", ".bin");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            for (int i = 0; i < BLOCKS; i++) {
                channel.write(block.clear(), (long) i * BLOCK_BYTES);
            }
            channel.force(true);
            long bestNs = Long.MAX_VALUE;
            for (int attempt = 0; attempt < TRIES; attempt++) {
                long startNs = System.nanoTime();
                for (int i = 0; i < BLOCKS; i++) {
                    channel.write(block.clear(), (long) i * BLOCK_BYTES);
                    if (force) {
                        channel.force(false);
                    }
                }
                bestNs = Math.min(bestNs, (System.nanoTime() - startNs) / BLOCKS);
            }
            return Math.toIntExact(Math.max(1, bestNs));
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
