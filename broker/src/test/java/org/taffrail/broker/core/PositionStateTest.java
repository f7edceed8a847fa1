// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/** What waits in a {@link PositionState}: it is read as it was written, and checked. */
class PositionStateTest {
    private final PositionState state = new PositionState();

    private void unsettled(long offset, int priority) {
        state.unsettled.add(offset);
        state.byPriority[priority].add(offset);
    }

    private PositionState readAgain() {
        ByteSink sink = new ByteSink(16);
        SnapshotPart part = new SnapshotPart();
        state.addTo(part);
        part.write(sink, Long.MAX_VALUE);
        return PositionState.read(new ByteSource(sink.toByteArray()));
    }

    @Test
    void whatWaitsIsReadWithItsPriority() {
        unsettled(3, 4);
        unsettled(5, 9);
        unsettled(8, 0);
        state.waiting.add(2_000, 8, 0);
        state.waiting.add(1_000, 5, 9);
        state.retries.add(8);

        PositionState read = readAgain();

        assertEquals(state.toString(), read.toString());
        assertTrue(read.toString().contains("8: p0 due=2000 retry"), read.toString());
        assertEquals(2, read.waiting.size());
        assertEquals(5, read.waiting.firstOffset());
        assertEquals(9, read.waiting.firstPriority());
    }

    @Test
    void whatWaitsAndIsNotUnsettledIsRefused() {
        unsettled(3, 4);
        state.waiting.add(1_000, 4, 4);

        WireException refusal = assertThrows(WireException.class, this::readAgain);

        assertEquals(ErrorCode.MALFORMED, refusal.code());
        assertTrue(refusal.getMessage().contains("message 4 waits"), refusal.getMessage());
    }
}
