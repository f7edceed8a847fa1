// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;

import java.io.IOException;

/**
 * Looks, about once a second when told to, whether another owner has claimed the folder since. The
 * lock keeps others out as long as the file system keeps the lock; one that is shared over a
 * network may give it to another machine while this one is cut off from it. On the thread for
 * files. Belongs to the loop's thread.
 */
final class EpochWatch {
    private static final Logger LOG = LoggerFactory.getLogger(EpochWatch.class);

    private final Folder folder;
    private final FileJobs jobs;
    private final int epoch;
    private boolean looking;

    /** Written by jobs, read when they have ended. */
    private int found;

    EpochWatch(Folder folder, FileJobs jobs, int epoch) {
        this.folder = folder;
        this.jobs = jobs;
        this.epoch = epoch;
    }

    /** Looks, unless it does already. */
    void look() {
        if (!looking) {
            looking = true;
            jobs.begin(this::read, this::seen);
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

    private void seen() throws StoreException {
        looking = false;
        if (found > epoch) {
            throw new StoreException(
                    StoreException.Kind.FENCED,
                    folder + " was taken by owner " + found + ", this one is " + epoch);
        }
    }
}
