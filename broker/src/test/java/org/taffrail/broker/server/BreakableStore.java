// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
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

    private final class Breakable extends StoreDecorator {
        Breakable(Store store) {
            super(store);
        }

        @Override
        public long append(Batch batch) throws StoreException {
            StoreException how = nextAppend;
            if (how != null) {
                nextAppend = null;
                throw how;
            }
            return super.append(batch);
        }

        @Override
        public int poll(Listener listener) {
            RuntimeException how = nextPoll;
            if (how != null) {
                nextPoll = null;
                throw how;
            }
            return super.poll(listener);
        }

        @Override
        public void close() {
            closed++;
            super.close();
        }
    }
}
