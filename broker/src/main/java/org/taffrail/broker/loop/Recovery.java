// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.Core;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;

/** Takes into a new core what the store has; what was staged and is not kept is given up. */
final class Recovery implements Store.RecoveryTarget {
    private final Core core;
    private final Progress progress;
    private final OpenBatches open;
    private final long startMs;

    Recovery(Core core, Progress progress, OpenBatches open, long startMs) {
        this.core = core;
        this.progress = progress;
        this.open = open;
        this.startMs = startMs;
    }

    @Override
    public void snapshot(long key, long sequence, byte[] state) {
        core.restore(key, sequence, state);
        progress.recovered(sequence);
    }

    @Override
    public void batch(long sequence, Batch batch) {
        core.replay(
                sequence,
                batch.events().array(),
                batch.events().length(),
                batch.runs().array(),
                batch.runs().length(),
                startMs);
        progress.recovered(sequence);
    }

    @Override
    public void staging(long stagingId) {
        if (!core.keepsStaged(stagingId)) {
            open.strict().abort(stagingId);
        }
    }
}
