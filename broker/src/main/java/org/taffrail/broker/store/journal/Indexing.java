// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Batch;
import org.taffrail.wire.record.RunLayout;

/**
 * Notes in a segment's index where the runs of an entry stand, once their offsets are given: the
 * same when an entry is written and when it is recovered.
 */
final class Indexing implements Batch.Visitor {
    private final JournalState state;
    private final Segment segment;
    private final Batch batch;
    private final EntrySteps steps;
    private final int runsAt;
    private final int epoch;
    private int commits;

    /**
     * Makes one for an entry.
     *
     * @param batch its batch, with stamped ordinary runs
     * @param steps its steps, with the placings of its commits
     * @param runsAt where in the segment its runs begin
     * @param epoch who wrote it
     */
    Indexing(
            JournalState state,
            Segment segment,
            Batch batch,
            EntrySteps steps,
            long runsAt,
            int epoch) {
        this.state = state;
        this.segment = segment;
        this.batch = batch;
        this.steps = steps;
        this.runsAt = (int) runsAt;
        this.epoch = epoch;
    }

    @Override
    public void run(int at) {
        byte[] array = batch.runs().array();
        segment.index.add(
                RunLayout.partition(array, at),
                RunLayout.offset(array, at),
                RunLayout.count(array, at),
                runsAt + at,
                RunLayout.length(array, at));
    }

    @Override
    public void staged(long stagingId, int at) {
        byte[] array = batch.runs().array();
        segment.index
                .staged()
                .add(
                        stagingId,
                        RunLayout.partition(array, at),
                        RunLayout.count(array, at),
                        runsAt + at,
                        RunLayout.length(array, at));
    }

    @Override
    public void committed(Batch.Commit commit) {
        Stagings.index(
                segment.index,
                commit.stagingId(),
                steps.placings().get(commits++),
                state,
                batch.timeMs(),
                epoch);
        aborted(commit.stagingId());
    }

    @Override
    public void aborted(long stagingId) {
        state.stagings.end(stagingId);
        segment.index.staged().end(stagingId);
    }
}
