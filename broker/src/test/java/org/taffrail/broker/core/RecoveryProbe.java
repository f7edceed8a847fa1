// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.memory.FaultyStore;

/** Recovers a core for comparison only, beside the one that serves. */
public final class RecoveryProbe implements Store.RecoveryTarget {
    private final Core core;
    private final long nowMs;

    private RecoveryProbe(Limits limits, int incarnation, long nowMs) {
        core = new Core(limits, new RecoveringOutput(), incarnation);
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
}
