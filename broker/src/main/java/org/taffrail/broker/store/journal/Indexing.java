// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Batch;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

/**
 * Notes in a segment's index where the runs of an entry stand, once their offsets are given: the
 * same when an entry is written and when it is recovered.
 */
final class Indexing implements Batch.Visitor {
    private final JournalState state;
    private final Segment segment;
    private final EntryParts entry;
    private final byte[] array;
    private final RunCopies copies;
    private int commits;

    /**
     * Makes one for an entry.
     *
     * @param segment where the entry stands
     * @param entry its ordinary runs are stamped
     */
    Indexing(JournalState state, Segment segment, EntryParts entry) {
        this(state, segment, entry, RunCopies.none());
    }

    /**
     * Makes one for an entry that is being written.
     *
     * @param copies takes copies of those runs that are read back soon
     */
    Indexing(JournalState state, Segment segment, EntryParts entry, RunCopies copies) {
        this.state = state;
        this.segment = segment;
        this.entry = entry;
        this.copies = copies;
        array = entry.batch().runs().array();
    }

    private int position(int at) {
        return (int) entry.runsAt() + at;
    }

    @Override
    public void run(int at) {
        segment.index.add(
                RunLayout.partition(array, at),
                RunLayout.offset(array, at),
                RunLayout.count(array, at),
                position(at),
                RunLayout.length(array, at));
        if (RecordLayout.isPart(array, at + RunLayout.HEADER_BYTES)) {
            copies.add(segment.id, position(at), array, at);
        }
    }

    @Override
    public void staged(long stagingId, int at) {
        segment.index
                .staged()
                .add(
                        stagingId,
                        RunLayout.partition(array, at),
                        RunLayout.count(array, at),
                        position(at),
                        RunLayout.length(array, at));
        copies.add(segment.id, position(at), array, at);
    }

    @Override
    public void committed(Batch.Commit commit) {
        Stagings.index(
                segment.index,
                commit.stagingId(),
                entry.steps().placings().get(commits++),
                state,
                entry);
        aborted(commit.stagingId());
    }

    @Override
    public void aborted(long stagingId) {
        state.stagings.end(stagingId);
        segment.index.staged().end(stagingId);
    }
}
