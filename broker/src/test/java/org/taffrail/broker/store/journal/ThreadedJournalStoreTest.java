// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

class ThreadedJournalStoreTest extends JournalContract {
    ThreadedJournalStoreTest() {
        super(JournalOptions.DEFAULT.with(JournalOptions.ForceWay.THREADS));
    }
}
