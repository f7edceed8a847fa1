// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies of the runs that were written last and are read back soon, whoever sends them: those that
 * are staged, which arrive once they are committed, and parts of large messages, which their
 * consumers are told one by one. They stand in few large arrays, of which the one with the oldest
 * is used again when there is no room; what is not here is read from its file. Belongs to the
 * loop's thread.
 */
final class RunCopies {
    /** The largest run fits. */
    private static final int CHUNK_BYTES_MAX = 1 << 20;

    private final int chunkBytes;
    private final int chunksMax;
    private final Map<Place, Copy> copies = new HashMap<>();

    /** In the order in which they were begun; the last one is being filled. */
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();

    private record Place(long segmentId, int position) {}

    private record Copy(Chunk chunk, int at, int length) {}

    private static final class Chunk {
        final byte[] array;
        final List<Place> places = new ArrayList<>();
        int end;

        Chunk(int bytes) {
            array = new byte[bytes];
        }
    }

    /**
     * Makes it.
     *
     * @param bytesMax how many bytes are kept, 0 for none
     */
    RunCopies(int bytesMax) {
        chunkBytes = Math.min(bytesMax, CHUNK_BYTES_MAX);
        chunksMax = chunkBytes == 0 ? 0 : bytesMax / chunkBytes;
    }

    /** Makes one that keeps nothing. */
    static RunCopies none() {
        return new RunCopies(0);
    }

    /** Takes a run that stands in an entry of a segment. */
    void add(long segmentId, int position, byte[] array, int at) {
        int length = RunLayout.length(array, at);
        if (length > chunkBytes) {
            return;
        }
        Chunk chunk = chunkFor(length);
        Place place = new Place(segmentId, position);
        System.arraycopy(array, at, chunk.array, chunk.end, length);
        chunk.places.add(place);
        copies.put(place, new Copy(chunk, chunk.end, length));
        chunk.end += length;
    }

    private Chunk chunkFor(int length) {
        Chunk last = chunks.peekLast();
        if (last != null && length <= chunkBytes - last.end) {
            return last;
        }
        Chunk next;
        if (chunks.size() < chunksMax) {
            next = new Chunk(chunkBytes);
        } else {
            next = chunks.removeFirst();
            next.places.forEach(copies::remove);
            next.places.clear();
            next.end = 0;
        }
        chunks.addLast(next);
        return next;
    }

    /**
     * Finds the first of some places, and those behind it up to the first that is not here.
     *
     * @return one array for each, stamped; empty if the first is not here
     */
    List<byte[]> find(long partition, List<RunReader.Place> places) {
        List<byte[]> found = new ArrayList<>();
        for (RunReader.Place place : places) {
            Copy copy = copies.get(new Place(place.segment().id, place.location().position()));
            if (copy == null) {
                break;
            }
            byte[] run = Arrays.copyOfRange(copy.chunk.array, copy.at, copy.at + copy.length);
            place.stamp(partition, run);
            found.add(run);
        }
        return found;
    }
}
