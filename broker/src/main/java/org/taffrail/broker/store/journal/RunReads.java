// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Answers questions for records: finds them in the indexes on the loop's thread, has them read on
 * another. A segment that is being read keeps its file open.
 */
final class RunReads {
    private final RunReader reader;
    private final JournalState state;
    private final Executor executor;
    private final Runnable wakeup;
    private final ArrayDeque<CompletableFuture<Answer>> answers = new ArrayDeque<>();

    RunReads(Folder folder, JournalState state, Executor executor, Runnable wakeup) {
        reader = new RunReader(folder);
        this.state = state;
        this.executor = executor;
        this.wakeup = wakeup;
    }

    private record Question(long partition, long fromOffset) {}

    private record Answer(
            Question question, List<byte[]> runs, List<Segment> held, StoreException failure) {}

    /** Begins to read. */
    void begin(long partition, long fromOffset, int bytesMax) {
        Question question = new Question(partition, fromOffset);
        List<RunReader.Place> places = find(question, bytesMax);
        List<Segment> held = places.stream().map(RunReader.Place::segment).distinct().toList();
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

    private List<RunReader.Place> find(Question question, int bytesMax) {
        List<RunReader.Place> places = new ArrayList<>();
        long bytes = 0;
        for (Segment segment : state.segments()) {
            SegmentIndex.Runs runs = segment.index.runs(question.partition);
            if (runs == null) {
                continue;
            }
            for (int i = runs.find(question.fromOffset); i < runs.size(); i++) {
                RunReader.Place place = RunReader.place(state, segment, runs, i);
                if (place == null) {
                    continue;
                }
                bytes += place.location().length();
                if (!places.isEmpty() && bytes > bytesMax) {
                    return places;
                }
                places.add(place);
            }
        }
        return places;
    }

    private Answer read(Question question, List<RunReader.Place> places, List<Segment> held) {
        try {
            List<byte[]> runs = reader.read(question.partition, places);
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
