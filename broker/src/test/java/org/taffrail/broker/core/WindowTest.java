// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.List;

/** What stays in memory. */
class WindowTest {
    private static final int RUN_BYTES = RunLayout.HEADER_BYTES + 32 + 100;
    private static final int CHUNKS = 16;
    private static final int A_CHUNK = 6;

    private final Destination destination = new Destination(1, 1, DestinationKind.QUEUE, "q", 0);
    private final Partition partition = destination.partition;
    private long told;
    private final Window window = new Window(10 * RUN_BYTES, () -> told);

    private Window.Run add(long offset) {
        return add(offset, encode(new ByteSink(RUN_BYTES), offset).toByteArray(), 0);
    }

    private Window.Run add(long offset, byte[] array, int at) {
        partition.endAtLeast(offset + 1);
        window.add(partition, array, at);
        return partition.find(offset);
    }

    private static ByteSink encode(ByteSink sink, long offset) {
        int at = RunLayout.begin(sink, 1, 2, 3);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, 2, 3, true, 4).bodyType(BodyType.BYTES, false);
        sink.putBytes(new byte[100], 0, 100);
        encoder.end();
        RunLayout.end(sink, at, 1);
        RunLayout.stamp(sink.array(), at, 1, offset, 5, 6);
        return sink;
    }

    /** Adds small runs to a window that has room for 16 chunks of 6 of them. */
    private Window ofChunks(int count) {
        Window chunks = new Window(CHUNKS * A_CHUNK * RUN_BYTES, () -> told);
        for (int offset = 0; offset < count; offset++) {
            add(chunks, offset);
        }
        return chunks;
    }

    private Window.Run add(Window target, long offset) {
        partition.endAtLeast(offset + 1);
        target.add(partition, encode(new ByteSink(RUN_BYTES), offset).array(), 0);
        return partition.find(offset);
    }

    @Test
    void keepsSmallRunsTogetherInChunks() {
        ofChunks(2 * A_CHUNK);

        byte[] first = partition.find(0).array;
        byte[] second = partition.find(A_CHUNK).array;
        assertSame(first, partition.find(A_CHUNK - 1).array);
        assertNotSame(first, second);
        assertSame(second, partition.find(2 * A_CHUNK - 1).array);
    }

    @Test
    void pushesOutWhatStandsInTheOldestChunkWhenThereIsNoRoom() {
        Window full = ofChunks(CHUNKS * A_CHUNK);
        assertNotNull(partition.find(0));

        add(full, CHUNKS * A_CHUNK);

        assertNull(partition.find(0));
        assertNull(partition.find(A_CHUNK - 2));
        assertEquals(RUN_BYTES, partition.find(A_CHUNK - 1).array.length, "the last has moved");
        assertNotNull(partition.find(A_CHUNK));
    }

    @Test
    void movesTheFewRunsThatAreLeftOfAChunk() {
        Window almostFull = ofChunks(1);
        Partition other = new Destination(2, 2, DestinationKind.QUEUE, "r", 0).partition;
        byte[] array = encode(new ByteSink(RUN_BYTES), 0).toByteArray();
        for (int i = 1; i < A_CHUNK; i++) {
            RunLayout.stamp(array, 0, 2, i, 5, 6);
            almostFull.add(other, array, 0);
        }
        almostFull.drop(other);
        Window.Run left = partition.find(0);
        for (int offset = 1; offset <= (CHUNKS - 1) * A_CHUNK; offset++) {
            add(almostFull, offset);
        }
        assertEquals(A_CHUNK * RUN_BYTES, left.array.length);

        add(almostFull, CHUNKS * A_CHUNK);

        assertSame(left, partition.find(0));
        assertEquals(RUN_BYTES, left.array.length);
        assertEquals(100 + 32, RecordLayout.length(left.array, left.recordAt(0)));
        assertNotNull(partition.find(1));
    }

    @Test
    void usesAChunkAgainOnlyWhenAllIsSaidThatWasToldBefore() {
        Window chunks = ofChunks(2 * A_CHUNK);
        byte[] first = partition.find(0).array;
        byte[] second = partition.find(A_CHUNK).array;
        told = 7;
        chunks.drop(partition);
        told = 9;

        byte[] third = add(chunks, 100).array;
        assertNotSame(first, third);
        assertNotSame(second, third);

        chunks.said(6);
        byte[] fourth = fillUp(chunks, 101);
        assertNotSame(first, fourth);
        chunks.said(7);
        assertSame(first, fillUp(chunks, 200));
        assertNotSame(second, fillUp(chunks, 300));
    }

    /** Adds runs until the next chunk is begun, which is returned. */
    private byte[] fillUp(Window target, long offset) {
        for (int i = 1; i < A_CHUNK; i++) {
            add(target, offset + i);
        }
        return add(target, offset + A_CHUNK).array;
    }

    @Test
    void forgetsVeryManySettledRunsInSteps() {
        Window large = new Window(1 << 30, () -> told);
        byte[] array = encode(new ByteSink(RUN_BYTES), 0).toByteArray();
        for (int offset = 0; offset < 10_000; offset++) {
            RunLayout.stamp(array, 0, 1, offset, 5, 6);
            large.add(partition, array, 0);
        }
        partition.endAtLeast(10_000);

        large.dropSettled(partition);
        assertNull(partition.find(1_000));
        assertNotNull(partition.find(9_000));
        assertTrue(large.work());
        assertNotNull(partition.find(9_000));
        assertFalse(large.work());

        assertNull(partition.find(9_999));
        assertFalse(large.work());
    }

    @Test
    void pushesTheOldestOut() {
        Window.Run first = add(0);
        for (int offset = 1; offset <= 10; offset++) {
            add(offset);
        }
        assertNull(partition.find(0));
        assertNull(first.array);
        assertNotNull(partition.find(9));
        assertNotNull(partition.find(10));
    }

    @Test
    void letsGoOfWhatIsSettledAndHasRoomForOthersThen() {
        for (int offset = 0; offset < 10; offset++) {
            add(offset);
        }
        // no group reads the partition: everything counts as settled
        window.dropSettled(partition);
        assertNull(partition.find(0));
        assertNull(partition.find(9));
        for (int offset = 10; offset < 20; offset++) {
            add(offset);
        }
        for (int offset = 10; offset < 20; offset++) {
            assertEquals(offset, partition.find(offset).firstOffset);
        }
    }

    @Test
    void forgetsWhatCameBackAsSoonAsItIsSettledWhereverItStands() {
        List<byte[]> loaded = new ArrayList<>();
        for (int offset = 0; offset < 6; offset++) {
            loaded.add(encode(new ByteSink(RUN_BYTES), offset).toByteArray());
        }
        partition.endAtLeast(10);
        window.addLoaded(partition, loaded);
        add(8);

        // no group reads the partition: everything counts as settled
        window.dropSettled(partition, 2, 3);

        assertNotNull(partition.find(1));
        assertNull(partition.find(2));
        assertNull(partition.find(3));
        assertNotNull(partition.find(4));
        window.dropSettled(partition, 8, 8);
        assertNotNull(partition.find(8), "what has just come in goes in its turn");
    }
}
