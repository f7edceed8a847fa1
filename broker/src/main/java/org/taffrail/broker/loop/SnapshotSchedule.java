// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.Core;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;

import java.util.Iterator;

/**
 * Takes snapshots, a few parts in each quiet moment of the loop, and then lets the store give up
 * what nothing needs any more.
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

    SnapshotSchedule(Store store, Core core, long bytesBetween) {
        this.store = store;
        this.core = core;
        this.bytesBetween = bytesBetween;
    }

    /** Goes on; only while everything up to {@code sequence} is durable and nothing is open. */
    void step(long sequence) throws StoreException {
        if (writer == null) {
            if (store.bytesSinceSnapshot() < bytesBetween) {
                return;
            }
            begin();
        }
        write(sequence, STEP_BYTES);
        if (!keys.hasNext()) {
            publish();
        }
    }

    /** Takes a whole snapshot at once, for the end. */
    void finish(long sequence) throws StoreException {
        if (writer != null) {
            writer.abandon();
            writer = null;
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
    }
}
