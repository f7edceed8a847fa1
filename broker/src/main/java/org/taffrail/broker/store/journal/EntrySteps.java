// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Batch;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.List;

/**
 * The store's own part of an entry: which of its runs are staged, and which stagings end. Most
 * entries have none. Each step, in the order of their places, numbers little-endian:
 *
 * <pre>
 *   kind            1 byte    1 stage, 2 commit, 3 abort
 *   staging         8 bytes
 *   at              4 bytes   where among the entry's runs
 *   of a stage      4 bytes   where its runs end
 *   of a commit     4 bytes   how many placings, then for each
 *                   8 bytes   the segment in which the runs stand
 *                   8 bytes   partition
 *                   8 bytes   the first offset
 *                   4 bytes   how many records
 * </pre>
 *
 * @param steps the steps
 * @param placings for each commit among them its placings
 */
record EntrySteps(List<Batch.Step> steps, List<List<Stagings.Placing>> placings) {
    static final EntrySteps NONE = new EntrySteps(List.of(), List.of());

    private static final int STAGE = 1;
    private static final int COMMIT = 2;
    private static final int ABORT = 3;
    private static final int STEP_BYTES_MAX = 1 + 8 + 4 + 4;
    private static final int PLACING_BYTES = 8 + 8 + 8 + 4;

    /** Returns the most bytes that steps with some placings take. */
    static long bytesMax(long steps, long placings) {
        return steps * STEP_BYTES_MAX + placings * PLACING_BYTES;
    }

    ByteSink encode() {
        ByteSink sink = new ByteSink(64);
        int commits = 0;
        for (Batch.Step step : steps) {
            boolean stage = step instanceof Batch.Stage;
            boolean commit = step instanceof Batch.Commit;
            sink.putByte(stage ? STAGE : commit ? COMMIT : ABORT);
            sink.putLong(step.stagingId());
            sink.putInt(step.at());
            if (step instanceof Batch.Stage staged) {
                sink.putInt(staged.end());
            } else if (commit) {
                encode(placings.get(commits++), sink);
            }
        }
        return sink;
    }

    private static void encode(List<Stagings.Placing> placings, ByteSink sink) {
        sink.putInt(placings.size());
        for (Stagings.Placing placing : placings) {
            sink.putLong(placing.segmentId());
            sink.putLong(placing.partition());
            sink.putLong(placing.firstOffset());
            sink.putInt(placing.records());
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param runBytes how many bytes of runs the entry has
     * @throws WireException if it is malformed
     */
    static EntrySteps decode(ByteSource source, int runBytes) {
        if (source.remaining() == 0) {
            return NONE;
        }
        EntrySteps read = new EntrySteps(new ArrayList<>(), new ArrayList<>());
        int from = 0;
        while (source.remaining() > 0) {
            int kind = source.getUnsignedByte();
            long id = source.getLong();
            int at = source.getInt();
            int end = kind == STAGE ? source.getInt() : at;
            if (at < from || end < at || end > runBytes) {
                throw WireException.malformed("a step from " + at + " to " + end);
            }
            from = end;
            switch (kind) {
                case STAGE -> read.steps.add(new Batch.Stage(id, at, end));
                case COMMIT -> {
                    read.steps.add(new Batch.Commit(id, at));
                    read.placings.add(decodePlacings(source));
                }
                case ABORT -> read.steps.add(new Batch.Abort(id, at));
                default -> throw WireException.malformed("a step of kind " + kind);
            }
        }
        return read;
    }

    private static List<Stagings.Placing> decodePlacings(ByteSource source) {
        List<Stagings.Placing> placings = new ArrayList<>();
        for (int left = source.getCount(source.remaining(), "placings"); left > 0; left--) {
            long segment = source.getLong();
            long partition = source.getLong();
            long first = source.getLong();
            int records = source.getInt();
            if (records < 1 || first < 0) {
                throw WireException.malformed(records + " records placed at " + first);
            }
            placings.add(new Stagings.Placing(segment, partition, first, records));
        }
        return placings;
    }
}
