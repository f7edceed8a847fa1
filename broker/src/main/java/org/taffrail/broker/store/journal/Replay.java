// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a recovered batch to who recovers: as it is, or where it commits staged runs, which are
 * read from where they stand, in pieces of a bounded size.
 */
final class Replay {
    private static final int PIECE_BYTES = 1 << 20;

    private final JournalState state;
    private final RunReader reader;
    private final Store.RecoveryTarget target;

    Replay(JournalState state, RunReader reader, Store.RecoveryTarget target) {
        this.state = state;
        this.reader = reader;
        this.target = target;
    }

    /**
     * Tells a batch.
     *
     * @param segment where it stands, with an index that has it
     * @param entry its parts
     */
    void tell(Segment segment, EntryParts entry) throws IOException, StoreException {
        Batch batch = entry.batch();
        EntrySteps steps = entry.steps();
        long sequence = entry.sequence();
        if (steps == EntrySteps.NONE) {
            target.batch(sequence, batch);
            return;
        }
        Pieces pieces = new Pieces(sequence, batch);
        int commits = 0;
        int at = 0;
        for (Batch.Step step : steps.steps()) {
            pieces.add(batch.runs().array(), at, step.at() - at);
            at = step instanceof Batch.Stage stage ? stage.end() : step.at();
            if (step instanceof Batch.Commit) {
                for (Stagings.Placing placing : steps.placings().get(commits++)) {
                    addPlaced(segment, placing, pieces);
                }
            }
        }
        pieces.add(batch.runs().array(), at, batch.runs().length() - at);
        pieces.end();
    }

    private void addPlaced(Segment segment, Stagings.Placing placing, Pieces pieces)
            throws IOException, StoreException {
        SegmentIndex.Runs runs = segment.index.runs(placing.partition());
        long end = placing.firstOffset() + placing.records();
        List<RunReader.Place> places = new ArrayList<>();
        long bytes = 0;
        for (int i = runs.find(placing.firstOffset()); i < runs.size(); i++) {
            RunReader.Place place = RunReader.place(state, segment, runs, i);
            if (place.location().offset() >= end) {
                break;
            }
            places.add(place);
            bytes += place.location().length();
            if (bytes >= PIECE_BYTES) {
                pieces.addAll(reader.read(placing.partition(), places));
                places.clear();
                bytes = 0;
            }
        }
        pieces.addAll(reader.read(placing.partition(), places));
    }

    /** Gathers runs and tells them when they are enough. */
    private final class Pieces {
        private final long sequence;
        private final Batch whole;
        private ByteSink events;
        private ByteSink runs = new ByteSink(1024);

        Pieces(long sequence, Batch whole) {
            this.sequence = sequence;
            this.whole = whole;
            events = whole.events();
        }

        void add(byte[] array, int at, int length) {
            runs.putBytes(array, at, length);
            if (runs.length() >= PIECE_BYTES) {
                tell();
            }
        }

        void addAll(List<byte[]> some) {
            for (byte[] run : some) {
                add(run, 0, run.length);
            }
        }

        void end() {
            if (events.length() > 0 || runs.length() > 0 || events == whole.events()) {
                tell();
            }
        }

        private void tell() {
            target.batch(sequence, new Batch(events, runs, whole.relaxed(), whole.timeMs()));
            events = new ByteSink(0);
            runs = new ByteSink(PIECE_BYTES);
        }
    }
}
