// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.RunLayout;

import java.util.function.IntConsumer;

/**
 * What is appended at once: events as bytes that only the core understands, then runs of records.
 * Built by the loop, read by the store. Not thread-safe.
 *
 * <p>The runs stand one after the other in one sink, each as {@link RunLayout} describes, with its
 * partition filled in; their lengths are in their headers. A relaxed batch holds only
 * non-persistent records: it is complete when written, without waiting for a force.
 */
public final class Batch {
    private final ByteSink events;
    private final ByteSink runs;
    private final boolean relaxed;
    private final long timeMs;

    /**
     * Makes an empty batch.
     *
     * @param relaxed whether it need not survive
     * @param timeMs the append time with which its runs are stamped, ms since 1970; never less than
     *     that of an earlier batch
     */
    public Batch(boolean relaxed, long timeMs) {
        this(new ByteSink(256), new ByteSink(1024), relaxed, timeMs);
    }

    /**
     * Makes a batch over what has been written.
     *
     * @param events the events' bytes
     * @param runs the runs' bytes
     * @param relaxed whether it need not survive
     * @param timeMs the append time
     */
    public Batch(ByteSink events, ByteSink runs, boolean relaxed, long timeMs) {
        this.events = events;
        this.runs = runs;
        this.relaxed = relaxed;
        this.timeMs = timeMs;
    }

    /**
     * Returns the events.
     *
     * @return a sink that whoever builds the batch appends to
     */
    public ByteSink events() {
        return events;
    }

    /**
     * Returns the runs.
     *
     * @return a sink that whoever builds the batch appends to
     */
    public ByteSink runs() {
        return runs;
    }

    /**
     * Tells whether the batch need not survive.
     *
     * @return true for one of non-persistent records only
     */
    public boolean relaxed() {
        return relaxed;
    }

    /**
     * Returns the append time of its runs.
     *
     * @return ms since 1970
     */
    public long timeMs() {
        return timeMs;
    }

    /**
     * Tells whether there is nothing to append.
     *
     * @return true if it has neither events nor runs
     */
    public boolean isEmpty() {
        return events.length() == 0 && runs.length() == 0;
    }

    /**
     * Visits each run.
     *
     * @param visitor takes the index in {@code runs().array()} at which a run begins
     */
    public void forEachRun(IntConsumer visitor) {
        int at = 0;
        while (at < runs.length()) {
            int length = RunLayout.length(runs.array(), at);
            visitor.accept(at);
            at += length;
        }
    }
}
