// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.memory.FaultyStore;
import org.taffrail.broker.store.memory.MemoryLog;

import java.util.Random;

/** A log in memory whose stores fail as a seed says, within the rules of {@link Store}. */
final class MemoryDisk implements Disk {
    private FaultyStore store;

    MemoryDisk(FaultyStore.Faults faults, long seed) {
        store = new FaultyStore(new MemoryLog(), faults, seed);
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public void crash(Random random) {
        store = store.crash(random);
    }

    @Override
    public void close() {
        // leaves no other trace than a crash
    }

    @Override
    public void heal(Random random) {
        store = store.healed(random.nextLong());
    }

    @Override
    public void hurry() {
        store.hurryAll();
    }

    @Override
    public boolean isQuiet() {
        return store.isQuiet();
    }

    @Override
    public void peek(Store.RecoveryTarget target) {
        store.peek(target);
    }

    @Override
    public boolean hasCaused(StoreException failure) {
        return failure.kind() == StoreException.Kind.IO
                || failure.kind() == StoreException.Kind.FULL;
    }
}
