// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

class InlineJournalStoreTest extends JournalContract {
    InlineJournalStoreTest() {
        super(JournalOptions.DEFAULT.with(JournalOptions.ForceWay.INLINE));
    }
}
