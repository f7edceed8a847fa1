// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import com.carrotsearch.hppc.LongHashSet;
import com.carrotsearch.hppc.LongLongHashMap;
import com.carrotsearch.hppc.cursors.LongCursor;

import org.taffrail.broker.store.Batch;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;

/**
 * The two batches that what is decided goes into: one that must survive, and a relaxed one for
 * non-persistent records, which is complete when written. A record never overtakes one of its own
 * partition: non-persistent ones go into the first batch as long as that, or an earlier one that is
 * not durable yet, has records of their partition.
 */
final class OpenBatches {
    /** A sink that has grown beyond this is not used again. */
    private static final int SINK_BYTES_MAX = 2 << 20;

    /** So many sinks are kept for later: no more batches are under way, as a rule. */
    private static final int SPARES_MAX = 4;

    private final Progress progress;
    private final LongHashSet strictPartitions = new LongHashSet();

    /** For each partition the last batch that holds records of it and was not durable then. */
    private final LongLongHashMap lastStrict = new LongLongHashMap();

    private final ArrayDeque<ByteSink> spares = new ArrayDeque<>(SPARES_MAX);

    private boolean strictOnly;
    private Batch strict = open(new ByteSink(1024), false);
    private Batch relaxed = open(new ByteSink(1024), true);

    OpenBatches(Progress progress) {
        this.progress = progress;
    }

    /** The time of an open batch is set when it is appended. */
    private static Batch open(ByteSink runs, boolean isRelaxed) {
        return new Batch(new ByteSink(isRelaxed ? 0 : 256), runs, isRelaxed, 0);
    }

    /**
     * Has everything go into the batch that must survive, while batches wait that may have records
     * of any partition.
     */
    void strictOnly(boolean newStrictOnly) {
        strictOnly = newStrictOnly;
    }

    /** The batch for all but runs. */
    Batch strict() {
        return strict;
    }

    /**
     * Adds a run.
     *
     * @return whether it is in the relaxed batch
     */
    boolean append(byte[] array, int at, int length, boolean mayBeRelaxed) {
        long partition = RunLayout.partition(array, at);
        if (mayBeRelaxed && !strictOnly && !hasPredecessor(partition)) {
            relaxed.runs().putBytes(array, at, length);
            return true;
        }
        strictPartitions.add(partition);
        strict.runs().putBytes(array, at, length);
        return false;
    }

    private boolean hasPredecessor(long partition) {
        return strictPartitions.contains(partition)
                || lastStrict.getOrDefault(partition, 0) > progress.durable();
    }

    long bytes() {
        return strict.bytes() + relaxed.bytes();
    }

    boolean isEmpty() {
        return strict.isEmpty() && relaxed.isEmpty();
    }

    /** Returns the relaxed batch and opens another; null if it is empty. */
    Batch takeRelaxed() {
        if (relaxed.isEmpty()) {
            return null;
        }
        Batch taken = relaxed;
        relaxed = open(nextSink(), true);
        return taken;
    }

    /** Returns the batch that must survive and opens another; null if it is empty. */
    Batch takeStrict() {
        if (strict.isEmpty()) {
            return null;
        }
        Batch taken = strict;
        strict = open(nextSink(), false);
        return taken;
    }

    private ByteSink nextSink() {
        ByteSink spare = spares.poll();
        return spare == null ? new ByteSink(1024) : spare;
    }

    /** Notes that a batch is complete and its records have arrived: what it stood in is free. */
    void finished(Batch batch) {
        if (spares.size() < SPARES_MAX && batch.runs().array().length <= SINK_BYTES_MAX) {
            batch.runs().clear();
            spares.add(batch.runs());
        }
    }

    /** Notes that the batch that must survive was appended. */
    void appended(long sequence, Batch batch) {
        if (progress.durable() == sequence - 1) {
            lastStrict.clear();
        }
        for (LongCursor partition : strictPartitions) {
            lastStrict.put(partition.value, sequence);
        }
        strictPartitions.clear();
        placed(sequence, batch);
    }

    /** Notes which offsets a batch has given that commits what was staged. */
    void placed(long sequence, Batch batch) {
        for (Batch.Step step : batch.steps()) {
            if (step instanceof Batch.Commit commit) {
                commit.placed().forEach(placed -> lastStrict.put(placed.partition(), sequence));
            }
        }
    }
}
