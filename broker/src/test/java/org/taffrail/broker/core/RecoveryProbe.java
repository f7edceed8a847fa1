// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;

/** Recovers a core for comparison only, beside the one that serves. */
public final class RecoveryProbe implements Store.RecoveryTarget {
    private final Core core;
    private final long nowMs;

    private RecoveryProbe(Limits limits, int incarnation, long nowMs) {
        core = new Core(limits, new RecoveringOutput(), incarnation);
        this.nowMs = nowMs;
    }

    /** Delivers what a store's recovery would deliver. */
    public interface Recovery {
        /** Delivers all of it. */
        void run(Store.RecoveryTarget target) throws StoreException;
    }

    /** Returns the durable state to which a recovery leads. */
    public static String stateOf(Recovery recovery, Limits limits, int incarnation, long nowMs)
            throws StoreException {
        RecoveryProbe probe = new RecoveryProbe(limits, incarnation, nowMs);
        recovery.run(probe);
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
