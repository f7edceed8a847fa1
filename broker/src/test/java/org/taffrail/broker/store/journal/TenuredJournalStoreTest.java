// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.tenured.TenuredSizes;

/** The contract where segments retire as soon as they may. */
class TenuredJournalStoreTest extends JournalContract {
    TenuredJournalStoreTest() {
        super(JournalOptions.DEFAULT.withTenure(0, new TenuredSizes(64 << 10, 256 << 10, 3)));
    }
}
