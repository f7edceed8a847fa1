// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the segments that nothing needs any more. One stays as long as
 *
 * <ul>
 *   <li>recovery would replay it: the snapshot does not cover it;
 *   <li>a record that got its offset in it matters, wherever the record's bytes stand;
 *   <li>it holds the bytes of a record that matters and was committed in another segment, or that
 *       recovery would commit again;
 *   <li>it holds runs of a staging that has not ended.
 * </ul>
 */
final class Surplus {
    private final JournalState state;
    private final Store.Needed needed;
    private final Set<Long> pinned = new HashSet<>();

    private Surplus(JournalState state, Store.Needed needed) {
        this.state = state;
        this.needed = needed;
    }

    /** Finds them among some closed segments. */
    static List<Segment> among(List<Segment> closed, JournalState state, Store.Needed needed) {
        Surplus surplus = new Surplus(state, needed);
        state.segments().forEach(surplus::pinOrigins);
        List<Segment> found = new ArrayList<>();
        for (Segment segment : closed) {
            if (surplus.isCovered(segment)
                    && !surplus.pinned.contains(segment.id)
                    && !state.stagings.anyIn(segment.id)
                    && !surplus.isNeeded(segment)) {
                found.add(segment);
            }
        }
        return found;
    }

    private boolean isCovered(Segment segment) {
        return segment.lastSequence < state.snapshotSequence;
    }

    private void pinOrigins(Segment segment) {
        segment.index.forEachStagedRange(
                (partition, first, last, origin) -> {
                    boolean committedAgain = origin.sequence() >= state.snapshotSequence;
                    if (committedAgain || needed.any(partition, first, last)) {
                        pinned.add(origin.segmentId());
                    }
                });
    }

    private boolean isNeeded(Segment segment) {
        boolean[] any = {false};
        segment.index.forEachPartition(
                partition -> {
                    SegmentIndex.Runs runs = segment.index.runs(partition);
                    any[0] = any[0] || needed.any(partition, runs.first(), runs.end() - 1);
                });
        return any[0];
    }
}
