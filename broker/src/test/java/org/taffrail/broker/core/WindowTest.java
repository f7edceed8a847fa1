// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
import java.util.Arrays;
import java.util.List;

/** What stays in memory. */
class WindowTest {
    private static final int RUN_BYTES = RunLayout.HEADER_BYTES + 32 + 100;

    private final Destination destination = new Destination(1, 1, DestinationKind.QUEUE, "q", 0);
    private final Partition partition = destination.partition;
    private final Window window = new Window(10 * RUN_BYTES);

    private Window.Run add(long offset) {
        return add(offset, encode(new ByteSink(RUN_BYTES), offset).toByteArray(), 0);
    }

    private Window.Run add(long offset, byte[] array, int at) {
        Window.Run run = new Window.Run(partition, array, at);
        partition.endAtLeast(offset + 1);
        window.add(run);
        return run;
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

    /** Adds runs that share an array with others. */
    private void addTogether(long first, long count, int unusedBytes) {
        ByteSink sink = new ByteSink(RUN_BYTES);
        for (long offset = first; offset < first + count; offset++) {
            encode(sink, offset);
        }
        byte[] array = Arrays.copyOf(sink.toByteArray(), sink.length() + unusedBytes);
        for (int i = 0; i < count; i++) {
            add(first + i, array, i * RUN_BYTES);
        }
    }

    @Test
    void countsAnArrayOnceHoweverManyRunsStandInIt() {
        addTogether(0, 10, 0);
        assertNotNull(partition.find(0));

        add(10);

        assertNull(partition.find(0));
        assertNotNull(partition.find(10));
    }

    @Test
    void countsTheWholeArrayThatARunKeeps() {
        addTogether(0, 2, RUN_BYTES);
        addTogether(2, 2, RUN_BYTES);
        addTogether(4, 2, RUN_BYTES);
        assertNotNull(partition.find(0));

        addTogether(6, 2, RUN_BYTES);

        assertNull(partition.find(0));
        assertNull(partition.find(1));
        assertNotNull(partition.find(2));
    }

    @Test
    void movesTheFewRunsThatAreLeftOfALargeArray() {
        addTogether(0, 1, 7 * RUN_BYTES);
        Window.Run moved = partition.find(0);
        int length = moved.array.length;

        addTogether(1, 5, 0);

        assertSame(moved, partition.find(0));
        assertEquals(RUN_BYTES, moved.array.length);
        assertTrue(length > RUN_BYTES);
        assertEquals(100 + 32, RecordLayout.length(moved.array, moved.recordAt(0)));
        assertNotNull(partition.find(5));
    }

    @Test
    void forgetsVeryManySettledRunsInSteps() {
        Window large = new Window(1 << 30);
        byte[] array = encode(new ByteSink(RUN_BYTES), 0).toByteArray();
        for (int offset = 0; offset < 10_000; offset++) {
            RunLayout.stamp(array, 0, 1, offset, 5, 6);
            large.add(new Window.Run(partition, array.clone(), 0));
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
        assertNotNull(partition.find(1));
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
