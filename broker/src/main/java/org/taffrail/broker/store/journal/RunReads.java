// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RunCheck;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Answers questions for records: finds them in the indexes on the loop's thread, reads and checks
 * them on another. A segment that is being read keeps its file open.
 */
final class RunReads {
    /** Runs that are no further apart are read at once. */
    private static final int GAP_BYTES_MAX = 16 << 10;

    private static final int SPAN_BYTES_MAX = 4 << 20;

    private final Folder folder;
    private final JournalState state;
    private final Executor executor;
    private final Runnable wakeup;
    private final ArrayDeque<CompletableFuture<Answer>> answers = new ArrayDeque<>();

    RunReads(Folder folder, JournalState state, Executor executor, Runnable wakeup) {
        this.folder = folder;
        this.state = state;
        this.executor = executor;
        this.wakeup = wakeup;
    }

    private record Question(long partition, long fromOffset) {}

    private record Place(Segment segment, SegmentIndex.Location location) {
        int end() {
            return location.position() + location.length();
        }
    }

    private record Answer(
            Question question, List<byte[]> runs, List<Segment> held, StoreException failure) {}

    /** Begins to read. */
    void begin(long partition, long fromOffset, int bytesMax) {
        Question question = new Question(partition, fromOffset);
        List<Place> places = find(question, bytesMax);
        List<Segment> held = places.stream().map(Place::segment).distinct().toList();
        held.forEach(Segment::acquire);
        CompletableFuture<Answer> coming = new CompletableFuture<>();
        answers.addLast(coming);
        executor.execute(
                () -> {
                    coming.complete(read(question, places, held));
                    wakeup.run();
                });
    }

    /** Tells of the answers that are there; returns how many. */
    int poll(Store.Listener listener) throws IOException {
        int reports = 0;
        while (!answers.isEmpty() && answers.peek().isDone()) {
            Answer answer = answers.remove().join();
            for (Segment segment : answer.held) {
                segment.release();
            }
            Question question = answer.question;
            if (answer.failure == null) {
                listener.read(question.partition, question.fromOffset, answer.runs);
            } else {
                listener.readFailed(question.partition, question.fromOffset, answer.failure);
            }
            reports++;
        }
        return reports;
    }

    private List<Place> find(Question question, int bytesMax) {
        List<Place> places = new ArrayList<>();
        long bytes = 0;
        for (Segment segment : state.segments()) {
            SegmentIndex.Runs runs = segment.index.runs(question.partition);
            if (runs == null) {
                continue;
            }
            for (int i = runs.find(question.fromOffset); i < runs.size(); i++) {
                SegmentIndex.Location location = segment.index.location(runs, i);
                bytes += location.length();
                if (!places.isEmpty() && bytes > bytesMax) {
                    return places;
                }
                SegmentIndex.Origin origin = location.origin();
                Segment where = origin == null ? segment : state.segment(origin.segmentId());
                places.add(new Place(where, location));
            }
        }
        return places;
    }

    private Answer read(Question question, List<Place> places, List<Segment> held) {
        List<byte[]> runs = new ArrayList<>(places.size());
        try {
            int at = 0;
            while (at < places.size()) {
                int next = endOfSpan(places, at);
                readSpan(question.partition, places.subList(at, next), runs);
                at = next;
            }
            return new Answer(question, runs, held, null);
        } catch (StoreException e) {
            return new Answer(question, List.of(), held, e);
        } catch (IOException | RuntimeException e) {
            StoreException failure =
                    new StoreException(
                            StoreException.Kind.IO,
                            "reading partition " + question.partition + ": " + e.getMessage(),
                            e);
            return new Answer(question, List.of(), held, failure);
        }
    }

    private static int endOfSpan(List<Place> places, int from) {
        Place first = places.get(from);
        int next = from + 1;
        while (next < places.size()) {
            Place last = places.get(next - 1);
            Place place = places.get(next);
            int gap = place.location.position() - last.end();
            if (place.segment != first.segment
                    || gap < 0
                    || gap > GAP_BYTES_MAX
                    || place.end() - first.location.position() > SPAN_BYTES_MAX) {
                break;
            }
            next++;
        }
        return next;
    }

    private void readSpan(long partition, List<Place> places, List<byte[]> runs)
            throws IOException, StoreException {
        Place first = places.get(0);
        int from = first.location.position();
        byte[] span = new byte[places.get(places.size() - 1).end() - from];
        int read = first.segment.file.read(ByteBuffer.wrap(span), from);
        for (Place place : places) {
            int at = place.location.position() - from;
            int end = at + place.location.length();
            if (end > read) {
                throw corrupt(place, "the file ends before");
            }
            byte[] run =
                    places.size() == 1 && end == span.length
                            ? span
                            : Arrays.copyOfRange(span, at, end);
            check(partition, place, run);
            runs.add(run);
        }
    }

    private void check(long partition, Place place, byte[] run) throws StoreException {
        SegmentIndex.Location location = place.location;
        SegmentIndex.Origin origin = location.origin();
        try {
            RunCheck.check(run, 0, run.length);
            if (origin != null) {
                RunLayout.stamp(
                        run,
                        0,
                        partition,
                        location.offset(),
                        origin.timeMs(),
                        origin.incarnation());
            }
            RunCheck.checkStamp(run, 0);
        } catch (WireException e) {
            throw corrupt(place, e.getMessage());
        }
        if (RunLayout.partition(run, 0) != partition
                || RunLayout.offset(run, 0) != location.offset()) {
            throw corrupt(place, "it is not the run that the index means");
        }
    }

    private StoreException corrupt(Place place, String what) {
        return Names.corrupt(
                folder.describe(Names.segment(place.segment.id)), place.location.position(), what);
    }
}
