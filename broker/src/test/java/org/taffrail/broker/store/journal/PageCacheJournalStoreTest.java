// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

class PageCacheJournalStoreTest extends JournalContract {
    PageCacheJournalStoreTest() {
        super(JournalOptions.DEFAULT.with(JournalOptions.Durability.PAGE_CACHE));
    }
}
