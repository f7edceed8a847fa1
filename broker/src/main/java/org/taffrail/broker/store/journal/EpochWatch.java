// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Looks, about once a second, whether another owner has claimed the folder since. The lock keeps
 * others out as long as the file system keeps the lock; one that is shared over a network may give
 * it to another machine while this one is cut off from it. On the thread for files. Belongs to the
 * loop's thread.
 */
final class EpochWatch {
    static final long CHECK_NS = 1_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(EpochWatch.class);

    private final Folder folder;
    private final FileJobs jobs;
    private final LongSupplier clockNs;
    private final int epoch;
    private boolean checking;
    private long checkedNs;

    /** Written by jobs, read when they have ended. */
    private int found;

    EpochWatch(Folder folder, FileJobs jobs, LongSupplier clockNs, int epoch) {
        this.folder = folder;
        this.jobs = jobs;
        this.clockNs = clockNs;
        this.epoch = epoch;
        checkedNs = clockNs.getAsLong();
    }

    /** Looks again if the last time is long ago. */
    void step() {
        if (!checking && clockNs.getAsLong() - checkedNs >= CHECK_NS) {
            checking = true;
            jobs.begin(this::read, this::checked);
        }
    }

    private void read() {
        try {
            found = Contents.readEpoch(folder);
        } catch (IOException | StoreException e) {
            // whoever can't be asked has not answered; the file matters to the next start
            LOG.debug("event=epoch_not_read folder={}", folder, e);
            found = epoch;
        }
    }

    private void checked() throws StoreException {
        checking = false;
        checkedNs = clockNs.getAsLong();
        if (found > epoch) {
            throw new StoreException(
                    StoreException.Kind.FENCED,
                    folder + " was taken by owner " + found + ", this one is " + epoch);
        }
    }
}
