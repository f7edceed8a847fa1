// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.wire.record.RunLayout;

import java.util.List;

/**
 * Holds what a recovered entry says against what is known by then: lengths, counts, offsets that
 * follow those before, commits that have all that was staged.
 */
final class EntryCheck implements Batch.Visitor {
    private final JournalState state;
    private final Segment segment;
    private final boolean covered;
    private final EntryParts entry;
    private final String name;
    private final byte[] array;
    private boolean pastKnown = true;
    private int commits;
    private int problemAt = -1;
    private String problem;

    /**
     * Makes a check.
     *
     * @param covered whether the snapshot covers the segment: it may be older than others that were
     *     given up, and the order of its offsets is not told then
     * @param entry of which nothing is believed
     * @param name the segment's, for errors
     */
    EntryCheck(
            JournalState state, Segment segment, boolean covered, EntryParts entry, String name) {
        this.state = state;
        this.segment = segment;
        this.covered = covered;
        this.entry = entry;
        this.name = name;
        array = entry.batch().runs().array();
    }

    /** Has nothing be held against batches before this one: some of them are lost. */
    EntryCheck withoutPast() {
        pastKnown = false;
        return this;
    }

    /**
     * Checks, and notes offsets and staged records as given.
     *
     * @throws StoreException CORRUPT, with the position
     */
    void run() throws StoreException {
        checkLengths();
        entry.batch().visit(this);
        if (problem != null) {
            throw Corruption.at(name, entry.runsAt() + problemAt, problem);
        }
    }

    private void checkLengths() throws StoreException {
        int end = entry.batch().runs().length();
        int at = 0;
        for (Batch.Step step : entry.steps().steps()) {
            at = checkLengths(at, step.at());
            at = checkLengths(at, step instanceof Batch.Stage stage ? stage.end() : at);
        }
        checkLengths(at, end);
    }

    private int checkLengths(int from, int end) throws StoreException {
        int at = from;
        while (at < end) {
            int length = end - at < RunLayout.HEADER_BYTES ? 0 : RunLayout.length(array, at);
            if (length <= RunLayout.HEADER_BYTES || length > end - at) {
                throw Corruption.at(name, entry.runsAt() + at, "a run's length");
            }
            at += length;
        }
        return at;
    }

    @Override
    public void run(int at) {
        int records = RunLayout.count(array, at);
        long offset = RunLayout.offset(array, at);
        if (records < 1 || offset < 0) {
            fail(at, records + " records at offset " + offset);
        } else {
            follow(at, RunLayout.partition(array, at), offset, records);
        }
    }

    private void follow(int at, long partition, long offset, int records) {
        if (!covered && pastKnown && !state.offsets.follow(partition, offset, records)) {
            fail(at, "offset " + offset + " of partition " + partition + " is out of order");
        }
    }

    @Override
    public void staged(long stagingId, int at) {
        int records = RunLayout.count(array, at);
        if (records < 1) {
            fail(at, records + " records staged");
        } else {
            state.stagings.add(stagingId, segment.id, RunLayout.partition(array, at), records);
        }
    }

    @Override
    public void committed(Batch.Commit commit) {
        List<Stagings.Placing> placings = entry.steps().placings().get(commits++);
        // where the snapshot covers it, segments with what it committed may have been given up
        boolean replayed = pastKnown && entry.sequence() >= state.snapshotSequence;
        String contradiction =
                replayed ? state.stagings.contradiction(commit.stagingId(), placings) : null;
        if (contradiction != null) {
            fail(commit.at(), contradiction);
            return;
        }
        for (Stagings.Placing placing : placings) {
            follow(commit.at(), placing.partition(), placing.firstOffset(), placing.records());
        }
    }

    private void fail(int at, String what) {
        if (problem == null) {
            problemAt = at;
            problem = what;
        }
    }
}
