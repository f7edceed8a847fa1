// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Makes durable what was written. Called from the loop's thread. Forces are finished in the order
 * in which they were begun, whatever the order in which the system finishes them.
 */
interface Forcer extends Closeable {
    /**
     * What is to be made durable.
     *
     * @param sequence everything up to this one was written before
     * @param bytes how many bytes were written since the force before
     * @param segments where they were written, in order
     */
    record Force(long sequence, long bytes, List<Segment> segments) {
        /** Forces all; each that is under way at the same time has a lane of its own. */
        void run(int lane) throws IOException {
            for (Segment segment : segments) {
                segment.force(lane);
            }
        }
    }

    /** Tells whether one more may be begun now. */
    boolean ready();

    /**
     * Begins a force, or does all of it.
     *
     * @throws IOException if it failed at once
     */
    void begin(Force force) throws IOException;

    /**
     * Returns the next one that is finished.
     *
     * @return null if none is
     * @throws IOException if it failed; nothing begun later can be trusted either
     */
    Force poll() throws IOException;

    /** Waits until one is finished or has failed; returns at once if none was begun. */
    void await();

    /** Waits for those that are under way and begins nothing more. */
    @Override
    void close();
}
