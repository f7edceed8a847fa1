// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.tenured.Tenured;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Answers questions for records: finds where they may be on the loop's thread, in the journal's
 * indexes and among the tenured files, has them read on another, unless there are copies of them.
 * What is being read keeps its files open.
 */
final class RunReads {
    private final RunReader reader;
    private final JournalState state;
    private final RunCopies copies;
    private final Executor executor;
    private final Runnable wakeup;
    private final ArrayDeque<CompletableFuture<Answer>> answers = new ArrayDeque<>();

    RunReads(
            RunReader reader,
            JournalState state,
            RunCopies copies,
            Executor executor,
            Runnable wakeup) {
        this.reader = reader;
        this.state = state;
        this.copies = copies;
        this.executor = executor;
        this.wakeup = wakeup;
    }

    /** Where what somebody asked for may be. */
    record Question(
            long partition,
            long fromOffset,
            int bytesMax,
            Store.Wanted wanted,
            Places places,
            List<Tenured.Found> tenured) {
        List<Segment> segments() {
            return places.list.stream().map(RunReader.Place::segment).distinct().toList();
        }
    }

    /**
     * Places in the journal, in the order of their offsets.
     *
     * @param upToOffset nothing after it may be taken: it was looked for up to there
     */
    record Places(List<RunReader.Place> list, long upToOffset) {}

    private record Answer(
            Question question, List<byte[]> runs, List<Segment> held, StoreException failure) {}

    /** Begins to read. */
    void begin(long partition, long fromOffset, int bytesMax, Store.Wanted wanted) {
        Question question =
                new Question(
                        partition,
                        fromOffset,
                        bytesMax,
                        wanted,
                        places(partition, fromOffset, bytesMax, wanted),
                        state.tenured.find(partition, fromOffset));
        if (question.tenured.isEmpty()) {
            List<byte[]> runs = copies.find(partition, question.places.list);
            if (!runs.isEmpty()) {
                answers.addLast(answered(question, runs));
                wakeup.run();
                return;
            }
        }
        List<Segment> held = question.segments();
        held.forEach(Segment::acquire);
        question.tenured.forEach(found -> found.file().acquire());
        CompletableFuture<Answer> coming = new CompletableFuture<>();
        answers.addLast(coming);
        executor.execute(
                () -> {
                    coming.complete(read(question, held));
                    wakeup.run();
                });
    }

    private static CompletableFuture<Answer> answered(Question question, List<byte[]> runs) {
        return CompletableFuture.completedFuture(new Answer(question, runs, List.of(), null));
    }

    /** Tells of the answers that are there; returns how many. */
    int poll(Store.Listener listener) throws IOException {
        int reports = 0;
        // what is asked for meanwhile may be there at once: that is for the next time
        int most = answers.size();
        while (reports < most && answers.peek().isDone()) {
            Answer answer = answers.remove().join();
            for (Segment segment : answer.held) {
                segment.release();
            }
            Question question = answer.question;
            for (Tenured.Found found : question.tenured) {
                found.file().release();
            }
            if (answer.failure == null) {
                listener.read(question.partition, question.fromOffset, answer.runs);
            } else {
                listener.readFailed(question.partition, question.fromOffset, answer.failure);
            }
            reports++;
        }
        return reports;
    }

    /** Finds the next runs in the journal that are wanted, about as many as there is room for. */
    private Places places(long partition, long fromOffset, int bytesMax, Store.Wanted wanted) {
        List<RunReader.Place> places = new ArrayList<>();
        long upToOffset = wanted.upToOffset();
        long bytes = 0;
        for (Segment segment : state.segments()) {
            if (bytes > bytesMax) {
                break;
            }
            SegmentIndex.Runs runs = segment.index.runs(partition);
            int first = runs == null ? 0 : runs.find(fromOffset);
            for (int i = first; runs != null && i < runs.size() && bytes <= bytesMax; i++) {
                if (runs.offset(i) > upToOffset) {
                    break;
                }
                RunReader.Place place =
                        wanted.any(runs.offset(i), runs.lastOffset(i))
                                ? RunReader.place(state, segment, runs, i)
                                : null;
                if (place == null) {
                    continue;
                }
                bytes += place.location().length();
                if (places.isEmpty() || bytes <= bytesMax) {
                    places.add(place);
                }
                if (bytes > bytesMax) {
                    upToOffset = places.get(places.size() - 1).location().offset();
                }
            }
        }
        return new Places(places, upToOffset);
    }

    private Answer read(Question question, List<Segment> held) {
        try {
            List<byte[]> runs =
                    question.tenured.isEmpty()
                            ? reader.read(question.partition, question.places.list)
                            : new MergedRead(reader, question).read();
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
}
