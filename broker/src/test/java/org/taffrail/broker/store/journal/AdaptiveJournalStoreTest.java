// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

class AdaptiveJournalStoreTest extends JournalContract {
    AdaptiveJournalStoreTest() {
        super(JournalOptions.DEFAULT.with(JournalOptions.ForceWay.ADAPTIVE));
    }
}
