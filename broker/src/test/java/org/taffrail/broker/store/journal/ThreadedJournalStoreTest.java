// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

/** Reads all from files, also what was written just now. */
class ThreadedJournalStoreTest extends JournalContract {
    ThreadedJournalStoreTest() {
        super(JournalOptions.DEFAULT.with(JournalOptions.ForceWay.THREADS).withCopies(0));
    }
}
