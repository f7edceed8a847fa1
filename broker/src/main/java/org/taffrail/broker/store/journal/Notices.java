// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreNotice;

import java.util.ArrayDeque;

/** What the store has to say of itself until the loop asks. Belongs to the loop's thread. */
final class Notices {
    private final ArrayDeque<StoreNotice> untold = new ArrayDeque<>();
    private final Runnable wakeup;

    Notices(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    void add(StoreNotice notice) {
        untold.add(notice);
        wakeup.run();
    }

    /** Tells what was not told yet; returns how much. */
    int tell(Store.Listener listener) {
        int told = 0;
        while (!untold.isEmpty()) {
            listener.noticed(untold.remove());
            told++;
        }
        return told;
    }
}
