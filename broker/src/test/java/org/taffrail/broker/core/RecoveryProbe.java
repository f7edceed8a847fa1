// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.memory.FaultyStore;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;

/** Recovers a core for comparison only, beside the one that serves. */
public final class RecoveryProbe implements Output, Store.RecoveryTarget {
    private final Core core;
    private final long nowMs;
    private final ByteSink events = new ByteSink(64);

    private RecoveryProbe(Limits limits, int incarnation, long nowMs) {
        core = new Core(limits, this, incarnation);
        this.nowMs = nowMs;
    }

    /** Returns the durable state to which a start on a store would lead. */
    public static String stateOf(FaultyStore store, Limits limits, int incarnation, long nowMs) {
        RecoveryProbe probe = new RecoveryProbe(limits, incarnation, nowMs);
        store.peek(probe);
        return probe.core.durableState();
    }

    @Override
    public void snapshot(long key, long sequence, byte[] state) {
        core.restore(key, sequence, state);
    }

    @Override
    public void batch(long sequence, Batch batch) {
        core.replay(
                sequence,
                batch.events().array(),
                batch.events().length(),
                batch.runs().array(),
                batch.runs().length(),
                nowMs);
    }

    @Override
    public void staging(long stagingId) {
        // given up by the next start
    }

    @Override
    public ByteSink events() {
        return events;
    }

    @Override
    public long closedSequence() {
        return 0;
    }

    @Override
    public boolean append(byte[] array, int at, int length, boolean mayBeRelaxed) {
        throw new AssertionError("a recovering core sends");
    }

    @Override
    public void stage(long stagingId, byte[] array, int at, int length) {
        throw new AssertionError("a recovering core stages");
    }

    @Override
    public void commitStaged(long stagingId) {
        throw new AssertionError("a recovering core commits");
    }

    @Override
    public void abortStaged(long stagingId) {
        throw new AssertionError("a recovering core aborts");
    }

    @Override
    public void tell(long connection, BrokerFrame frame) {
        throw new AssertionError("a recovering core talks: " + frame);
    }

    @Override
    public void tellRelaxed(long connection, BrokerFrame frame) {
        tell(connection, frame);
    }

    @Override
    public void ended(long connection) {
        throw new AssertionError("a recovering core ends connections");
    }

    @Override
    public void load(long partition, long fromOffset, int bytesMax) {
        throw new AssertionError("a recovering core loads");
    }
}
