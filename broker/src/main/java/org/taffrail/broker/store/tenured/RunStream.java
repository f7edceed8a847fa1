// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import org.taffrail.broker.store.StoreException;

import java.io.IOException;

/**
 * Runs one after the other, sorted by partition and offset, from wherever they stand. Used by one
 * thread at a time.
 */
public interface RunStream {
    /**
     * Goes to the next run, the first one at first.
     *
     * @return false where there is none left
     * @throws IOException if it can't be read
     * @throws StoreException CORRUPT, with file and position
     */
    boolean next() throws IOException, StoreException;

    /**
     * Returns the run's partition.
     *
     * @return of the run that {@link #next} has gone to
     */
    long partition();

    /**
     * Returns the offset of the run's first record.
     *
     * @return of the run that {@link #next} has gone to
     */
    long offset();

    /**
     * Returns an array that holds the run.
     *
     * @return checked and stamped; valid until the next call of {@link #next}
     */
    byte[] array();

    /**
     * Returns where in the array the run begins.
     *
     * @return its length follows from its header
     */
    int at();

    /**
     * Says how much there is of a partition.
     *
     * @param partition the partition
     * @return the bytes of its runs at most
     */
    long bytesOf(long partition);
}
