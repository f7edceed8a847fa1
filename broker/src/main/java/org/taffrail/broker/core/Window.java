// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

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
 * <p>All is copied into chunks, which are large, so that the collector of garbage neither moves nor
 * visits runs one by one. What counts are the chunks, for one run keeps the whole of its own. When
 * room is needed, the few runs that are left of a chunk move into arrays of their own first.
 */
final class Window {
    /** How many settled runs are forgotten in one step. */
    private static final int SETTLED_A_STEP = 4096;

    private final long bytesMax;
    private final SpareChunks spares;

    /** What has come in. */
    private final Shelf recent;

    /** What came back from the log. */
    private final Shelf loaded;

    /** Partitions of which more was settled than one step forgets. */
    private final Set<Partition> behind = new LinkedHashSet<>();

    private long loadedBytesEver;

    /**
     * Makes an empty one.
     *
     * @param bytesMax its bound
     * @param told how many effects were told so far: they may refer to what stands here
     */
    Window(long bytesMax, LongSupplier told) {
        this.bytesMax = bytesMax;
        spares = new SpareChunks(bytesMax, told);
        recent = new Shelf(spares, false);
        loaded = new Shelf(spares, true);
    }

    /** A run in memory, with the place of each of its records. */
    static final class Run {
        final Partition partition;
        final long firstOffset;
        final int count;
        final int bytes;

        /** The bytes that hold it; null when it is forgotten. */
        byte[] array;

        /** Where that counts; null while it is forgotten or stands alone. */
        Shelf.Chunk chunk;

        private final int[] recordAt;

        /** Null where it does not count. */
        private final Shelf shelf;

        /** Makes a run that does not count. */
        Run(Partition partition, byte[] array, int at) {
            this(partition, array, at, null);
        }

        /** Makes a run on a shelf. */
        Run(Partition partition, byte[] array, int at, Shelf shelf) {
            this.partition = partition;
            this.array = array;
            this.shelf = shelf;
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

        /** Moves into an array of its own. */
        void move() {
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
            return shelf != null && shelf.isOfLoaded();
        }

        int recordAt(long offset) {
            return recordAt[(int) (offset - firstOffset)];
        }
    }

    /**
     * Takes loaded runs. The first, which was asked for, is the last to be pushed out again. Parts
     * of large messages are left out.
     *
     * @param arrays stamped runs, one in each array, in the order of their offsets; copied
     */
    void addLoaded(Partition partition, List<byte[]> arrays) {
        for (int i = arrays.size() - 1; i >= 0; i--) {
            byte[] array = arrays.get(i);
            boolean part = RecordLayout.isPart(array, RunLayout.HEADER_BYTES);
            if (!part && partition.find(RunLayout.offset(array, 0)) == null) {
                loadedBytesEver += array.length;
                add(partition, array, 0, loaded);
            }
        }
    }

    /**
     * Takes a run that has just come in.
     *
     * @param array where it stands; of a volatile partition it is the run's from now on, of others
     *     it is copied
     * @param at where it begins
     */
    void add(Partition partition, byte[] array, int at) {
        if (partition.isVolatile()) {
            partition.remember(new Run(partition, array, at));
        } else {
            add(partition, array, at, recent);
        }
    }

    private void add(Partition partition, byte[] array, int at, Shelf shelf) {
        Run run = shelf.add(partition, array, at);
        partition.remember(run);
        makeRoom(run);
    }

    /** Hears that the first so many effects are said, whatever they referred to. */
    void said(long count) {
        spares.said(count);
    }

    /** How much stands here. */
    long bytes() {
        return recent.bytes() + loaded.bytes();
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
        while (bytes() > bytesMax) {
            boolean canBeRecent = isOlder(recent.oldest(), newest);
            boolean canBeLoaded = isOlder(loaded.oldest(), newest);
            if (!canBeRecent && !canBeLoaded) {
                return;
            }
            boolean tooMuch = loaded.bytes() > loadedBytesMax();
            Shelf shelf = canBeLoaded && (tooMuch || !canBeRecent) ? loaded : recent;
            if (!shelf.moveFew()) {
                forget(shelf.oldest());
            }
        }
    }

    private static boolean isOlder(Run oldest, Run newest) {
        return oldest != null && oldest != newest;
    }

    /**
     * Forgets what a partition has in memory and no group needs any more. Where that is very much,
     * the rest is left to {@link #work}; but not of a volatile partition, which has a limit.
     */
    void dropSettled(Partition partition) {
        int left = partition.isVolatile() ? Integer.MAX_VALUE : SETTLED_A_STEP;
        Run run = partition.forgetSettled();
        while (run != null) {
            forgotten(run);
            left--;
            run = left > 0 ? partition.forgetSettled() : null;
        }
        run = settledLoaded(partition);
        while (run != null && left > 0) {
            forget(run);
            left--;
            run = settledLoaded(partition);
        }
        if (left == 0) {
            behind.add(partition);
        }
        recent.takeOut();
        loaded.takeOut();
    }

    /**
     * Forgets what came back from the log of some records that a group has settled, where no other
     * needs it; a large range is left to be pushed out.
     */
    void dropSettled(Partition partition, long first, long last) {
        if (loaded.isEmpty() || last - first >= SETTLED_A_STEP) {
            return;
        }
        for (long offset = first; offset <= last; offset++) {
            Run run = partition.findLoaded(offset);
            if (run != null) {
                offset = run.lastOffset();
                if (!partition.isUnsettled(run)) {
                    forget(run);
                }
            }
        }
    }

    /** The oldest that came back from the log, if it is settled and of a partition; or null. */
    private Run settledLoaded(Partition partition) {
        Run run = loaded.oldest();
        boolean settled =
                run != null
                        && run.partition == partition
                        && !partition.isNeededUpTo(run.lastOffset());
        return settled ? run : null;
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
        if (run.shelf != null) {
            run.shelf.forgotten(run);
        }
    }
}
