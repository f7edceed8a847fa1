// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

/** A store that does what another does; planted faults override what they spoil. */
public class StoreDecorator implements Store {
    private final Store store;

    public StoreDecorator(Store store) {
        this.store = store;
    }

    @Override
    public int claim() throws StoreException {
        return store.claim();
    }

    @Override
    public void recover(RecoveryTarget target) throws StoreException {
        store.recover(target);
    }

    @Override
    public long append(Batch batch) throws StoreException {
        return store.append(batch);
    }

    @Override
    public void hurry(long sequence) {
        store.hurry(sequence);
    }

    @Override
    public int batchBytesMax() {
        return store.batchBytesMax();
    }

    @Override
    public int poll(Listener listener) {
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
        store.close();
    }
}
