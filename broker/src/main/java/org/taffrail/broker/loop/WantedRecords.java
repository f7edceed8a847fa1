// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.NeededRecords;
import org.taffrail.broker.store.Store;

/** What the core wants, as the store asks for it. Never changes; for any thread. */
final class WantedRecords implements Store.Wanted {
    private final NeededRecords needed;

    WantedRecords(NeededRecords needed) {
        this.needed = needed;
    }

    @Override
    public boolean any(long firstOffset, long lastOffset) {
        return needed.any(firstOffset, lastOffset);
    }

    @Override
    public long upToOffset() {
        return needed.lastOffset();
    }

    @Override
    public long records() {
        return needed.records();
    }
}
