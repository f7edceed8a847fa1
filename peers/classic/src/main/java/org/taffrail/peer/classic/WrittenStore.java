// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.classic;

import org.apache.activemq.store.kahadb.KahaDBStore;
import org.apache.activemq.store.kahadb.disk.journal.Journal;

import java.io.IOException;

/**
 * KahaDB where what has been answered survives the end of the process: its journal is a {@link
 * WrittenJournal}. It waits for the write wherever KahaDB waits for a force, and nowhere else.
 */
final class WrittenStore extends KahaDBStore {
    /** A store without a folder. */
    WrittenStore() {
        setJournalDiskSyncStrategy(Journal.JournalDiskSyncStrategy.NEVER.name());
        setEnableIndexDiskSyncs(false);
    }

    /** Whether answers wait for the journal: KahaDB still asks this. */
    @Override
    @SuppressWarnings("deprecation")
    public boolean isEnableJournalDiskSyncs() {
        return true;
    }

    @Override
    protected Journal createJournal() throws IOException {
        Journal asIs = super.createJournal();
        Journal journal = new WrittenJournal();
        journal.setDirectory(asIs.getDirectory());
        journal.setMaxFileLength(asIs.getMaxFileLength());
        journal.setCheckForCorruptionOnStartup(asIs.isCheckForCorruptionOnStartup());
        journal.setChecksum(asIs.isChecksum());
        journal.setWriteBatchSize(asIs.getWriteBatchSize());
        journal.setPreallocationScope(asIs.getPreallocationScope());
        journal.setPreallocationStrategy(asIs.getPreallocationStrategy());
        journal.setSizeAccumulator(journalSize);
        return journal;
    }
}
