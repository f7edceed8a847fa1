// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.record.RunLayout;

import java.util.List;

/** Entries whose checksums are right and which contradict what is known all the same. */
class EntryCheckTest {
    private static final long RUNS_AT = 5_000;

    private final JournalState state = new JournalState(new FaultyFolder(), Manifest.initial(42));
    private final Segment segment = new Segment(1, null, 1 << 16, 1, new SegmentIndex());

    private void check(Batch batch, boolean covered, List<Stagings.Placing> placings)
            throws StoreException {
        EntrySteps steps = new EntrySteps(batch.steps(), List.of(placings));
        EntryParts parts = new EntryParts(1, batch, steps, RUNS_AT, 1);
        new EntryCheck(state, segment, covered, parts, "the file").run();
    }

    private void refuse(Batch batch, long position, String what, Stagings.Placing... placings) {
        StoreException refused =
                assertThrows(StoreException.class, () -> check(batch, false, List.of(placings)));
        assertEquals(StoreException.Kind.CORRUPT, refused.kind());
        String start = "the file is damaged at position " + (RUNS_AT + position) + ": ";
        assertTrue(refused.getMessage().startsWith(start), refused.getMessage());
        assertTrue(refused.getMessage().contains(what), refused.getMessage());
    }

    private static Batch stamped(long offset) {
        Batch batch = Batches.at(1).run(1, "a").build();
        RunLayout.stamp(batch.runs().array(), 0, 1, offset, 1, 1);
        return batch;
    }

    private static Stagings.Placing placing(long first, int records) {
        return new Stagings.Placing(1, 1, first, records);
    }

    @Test
    void refusesARunWhoseLengthLies() {
        for (int length : new int[] {0, -1, 63, 1 << 20}) {
            Batch batch = stamped(0);
            Bytes.putInt(batch.runs().array(), 0, length);
            refuse(batch, 0, "a run's length");
        }
    }

    @Test
    void refusesOffsetsThatWereGivenBefore() throws StoreException {
        check(stamped(3), false, List.of());
        refuse(stamped(3), 0, "offset 3 of partition 1 is out of order");
    }

    @Test
    void doesNotJudgeTheOrderOfWhatASnapshotCovers() throws StoreException {
        check(stamped(3), false, List.of());
        check(stamped(1), true, List.of());
    }

    @Test
    void refusesACommitThatHasOtherRecordsThanWereStaged() throws StoreException {
        check(Batches.at(1).stage(7, 1, "a", "b").build(), false, List.of());
        Batch commit = Batches.at(1).commit(7).build();

        refuse(commit, 0, "staging 7 has 2 records", placing(0, 3));
        refuse(commit, 0, "staging 7 is not committed as a whole");
        refuse(commit, 0, "staging 7 has null records", new Stagings.Placing(2, 1, 0, 2));
        check(commit, false, List.of(placing(0, 2)));
    }

    @Test
    void refusesACommitThatGivesOffsetsAgain() throws StoreException {
        check(Batches.at(1).stage(7, 1, "a").build(), false, List.of());
        check(stamped(3), false, List.of());

        refuse(
                Batches.at(1).commit(7).build(),
                0,
                "offset 2 of partition 1 is out of order",
                placing(2, 1));
    }
}
