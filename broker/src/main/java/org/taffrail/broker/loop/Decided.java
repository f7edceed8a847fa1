// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.NeededRecords;
import org.taffrail.broker.core.Output;
import org.taffrail.broker.store.Store;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;

/**
 * Where the core's decisions go: what is to be written into the open batches, what is to be said to
 * those that wait until it may be.
 */
final class Decided implements Output {
    private final Store store;
    private final Progress progress;
    private final OpenBatches open;
    private final Parked parked;

    Decided(Store store, Progress progress, OpenBatches open, Parked parked) {
        this.store = store;
        this.progress = progress;
        this.open = open;
        this.parked = parked;
    }

    @Override
    public long closedSequence() {
        return progress.written();
    }

    @Override
    public long durableSequence() {
        return progress.durable();
    }

    @Override
    public ByteSink events() {
        return open.strict().events();
    }

    @Override
    public boolean append(byte[] array, int at, int length, boolean mayBeRelaxed) {
        return open.append(array, at, length, mayBeRelaxed);
    }

    @Override
    public void stage(long stagingId, byte[] array, int at, int length) {
        open.strict().stage(stagingId, array, at, length);
    }

    @Override
    public void commitStaged(long stagingId) {
        open.strict().commit(stagingId);
    }

    @Override
    public void abortStaged(long stagingId) {
        open.strict().abort(stagingId);
    }

    @Override
    public void tell(long connection, BrokerFrame frame) {
        parked.add(connection, frame, false);
    }

    @Override
    public void tellRelaxed(long connection, BrokerFrame frame) {
        parked.add(connection, frame, true);
    }

    @Override
    public long told() {
        return parked.added();
    }

    @Override
    public long unsaidPartBytes() {
        return parked.partBytes();
    }

    @Override
    public void ended(long connection) {
        parked.add(connection, null, false);
    }

    @Override
    public void load(long partition, long fromOffset, int bytesMax, NeededRecords wanted) {
        if (wanted == null) {
            store.read(partition, fromOffset, bytesMax);
        } else {
            store.read(partition, fromOffset, bytesMax, new WantedRecords(wanted));
        }
    }
}
