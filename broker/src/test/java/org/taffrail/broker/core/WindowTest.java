// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RunLayout;

/** What stays in memory. */
class WindowTest {
    private static final int RUN_BYTES = RunLayout.HEADER_BYTES + 32 + 100;

    private final Destination destination = new Destination(1, 1, DestinationKind.QUEUE, "q", 0);
    private final Partition partition = destination.partition;
    private final Window window = new Window(10 * RUN_BYTES);

    private Window.Run add(long offset) {
        ByteSink sink = new ByteSink(RUN_BYTES);
        int at = RunLayout.begin(sink, 1, 2, 3);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, 2, 3, true, 4).bodyType(BodyType.BYTES, false);
        sink.putBytes(new byte[100], 0, 100);
        encoder.end();
        RunLayout.end(sink, at, 1);
        RunLayout.stamp(sink.array(), at, 1, offset, 5, 6);
        Window.Run run = new Window.Run(partition, sink.toByteArray(), 0);
        partition.endAtLeast(offset + 1);
        window.add(run);
        return run;
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
}
