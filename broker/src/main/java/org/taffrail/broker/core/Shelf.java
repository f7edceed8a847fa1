// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Runs in memory in the order in which they came, and the chunks in which they stand. What counts
 * is each chunk as far as it is filled, as long as a run lives in it.
 */
final class Shelf {
    /** How many forgotten runs may stand in the order beside the living ones. */
    private static final int FORGOTTEN_MAX = 1024;

    /** A run of more than one part in so many of a chunk has an array of its own. */
    private static final int RUNS_A_CHUNK_MIN = 4;

    /** A chunk is hardly used when its living runs are less than one part in so many. */
    private static final int HARDLY_USED = 4;

    private final SpareChunks spares;
    private final boolean ofLoaded;

    /** Oldest first; forgotten ones are taken out when they come to the front, or are too many. */
    private final ArrayDeque<Window.Run> order = new ArrayDeque<>();

    private Chunk filling;
    private int living;
    private long bytes;

    /**
     * Makes an empty one.
     *
     * @param ofLoaded whether for what came back from the log
     */
    Shelf(SpareChunks spares, boolean ofLoaded) {
        this.spares = spares;
        this.ofLoaded = ofLoaded;
    }

    /** An array that counts, as far as it is filled, as long as living runs stand in it. */
    static final class Chunk {
        final byte[] array;
        private final boolean shared;
        private int filled;
        private long counted;
        private long liveBytes;

        /** Makes one for many runs, or of the array of a single one. */
        private Chunk(byte[] array, boolean shared) {
            this.array = array;
            this.shared = shared;
        }

        private boolean isHardlyUsed() {
            return liveBytes * HARDLY_USED < counted;
        }
    }

    boolean isOfLoaded() {
        return ofLoaded;
    }

    /** How many bytes count. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return living == 0;
    }

    /** Takes a copy of a run. */
    Window.Run add(Partition partition, byte[] array, int at) {
        int length = RunLayout.length(array, at);
        Window.Run run;
        if (length > spares.chunkBytes() / RUNS_A_CHUNK_MIN) {
            byte[] own = Arrays.copyOfRange(array, at, at + length);
            run = new Window.Run(partition, own, 0, this);
            enterAlone(run);
        } else {
            if (filling == null || length > filling.array.length - filling.filled) {
                fillAnother();
            }
            System.arraycopy(array, at, filling.array, filling.filled, length);
            run = new Window.Run(partition, filling.array, filling.filled, this);
            enter(run, filling);
        }
        living++;
        order.add(run);
        return run;
    }

    private void fillAnother() {
        Chunk full = filling;
        filling = new Chunk(spares.take(), true);
        if (full != null && full.liveBytes == 0) {
            spares.leave(full.array);
        }
    }

    /** Returns the oldest that is living, or null, and takes out what is forgotten before it. */
    Window.Run oldest() {
        while (!order.isEmpty() && order.peek().array == null) {
            order.poll();
        }
        return order.peek();
    }

    /** Moves the runs of the oldest one's chunk, where they are few; returns whether they were. */
    boolean moveFew() {
        Chunk chunk = oldest().chunk;
        if (!chunk.isHardlyUsed()) {
            return false;
        }
        // those of a chunk stand together
        for (Window.Run run : order) {
            if (run.array != null && run.chunk != chunk) {
                break;
            }
            if (run.array != null) {
                leave(run);
                run.move();
                enterAlone(run);
            }
        }
        return true;
    }

    private void enterAlone(Window.Run run) {
        enter(run, new Chunk(run.array, false));
    }

    private void enter(Window.Run run, Chunk chunk) {
        chunk.filled += run.bytes;
        chunk.counted += run.bytes;
        bytes += run.bytes;
        chunk.liveBytes += run.bytes;
        run.chunk = chunk;
    }

    private void leave(Window.Run run) {
        Chunk chunk = run.chunk;
        chunk.liveBytes -= run.bytes;
        run.chunk = null;
        if (chunk.liveBytes == 0) {
            bytes -= chunk.counted;
            chunk.counted = 0;
            if (chunk.shared && chunk != filling) {
                spares.leave(chunk.array);
            }
        }
    }

    /** Hears that a run is forgotten. */
    void forgotten(Window.Run run) {
        living--;
        leave(run);
    }

    /** Takes out what is forgotten, where it is much. */
    void takeOut() {
        oldest();
        if (order.size() > 2 * living + FORGOTTEN_MAX) {
            order.removeIf(each -> each.array == null);
        }
    }
}
