// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.tenured.Piece;
import org.taffrail.broker.store.tenured.TenuredFile;
import org.taffrail.broker.store.tenured.TenuredSizes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds out, a bounded number of questions at a time, which files nothing needs any more, and what
 * is to be kept of those that are written anew: segments that are old, and tenured files that hold
 * too little or are too many. A segment stays as long as
 *
 * <ul>
 *   <li>recovery would replay it: the snapshot does not cover it;
 *   <li>it holds runs of a staging that has not ended, or that recovery would commit again.
 * </ul>
 *
 * <p>Otherwise it goes if neither a record that got its offset in it matters, wherever the record's
 * bytes stand, nor one that stands in it and was committed in another. It is not written anew while
 * a segment that recovery would read again names runs of it: these would get their offsets twice;
 * nor while it alone says that a staging has ended of which runs stand elsewhere.
 */
final class Round {
    private final JournalState state;
    private final TenuredSizes sizes;
    private final ArrayDeque<Question> left = new ArrayDeque<>();

    /** Segments with runs that recovery would commit again. */
    private final Set<Long> pinned = new HashSet<>();

    /** Segments with runs that are named by one that recovery would read again. */
    private final Set<Long> named = new HashSet<>();

    /** For each segment and partition, between which offsets others name runs of it. */
    private final Map<Long, TreeMap<Long, long[]>> committedElsewhere = new HashMap<>();

    /** What is to go at once. */
    final List<Segment> surplusSegments = new ArrayList<>();

    final List<TenuredFile> surplusFiles = new ArrayList<>();

    /** What is to be written anew, with what is wanted of it. */
    final Map<Segment, Map<Long, Store.Wanted>> oldSegments =
            new TreeMap<>((one, other) -> Long.compare(one.id, other.id));

    final Map<TenuredFile, Map<Long, Store.Wanted>> sparseFiles =
            new TreeMap<>((one, other) -> Long.compare(one.id(), other.id()));

    private final Map<TenuredFile, Map<Long, Store.Wanted>> files = new HashMap<>();

    /** About how many bytes of a file are needed. */
    private final Map<TenuredFile, Long> needed = new HashMap<>();

    /** What is asked about one file; leaves the queue when done. */
    private interface Question {
        /** Goes on with at most so many questions; returns how many of them are left. */
        int ask(Store.Needed needed, int questions);

        boolean done();
    }

    /**
     * Begins.
     *
     * @param closed the segments that are complete and durable, in their order
     * @param youngBytes so much of them stays in the journal, if it is needed at all
     */
    Round(JournalState state, List<Segment> closed, long youngBytes, TenuredSizes sizes) {
        this.state = state;
        this.sizes = sizes;
        lookForCommits(closed);
        long surplus = -youngBytes;
        for (Segment segment : closed) {
            surplus += segment.size;
        }
        Set<Segment> retiring = new HashSet<>();
        for (Segment segment : closed) {
            if (state.isCovered(segment)
                    && !pinned.contains(segment.id)
                    && !state.stagings.anyIn(segment.id)) {
                boolean old =
                        surplus > 0
                                && !named.contains(segment.id)
                                && !endsOneOfOthers(segment, retiring);
                if (old) {
                    retiring.add(segment);
                }
                left.add(new OfSegment(segment, old));
            }
            surplus -= segment.size;
        }
        for (TenuredFile file : state.tenured.files()) {
            left.add(new OfFile(file));
        }
    }

    /** Whether runs of a staging that ended in a segment stand in an older one that stays. */
    private boolean endsOneOfOthers(Segment segment, Set<Segment> retiring) {
        for (long ended : segment.index.staged().ended()) {
            for (Segment older : state.segments()) {
                if (older.id < segment.id
                        && !retiring.contains(older)
                        && older.index.staged().stagings().containsKey(ended)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void lookForCommits(List<Segment> closed) {
        Set<Segment> complete = new HashSet<>(closed);
        for (Segment segment : state.segments()) {
            boolean readAgain = !complete.contains(segment) || !state.isCovered(segment);
            segment.index.forEachStagedRange(
                    (partition, first, last, origin) -> {
                        if (origin.sequence() >= state.snapshotSequence) {
                            pinned.add(origin.segmentId());
                        } else if (readAgain) {
                            named.add(origin.segmentId());
                        }
                        include(
                                committedElsewhere.computeIfAbsent(
                                        origin.segmentId(), id -> new TreeMap<>()),
                                partition,
                                first,
                                last);
                    });
        }
    }

    private static void include(
            TreeMap<Long, long[]> ranges, long partition, long first, long last) {
        long[] range = ranges.computeIfAbsent(partition, id -> new long[] {first, last});
        range[0] = Math.min(range[0], first);
        range[1] = Math.max(range[1], last);
    }

    /**
     * Goes on.
     *
     * @param questions about how many may be asked
     * @return whether all is known
     */
    boolean step(Store.Needed asked, int questions) {
        int rest = questions;
        while (rest > 0 && !left.isEmpty()) {
            rest = left.peek().ask(asked, rest) - 1;
            if (left.peek().done()) {
                left.remove();
            }
        }
        if (left.isEmpty()) {
            choose();
        }
        return left.isEmpty();
    }

    private final class OfSegment implements Question {
        private final Segment segment;
        private final boolean old;
        private final Map<Long, Store.Wanted> wanted = new HashMap<>();
        private TreeMap<Long, long[]> ranges;
        private boolean matters;

        OfSegment(Segment segment, boolean old) {
            this.segment = segment;
            this.old = old;
        }

        @Override
        public int ask(Store.Needed asked, int questions) {
            if (ranges == null) {
                ranges = committedElsewhere.getOrDefault(segment.id, new TreeMap<>());
                segment.index.forEachPartition(
                        partition -> {
                            SegmentIndex.Runs runs = segment.index.runs(partition);
                            include(ranges, partition, runs.first(), runs.end() - 1);
                        });
            }
            int rest = questions;
            while (rest > 0 && !ranges.isEmpty()) {
                Map.Entry<Long, long[]> entry = ranges.pollFirstEntry();
                long first = entry.getValue()[0];
                long last = entry.getValue()[1];
                rest--;
                if (asked.any(entry.getKey(), first, last)) {
                    matters = true;
                    if (!old) {
                        ranges.clear();
                        return rest;
                    }
                    wanted.put(entry.getKey(), asked.wanted(entry.getKey(), first, last));
                }
            }
            return rest;
        }

        @Override
        public boolean done() {
            if (!ranges.isEmpty()) {
                return false;
            }
            if (!matters) {
                surplusSegments.add(segment);
            } else if (old) {
                oldSegments.put(segment, wanted);
            }
            return true;
        }
    }

    private final class OfFile implements Question {
        private final TenuredFile file;
        private final Map<Long, Store.Wanted> wanted = new HashMap<>();
        private int next;
        private long bytes;

        OfFile(TenuredFile file) {
            this.file = file;
        }

        @Override
        public int ask(Store.Needed asked, int questions) {
            int rest = questions;
            for (; rest > 0 && next < file.pieceCount(); rest--) {
                Piece piece = file.piece(next++);
                long last = piece.endOffset() - 1;
                if (asked.any(piece.partition(), piece.firstOffset(), last)) {
                    Store.Wanted share = asked.wanted(piece.partition(), piece.firstOffset(), last);
                    wanted.put(piece.partition(), share);
                    bytes += neededBytes(piece, share);
                }
            }
            return rest;
        }

        private static long neededBytes(Piece piece, Store.Wanted share) {
            double part = Math.min(1.0, (double) share.records() / piece.records());
            return (long) (part * piece.bytes());
        }

        @Override
        public boolean done() {
            if (next < file.pieceCount()) {
                return false;
            }
            if (wanted.isEmpty()) {
                surplusFiles.add(file);
            } else {
                files.put(file, wanted);
                needed.put(file, bytes);
            }
            return true;
        }
    }

    /** Chooses which tenured files are written anew: half empty ones, and many small ones. */
    private void choose() {
        Map<Integer, List<TenuredFile>> bySize = new HashMap<>();
        for (TenuredFile file : files.keySet()) {
            if (needed.get(file) * 2 <= file.bytes()) {
                sparseFiles.put(file, files.get(file));
            } else if (file.bytes() < sizes.fileBytes() / 2 && !isOwn(file)) {
                bySize.computeIfAbsent(sizeClass(file.bytes()), each -> new ArrayList<>())
                        .add(file);
            }
        }
        for (List<TenuredFile> alike : bySize.values()) {
            if (alike.size() >= sizes.mergedAtOnce()) {
                alike.forEach(file -> sparseFiles.put(file, files.get(file)));
            }
        }
    }

    /** Whether something is to be written anew. */
    boolean hasWork() {
        return !oldSegments.isEmpty() || !sparseFiles.isEmpty();
    }

    /**
     * Leaves what does not fit for another round. What stays of the segments are the oldest: none
     * of them needs that a younger one goes with it.
     *
     * @param bytesMax how much may be written, by an estimate that is not too low for segments
     */
    void limit(long bytesMax) {
        long bytes = 0;
        for (Iterator<Segment> each = oldSegments.keySet().iterator(); each.hasNext(); ) {
            bytes += each.next().end;
            if (bytes > bytesMax) {
                each.remove();
            }
        }
        for (Iterator<TenuredFile> each = sparseFiles.keySet().iterator(); each.hasNext(); ) {
            long more = needed.get(each.next());
            if (bytes + more > bytesMax) {
                each.remove();
            } else {
                bytes += more;
            }
        }
    }

    private boolean isOwn(TenuredFile file) {
        return file.pieceCount() == 1 && file.bytes() >= sizes.ownFileBytes();
    }

    private int sizeClass(long bytes) {
        int step = 63 - Long.numberOfLeadingZeros(sizes.mergedAtOnce());
        return (63 - Long.numberOfLeadingZeros(bytes)) / Math.max(1, step);
    }
}
