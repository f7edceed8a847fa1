// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.Core;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;

import java.util.ArrayDeque;

/**
 * Takes snapshots, a few parts with each turn of the loop, and then lets the store give up what
 * nothing needs any more.
 */
final class SnapshotSchedule {
    /** A step ends when it has written this much. */
    private static final int STEP_BYTES = 256 * 1024;

    private final Store store;
    private final Core core;
    private final Arrivals arrivals;
    private final long bytesBetween;
    private final ByteSink part = new ByteSink(4096);
    private Store.SnapshotWriter writer;
    private final ArrayDeque<Long> keys = new ArrayDeque<>();

    /** The batch that must be durable before the snapshot may be published. */
    private long publishedFrom;

    SnapshotSchedule(Store store, Core core, Arrivals arrivals, long bytesBetween) {
        this.store = store;
        this.core = core;
        this.arrivals = arrivals;
        this.bytesBetween = bytesBetween;
    }

    /**
     * Goes on; only while nothing is open. A part holds the records of all batches up to {@code
     * durable}, and of relaxed ones up to {@code written}, and the events of all up to {@code
     * written}: recovery applies some of it twice, which is the same as once. It may be published
     * once those are durable as well. The part of a destination whose records have not all arrived
     * waits until they have.
     */
    void step(long durable, long written) throws StoreException {
        if (writer == null) {
            if (store.bytesSinceSnapshot() < bytesBetween) {
                return;
            }
            begin();
        }
        if (!keys.isEmpty()) {
            write(durable, STEP_BYTES);
            publishedFrom = written;
        }
        if (keys.isEmpty() && durable >= publishedFrom) {
            publish();
        }
    }

    /** Takes a whole snapshot at once, for the end. */
    void finish(long sequence) throws StoreException {
        if (writer != null) {
            writer.abandon();
            writer = null;
            core.snapshotEnded();
        }
        if (store.bytesSinceSnapshot() > 0) {
            begin();
            write(sequence, Long.MAX_VALUE);
            publishedFrom = sequence;
            publish();
        }
    }

    private void begin() throws StoreException {
        writer = store.startSnapshot();
        keys.clear();
        keys.addAll(core.snapshotKeys());
    }

    private void write(long sequence, long bytesMax) throws StoreException {
        long bytes = 0;
        for (int left = keys.size(); left > 0 && bytes < bytesMax; left--) {
            long key = keys.remove();
            part.clear();
            if (arrivals.isBehind(core.partitionOf(key))) {
                keys.add(key);
            } else if (core.snapshot(key, part)) {
                writer.put(key, sequence, part.array(), 0, part.length());
                bytes += part.length();
            }
        }
    }

    private void publish() throws StoreException {
        writer.publish(publishedFrom);
        writer = null;
        store.discard(this::needs);
        core.snapshotEnded();
    }

    private boolean needs(long partition, long firstOffset, long lastOffset) {
        return arrivals.isBehind(partition) || core.needs(partition, firstOffset, lastOffset);
    }
}
