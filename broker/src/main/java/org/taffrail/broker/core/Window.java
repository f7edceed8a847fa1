// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The recent records of all partitions, bounded in bytes: what comes in is delivered from here;
 * what has been pushed out is asked for again. What all groups have settled goes first, as soon as
 * it is settled, so that a message that lives shortly dies young (very much of it in several
 * steps); then the oldest run. Runs of volatile partitions, which are stored nowhere else, are not
 * counted here and stay until they are settled.
 *
 * <p>What came back from the log has half of the room at most, where the other half is needed: a
 * reader that is far behind must not push out what came in just now and others are about to get.
 *
 * <p>What counts are the arrays in which the runs came, for a run keeps the whole of its own. When
 * room is needed, the few runs that are left of a large array move into arrays of their own first.
 */
final class Window {
    /** How many forgotten runs may stand in the order beside the living ones. */
    private static final int FORGOTTEN_MAX = 1024;

    /** How many settled runs are forgotten in one step. */
    private static final int SETTLED_A_STEP = 4096;

    private final long bytesMax;

    /** What came back from the log, oldest first; as {@link #order}. */
    private final ArrayDeque<Run> loadedOrder = new ArrayDeque<>();

    /**
     * What has come in, oldest first; forgotten ones are taken out when they come to the front, or
     * are too many.
     */
    private final ArrayDeque<Run> order = new ArrayDeque<>();

    /** An array is hardly used when its living runs are less than one part in so many. */
    private static final int HARDLY_USED = 4;

    /** Partitions of which more was settled than one step forgets. */
    private final Set<Partition> behind = new LinkedHashSet<>();

    private int living;
    private int livingLoaded;
    private long bytes;
    private long loadedBytes;
    private long loadedBytesEver;
    private Chunk last;

    Window(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** An array that counts, as long as living runs stand in it. */
    private static final class Chunk {
        final byte[] array;
        long liveBytes;

        Chunk(byte[] array) {
            this.array = array;
        }

        boolean isHardlyUsed() {
            return liveBytes * HARDLY_USED < array.length;
        }
    }

    /** A run in memory, with the place of each of its records. */
    static final class Run {
        final Partition partition;
        final long firstOffset;
        final int count;
        final int bytes;

        /** The bytes that hold it; null when it is forgotten. */
        byte[] array;

        private final int[] recordAt;
        private Chunk chunk;
        private boolean loaded;

        Run(Partition partition, byte[] array, int at) {
            this.partition = partition;
            this.array = array;
            firstOffset = RunLayout.offset(array, at);
            count = RunLayout.count(array, at);
            bytes = RunLayout.length(array, at);
            recordAt = new int[count];
            int position = at + RunLayout.HEADER_BYTES;
            for (int i = 0; i < count; i++) {
                recordAt[i] = position;
                position += RecordLayout.length(array, position);
            }
        }

        /** Makes a run of an array that came back from the log. */
        static Run loaded(Partition partition, byte[] array) {
            Run run = new Run(partition, array, 0);
            run.loaded = !partition.isVolatile();
            return run;
        }

        /** Moves into an array of its own. */
        private void move() {
            int from = recordAt[0] - RunLayout.HEADER_BYTES;
            array = Arrays.copyOfRange(array, from, from + bytes);
            for (int i = 0; i < count; i++) {
                recordAt[i] -= from;
            }
        }

        long appendTimeMs() {
            return RunLayout.appendTimeMs(array, recordAt[0] - RunLayout.HEADER_BYTES);
        }

        int incarnation() {
            return RunLayout.incarnation(array, recordAt[0] - RunLayout.HEADER_BYTES);
        }

        long producer() {
            return RunLayout.producer(array, recordAt[0] - RunLayout.HEADER_BYTES);
        }

        long lastOffset() {
            return firstOffset + count - 1;
        }

        /** Whether it came back from the log. */
        boolean isLoaded() {
            return loaded;
        }

        int recordAt(long offset) {
            return recordAt[(int) (offset - firstOffset)];
        }
    }

    /**
     * Takes loaded runs. The first, which was asked for, is the last to be pushed out again. Parts
     * of large messages are left out.
     *
     * @param arrays stamped runs, one in each array, in the order of their offsets
     */
    void addLoaded(Partition partition, List<byte[]> arrays) {
        for (int i = arrays.size() - 1; i >= 0; i--) {
            byte[] array = arrays.get(i);
            boolean part = RecordLayout.isPart(array, RunLayout.HEADER_BYTES);
            if (!part && partition.find(RunLayout.offset(array, 0)) == null) {
                add(Run.loaded(partition, array));
            }
        }
    }

    void add(Run run) {
        run.partition.remember(run);
        if (run.partition.isVolatile()) {
            return;
        }
        living++;
        if (run.loaded) {
            loadedOrder.add(run);
            livingLoaded++;
            loadedBytes += run.bytes;
            loadedBytesEver += run.bytes;
            enter(run, new Chunk(run.array));
        } else {
            order.add(run);
            if (last == null || last.array != run.array) {
                last = new Chunk(run.array);
            }
            enter(run, last);
        }
        makeRoom(run);
    }

    /** How much of what came back from the log may be here where the rest is needed. */
    long loadedBytesMax() {
        return bytesMax / 2;
    }

    /** How much has come back from the log since the start. */
    long loadedBytesEver() {
        return loadedBytesEver;
    }

    /** Pushes out the oldest, but not what was just added. */
    private void makeRoom(Run newest) {
        while (bytes > bytesMax && living > 1) {
            Run oldestLoaded = oldest(loadedOrder);
            Run oldestRecent = oldest(order);
            boolean canBeRecent = oldestRecent != null && oldestRecent != newest;
            boolean canBeLoaded = oldestLoaded != null && oldestLoaded != newest;
            if (canBeLoaded && (loadedBytes > loadedBytesMax() || !canBeRecent)) {
                loadedOrder.poll();
                forget(oldestLoaded);
            } else if (oldestRecent.chunk.isHardlyUsed()) {
                moveAllOf(oldestRecent.chunk);
            } else {
                order.poll();
                forget(oldestRecent);
            }
        }
    }

    /** Returns the oldest that is living, or null, and takes out what is forgotten before it. */
    private static Run oldest(ArrayDeque<Run> runs) {
        while (!runs.isEmpty() && runs.peek().array == null) {
            runs.poll();
        }
        return runs.peek();
    }

    /** Moves the runs of the oldest array, which stand together in the order. */
    private void moveAllOf(Chunk chunk) {
        for (Run run : order) {
            if (run.array != null && run.chunk != chunk) {
                return;
            }
            if (run.array != null) {
                leave(run);
                run.move();
                enter(run, new Chunk(run.array));
            }
        }
    }

    private void enter(Run run, Chunk chunk) {
        if (chunk.liveBytes == 0) {
            bytes += chunk.array.length;
        }
        chunk.liveBytes += run.bytes;
        run.chunk = chunk;
    }

    private void leave(Run run) {
        run.chunk.liveBytes -= run.bytes;
        if (run.chunk.liveBytes == 0) {
            bytes -= run.chunk.array.length;
        }
        run.chunk = null;
    }

    /**
     * Forgets what a partition has in memory and no group needs any more. Where that is very much,
     * the rest is left to {@link #work}; but not of a volatile partition, which has a limit.
     */
    void dropSettled(Partition partition) {
        long needed = partition.firstNeeded();
        int left = partition.isVolatile() ? Integer.MAX_VALUE : SETTLED_A_STEP;
        Run run = partition.forgetBefore(needed);
        while (run != null) {
            forgotten(run);
            left--;
            run = left > 0 ? partition.forgetBefore(needed) : null;
        }
        run = settledLoaded(partition, needed);
        while (run != null && left > 0) {
            loadedOrder.poll();
            forget(run);
            left--;
            run = settledLoaded(partition, needed);
        }
        if (left == 0) {
            behind.add(partition);
        }
        takeOut(order, living - livingLoaded);
        takeOut(loadedOrder, livingLoaded);
    }

    /**
     * Forgets what came back from the log of some records that a group has settled, where no other
     * needs it; a large range is left to be pushed out.
     */
    void dropSettled(Partition partition, long first, long last) {
        if (livingLoaded == 0 || last - first >= SETTLED_A_STEP) {
            return;
        }
        for (long offset = first; offset <= last; offset++) {
            Run run = partition.settledLoaded(offset);
            if (run != null) {
                forget(run);
            }
        }
    }

    /** The oldest that came back from the log, if it is settled and of a partition; or null. */
    private Run settledLoaded(Partition partition, long needed) {
        Run run = oldest(loadedOrder);
        return run != null && run.partition == partition && run.lastOffset() < needed ? run : null;
    }

    private static void takeOut(ArrayDeque<Run> runs, int livingOfThem) {
        oldest(runs);
        if (runs.size() > 2 * livingOfThem + FORGOTTEN_MAX) {
            runs.removeIf(each -> each.array == null);
        }
    }

    /** Goes on with what {@link #dropSettled} has left; returns whether some is left still. */
    boolean work() {
        Iterator<Partition> first = behind.iterator();
        if (first.hasNext()) {
            Partition partition = first.next();
            first.remove();
            dropSettled(partition);
        }
        return !behind.isEmpty();
    }

    /** Forgets all that a partition has in memory, because the partition is gone. */
    void drop(Partition partition) {
        behind.remove(partition);
        if (!partition.isVolatile()) {
            partition.runs().forEach(this::forgotten);
        }
        partition.forgetAll();
    }

    private void forget(Run run) {
        run.partition.forget(run);
        forgotten(run);
    }

    private void forgotten(Run run) {
        run.array = null;
        if (!run.partition.isVolatile()) {
            living--;
            leave(run);
            if (run.loaded) {
                livingLoaded--;
                loadedBytes -= run.bytes;
            }
        }
    }
}
