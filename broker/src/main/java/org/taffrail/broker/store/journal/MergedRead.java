// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.tenured.PieceStream;
import org.taffrail.broker.store.tenured.Tenured;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the runs of one partition in the order of their offsets from the journal and from tenured
 * files, which may have them in turns. A tenured piece is opened only when its turn comes.
 */
final class MergedRead {
    private static final int STRETCH_BYTES_MIN = 64 << 10;

    /** Larger arrays are a burden to a small heap: G1 gives them regions of their own. */
    private static final int STRETCH_BYTES_MAX = 256 << 10;

    /** How much of a piece is looked at for what is wanted of it. */
    private static final long LOOKED_BYTES_MAX = 8 << 20;

    private final RunReader reader;
    private final RunReads.Question question;
    private final ArrayDeque<Tenured.Found> unopened;
    private final List<PieceStream> streams = new ArrayList<>();
    private final List<byte[]> runs = new ArrayList<>();

    /** Places in the journal that are read together once another's turn comes. */
    private final List<RunReader.Place> together = new ArrayList<>();

    private int nextPlace;
    private long bytes;

    /** Nothing after it may be taken: something before may not have been looked at. */
    private long upToOffset;

    MergedRead(RunReader reader, RunReads.Question question) {
        this.reader = reader;
        this.question = question;
        upToOffset = question.places().upToOffset();
        List<Tenured.Found> sorted = new ArrayList<>(question.tenured());
        sorted.sort(Comparator.comparingLong(found -> found.piece().firstOffset()));
        unopened = new ArrayDeque<>(sorted);
    }

    /** Reads; see {@link org.taffrail.broker.store.Store#read}. */
    List<byte[]> read() throws IOException, StoreException {
        while (true) {
            PieceStream stream = leastStream();
            long ofPlace = offsetOfPlace();
            long ofStream = stream == null ? Long.MAX_VALUE : stream.offset();
            long next = Math.min(ofPlace, ofStream);
            if (next == Long.MAX_VALUE || next > upToOffset) {
                break;
            }
            int length =
                    ofPlace < ofStream
                            ? question.places().list().get(nextPlace).location().length()
                            : RunLayout.length(stream.array(), stream.at());
            if (bytes > 0 && bytes + length > question.bytesMax()) {
                break;
            }
            bytes += length;
            if (ofPlace < ofStream) {
                together.add(question.places().list().get(nextPlace++));
            } else {
                flush();
                int at = stream.at();
                runs.add(Arrays.copyOfRange(stream.array(), at, at + length));
                advance(stream);
            }
        }
        flush();
        return runs;
    }

    private void flush() throws IOException, StoreException {
        if (!together.isEmpty()) {
            runs.addAll(reader.read(question.partition(), together));
            together.clear();
        }
    }

    private long offsetOfPlace() {
        return nextPlace < question.places().list().size()
                ? question.places().list().get(nextPlace).location().offset()
                : Long.MAX_VALUE;
    }

    private PieceStream leastStream() throws IOException, StoreException {
        PieceStream least = null;
        for (PieceStream stream : streams) {
            if (least == null || stream.offset() < least.offset()) {
                least = stream;
            }
        }
        while (!unopened.isEmpty() && isDue(unopened.peek(), least)) {
            PieceStream opened = open(unopened.remove());
            if (opened.next()) {
                streams.add(opened);
                least = least == null || opened.offset() < least.offset() ? opened : least;
            }
            upToOffset = Math.min(upToOffset, opened.upToOffset());
        }
        return least;
    }

    private boolean isDue(Tenured.Found found, PieceStream least) {
        long before = Math.min(offsetOfPlace(), least == null ? Long.MAX_VALUE : least.offset());
        return found.piece().firstOffset() < before;
    }

    private PieceStream open(Tenured.Found found) {
        int stretch = Math.max(STRETCH_BYTES_MIN, Math.min(question.bytesMax(), STRETCH_BYTES_MAX));
        return new PieceStream(
                        found.file(),
                        found.piece(),
                        question.fromOffset(),
                        stretch,
                        question.wanted())
                .lookAt(LOOKED_BYTES_MAX);
    }

    private void advance(PieceStream stream) throws IOException, StoreException {
        if (!stream.next()) {
            streams.remove(stream);
            upToOffset = Math.min(upToOffset, stream.upToOffset());
        }
    }
}
