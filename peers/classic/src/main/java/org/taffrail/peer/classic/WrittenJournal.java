// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.classic;

import org.apache.activemq.store.kahadb.disk.journal.Journal;
import org.apache.activemq.store.kahadb.disk.journal.Location;
import org.apache.activemq.util.ByteSequence;

import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * A journal of KahaDB in which a write that is asked to be safe is with the operating system when
 * it returns, and nothing is forced.
 *
 * <p>KahaDB has no such strategy: with {@code always} a write waits for the force, with {@code
 * never} and {@code periodic} not even for the write, which another thread takes from memory.
 */
final class WrittenJournal extends Journal {
    /** A journal that has not been started. */
    WrittenJournal() {
        setEnableAsyncDiskSync(false);
        setJournalDiskSyncStrategy(JournalDiskSyncStrategy.NEVER);
    }

    @Override
    public Location write(ByteSequence data, boolean safe) throws IOException {
        Location location = super.write(data, false);
        if (safe) {
            awaitWritten(location);
        }
        return location;
    }

    private static void awaitWritten(Location location) throws IOException {
        try {
            location.getLatch().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        IOException failure = location.getException().get();
        if (failure != null) {
            throw failure;
        }
    }
}
