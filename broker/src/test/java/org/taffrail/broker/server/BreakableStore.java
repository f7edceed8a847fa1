// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.memory.MemoryLog;
import org.taffrail.broker.store.memory.MemoryStore;

/** Makes stores over one log in memory that break when they are told to. */
final class BreakableStore implements StoreFactory {
    private final MemoryLog log = new MemoryLog();
    private volatile StoreException nextAppend;
    private volatile StoreException everyOpen;
    private volatile RuntimeException nextPoll;
    volatile int opened;
    volatile int closed;

    /** The next append fails like this; nothing of it is kept. */
    void breakNextAppend(StoreException how) {
        nextAppend = how;
    }

    /** The next poll meets a defect. */
    void breakNextPoll(RuntimeException how) {
        nextPoll = how;
    }

    /** Nothing can be opened any more. */
    void breakEveryOpen(StoreException how) {
        everyOpen = how;
    }

    @Override
    public Store open() throws StoreException {
        opened++;
        if (everyOpen != null) {
            throw everyOpen;
        }
        return new Breakable(new MemoryStore(log));
    }

    private final class Breakable implements Store {
        private final MemoryStore store;

        Breakable(MemoryStore store) {
            this.store = store;
        }

        @Override
        public int claim() {
            return store.claim();
        }

        @Override
        public void recover(RecoveryTarget target) throws StoreException {
            store.recover(target);
        }

        @Override
        public long append(Batch batch) throws StoreException {
            StoreException how = nextAppend;
            if (how != null) {
                nextAppend = null;
                throw how;
            }
            return store.append(batch);
        }

        @Override
        public int batchBytesMax() {
            return store.batchBytesMax();
        }

        @Override
        public int poll(Listener listener) {
            RuntimeException how = nextPoll;
            if (how != null) {
                nextPoll = null;
                throw how;
            }
            return store.poll(listener);
        }

        @Override
        public void onReady(Runnable wakeup) {
            store.onReady(wakeup);
        }

        @Override
        public void read(long partition, long fromOffset, int bytesMax) {
            store.read(partition, fromOffset, bytesMax);
        }

        @Override
        public void read(long partition, long fromOffset, int bytesMax, Wanted wanted) {
            store.read(partition, fromOffset, bytesMax, wanted);
        }

        @Override
        public SnapshotWriter startSnapshot() throws StoreException {
            return store.startSnapshot();
        }

        @Override
        public boolean publishing() {
            return store.publishing();
        }

        @Override
        public boolean discarding() {
            return store.discarding();
        }

        @Override
        public long discard(Needed needed) throws StoreException {
            return store.discard(needed);
        }

        @Override
        public long bytesSinceSnapshot() {
            return store.bytesSinceSnapshot();
        }

        @Override
        public void close() {
            closed++;
            store.close();
        }
    }
}
