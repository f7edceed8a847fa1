// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.Core;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;

import java.util.Iterator;

/**
 * Takes snapshots, a few parts with each turn of the loop, and then lets the store give up what
 * nothing needs any more.
 */
final class SnapshotSchedule {
    /** A step ends when it has written this much. */
    private static final int STEP_BYTES = 256 * 1024;

    private final Store store;
    private final Core core;
    private final long bytesBetween;
    private final ByteSink part = new ByteSink(4096);
    private Store.SnapshotWriter writer;
    private Iterator<Long> keys;

    /** The batch that must be durable before the snapshot may be published. */
    private long publishedFrom;

    SnapshotSchedule(Store store, Core core, long bytesBetween) {
        this.store = store;
        this.core = core;
        this.bytesBetween = bytesBetween;
    }

    /**
     * Goes on; only while nothing is open. A part holds the records of all batches up to {@code
     * durable}, and the events of all up to {@code written}: recovery applies some events twice,
     * which is the same as once. It may be published once those are durable as well.
     */
    void step(long durable, long written) throws StoreException {
        if (writer == null) {
            if (store.bytesSinceSnapshot() < bytesBetween) {
                return;
            }
            begin();
        }
        if (keys.hasNext()) {
            write(durable, STEP_BYTES);
            publishedFrom = written;
        }
        if (!keys.hasNext() && durable >= publishedFrom) {
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
            publish();
        }
    }

    private void begin() throws StoreException {
        writer = store.startSnapshot();
        keys = core.snapshotKeys().iterator();
    }

    private void write(long sequence, long bytesMax) throws StoreException {
        long bytes = 0;
        while (keys.hasNext() && bytes < bytesMax) {
            long key = keys.next();
            part.clear();
            if (core.snapshot(key, part)) {
                writer.put(key, sequence, part.array(), 0, part.length());
                bytes += part.length();
            }
        }
    }

    private void publish() throws StoreException {
        writer.publish();
        writer = null;
        store.discard(core::needs);
        core.snapshotEnded();
    }
}
