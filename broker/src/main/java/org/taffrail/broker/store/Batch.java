// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What is appended at once: events as bytes that only the core understands, runs of records, and
 * what becomes of staged records. Built by the loop, read by the store. Not thread-safe.
 *
 * <p>The runs stand one after the other in one sink, each as {@link RunLayout} describes, with its
 * partition filled in; their lengths are in their headers. {@link Step}s say where among them runs
 * are staged, and where what was staged is committed or aborted; all other runs are ordinary and
 * get their offsets now. Most batches have no steps. A relaxed batch holds only non-persistent
 * records: it is complete when written, without waiting for a force; it has no steps. A patient
 * batch is one that nobody waits for yet: it need not be forced before something else is.
 */
public final class Batch {
    private final ByteSink events;
    private final ByteSink runs;
    private final boolean relaxed;
    private boolean patient;
    private List<Step> steps = Collections.emptyList();
    private long timeMs;

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

    /** Something that is done to staged records at one place among the batch's runs. */
    public sealed interface Step {
        /**
         * Returns which staging is meant.
         *
         * @return its id, never used again once it has ended
         */
        long stagingId();

        /**
         * Returns where among the runs it happens.
         *
         * @return an index in {@code runs().array()} at which a run begins, or the runs' end
         */
        int at();
    }

    /**
     * Runs that are kept without offsets, and are nobody's, until their staging is committed.
     *
     * @param stagingId the staging; the first runs begin it
     * @param at where they begin
     * @param end where they end
     */
    public record Stage(long stagingId, int at, int end) implements Step {}

    /**
     * All runs of a staging get their offsets, in the order in which they were staged. The store
     * says which while it takes the batch.
     */
    public static final class Commit implements Step {
        private final long stagingId;
        private final int at;
        private final List<Placed> placed = new ArrayList<>();

        /**
         * Makes a commit that has not happened yet.
         *
         * @param stagingId the staging; one of which nothing is known has no runs
         * @param at where among the runs it happens
         */
        public Commit(long stagingId, int at) {
            this.stagingId = stagingId;
            this.at = at;
        }

        @Override
        public long stagingId() {
            return stagingId;
        }

        @Override
        public int at() {
            return at;
        }

        /**
         * Returns the offsets that were given.
         *
         * @return for each partition one or more ranges, in the order of its offsets; appended to
         *     by the store only, complete once the batch is
         */
        public List<Placed> placed() {
            return placed;
        }
    }

    /**
     * Offsets that committed records got.
     *
     * @param partition the partition
     * @param firstOffset the first of them
     * @param records how many records
     */
    public record Placed(long partition, long firstOffset, int records) {
        /**
         * Returns the offset after the last one.
         *
         * @return more than {@code firstOffset}
         */
        public long end() {
            return firstOffset + records;
        }
    }

    /**
     * The runs of a staging are given up.
     *
     * @param stagingId the staging; one of which nothing is known is nothing
     * @param at where among the runs it happens
     */
    public record Abort(long stagingId, int at) implements Step {}

    /** Walks through a batch in its order. */
    public interface Visitor {
        /**
         * Takes an ordinary run.
         *
         * @param at where it begins in {@code runs().array()}
         */
        void run(int at);

        /**
         * Takes a run that is staged.
         *
         * @param stagingId the staging
         * @param at where it begins in {@code runs().array()}
         */
        default void staged(long stagingId, int at) {}

        /**
         * Takes a commit.
         *
         * @param commit the commit
         */
        default void committed(Commit commit) {}

        /**
         * Takes an abort.
         *
         * @param stagingId the staging
         */
        default void aborted(long stagingId) {}
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
     * @return a sink that whoever builds the batch appends ordinary runs to
     */
    public ByteSink runs() {
        return runs;
    }

    /**
     * Adds runs that are staged.
     *
     * @param stagingId the staging
     * @param array where the runs stand, one after the other; copied
     * @param at where they begin
     * @param length their bytes
     */
    public void stage(long stagingId, byte[] array, int at, int length) {
        int from = runs.length();
        runs.putBytes(array, at, length);
        add(new Stage(stagingId, from, runs.length()));
    }

    /**
     * Adds the commit of a staging behind the runs that are there.
     *
     * @param stagingId the staging
     */
    public void commit(long stagingId) {
        add(new Commit(stagingId, runs.length()));
    }

    /**
     * Adds the abort of a staging behind the runs that are there.
     *
     * @param stagingId the staging
     */
    public void abort(long stagingId) {
        add(new Abort(stagingId, runs.length()));
    }

    private void add(Step step) {
        if (steps.isEmpty()) {
            steps = new ArrayList<>();
        }
        steps.add(step);
    }

    /**
     * Returns what is done to staged records.
     *
     * @return in the order of their places
     */
    public List<Step> steps() {
        return steps;
    }

    /**
     * Sets what is done to staged records.
     *
     * @param newSteps in the order of their places among the runs that are there
     */
    public void steps(List<Step> newSteps) {
        steps = newSteps;
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
     * Tells whether the batch may stay unforced until a later one is not patient, or {@link
     * Store#hurry} is called. Other batches are forced as soon as that is possible.
     *
     * @return false unless said otherwise
     */
    public boolean patient() {
        return patient;
    }

    /**
     * Sets whether anybody waits, before the batch is appended.
     *
     * @param newPatient whether nobody does
     */
    public void patient(boolean newPatient) {
        patient = newPatient;
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
     * Sets the append time, before the batch is appended.
     *
     * @param newTimeMs ms since 1970
     */
    public void timeMs(long newTimeMs) {
        timeMs = newTimeMs;
    }

    /**
     * Returns how much there is to append.
     *
     * @return the bytes of events and runs
     */
    public long bytes() {
        return (long) events.length() + runs.length();
    }

    /**
     * Tells whether there is nothing to append.
     *
     * @return true if it has no events, no runs and no steps
     */
    public boolean isEmpty() {
        return events.length() == 0 && runs.length() == 0 && steps.isEmpty();
    }

    /**
     * Visits each ordinary run.
     *
     * @param visitor takes the index in {@code runs().array()} at which a run begins
     */
    public void forEachRun(IntConsumer visitor) {
        visit(visitor::accept);
    }

    /**
     * Visits runs and steps in their order.
     *
     * @param visitor called during the call
     */
    public void visit(Visitor visitor) {
        int at = 0;
        for (Step step : steps) {
            at = visitRuns(at, step.at(), visitor);
            if (step instanceof Stage stage) {
                while (at < stage.end) {
                    int length = RunLayout.length(runs.array(), at);
                    visitor.staged(stage.stagingId, at);
                    at += length;
                }
            } else if (step instanceof Commit commit) {
                visitor.committed(commit);
            } else {
                visitor.aborted(step.stagingId());
            }
        }
        visitRuns(at, runs.length(), visitor);
    }

    private int visitRuns(int from, int end, Visitor visitor) {
        int at = from;
        while (at < end) {
            int length = RunLayout.length(runs.array(), at);
            visitor.run(at);
            at += length;
        }
        return at;
    }
}
